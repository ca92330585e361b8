"""Long lists of the admin are sorted by what has an index, and by nothing else."""

import pytest
from django.db import connection
from django.urls import reverse

from attempts.models import Report
from questions.admin.lists import sorting
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory

pytestmark = pytest.mark.django_db

SORTABLE = [
    # list, the columns that are sorted in a long one
    ("attempts_attempt", {"started_at"}),
    ("attempts_answer", set()),
    ("attempts_report", {"reported_at"}),
    ("auth_user", {"username"}),
    ("account_emailaddress", {"email"}),
]


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    for _ in range(3):
        answer = AnswerFactory(attempt=AttemptFactory(finished=True), written=True)
        Report.objects.create(answer=answer, reason="wrong", reported_at=START)
    return client


@pytest.fixture
def long_lists(monkeypatch):
    monkeypatch.setattr(sorting, "LONG", -1)  # the estimate of a table that nobody has looked at


def table_of(staff, name, **query):
    return staff.get(reverse(f"admin:{name}_changelist"), query).context["cl"]


def order_of(table) -> set[str]:
    """Django names some columns more than once."""
    return set(map(repr, table.queryset.query.order_by))


@pytest.mark.parametrize(("name", "indexed"), SORTABLE)
def test_a_long_list_is_sorted_by_what_has_an_index(staff, long_lists, name, indexed):
    table = table_of(staff, name)
    assert {each for each in table.list_display if table.get_ordering_field(each)} == indexed


@pytest.mark.parametrize(("name", "indexed"), SORTABLE)
def test_an_address_that_asks_for_another_order_does_not_get_it(staff, long_lists, name, indexed):
    table = table_of(staff, name)
    for number, column in enumerate(table.list_display):
        if column not in indexed:
            assert order_of(table_of(staff, name, o=str(number))) <= order_of(table) | {"'-pk'"}


@pytest.mark.parametrize(("name", "indexed"), SORTABLE)
def test_a_short_list_is_sorted_by_more(staff, name, indexed):
    table = table_of(staff, name)
    sorted_by = {each for each in table.list_display if table.get_ordering_field(each)}
    assert sorted_by > indexed


def test_the_bank_is_always_sorted_by_all_its_columns(staff, monkeypatch):
    name = "questions_question"
    before = table_of(staff, name)
    all_columns = [each for each in before.list_display if before.get_ordering_field(each)]
    monkeypatch.setattr(sorting, "LONG", -1)
    after = table_of(staff, name)
    assert [each for each in after.list_display if after.get_ordering_field(each)] == all_columns


def test_how_long_a_list_is_tells_postgresql_s_estimate(staff, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE attempts_report")
    for least, is_long in ((3, True), (4, False)):
        monkeypatch.setattr(sorting, "LONG", least)
        assert sorting.is_long("attempts_report") == is_long
