"""The admin's lists of attempts, answers, reports and accounts, which may be long."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.admin import base
from attempts.models import Attempt, Report
from questions.admin.lists import sorting
from questions.admin.lists.search import beginning_with
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory

pytestmark = pytest.mark.django_db
LISTS = (
    *("attempts_attempt", "attempts_answer", "attempts_report"),
    *("auth_user", "account_emailaddress"),
)


@pytest.fixture
def rows(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    for number in range(3):
        answer = AnswerFactory(attempt=AttemptFactory(finished=True), written=True)
        Report.objects.create(answer=answer, reason="wrong", reported_at=START)
        EmailAddress.objects.create(user=answer.attempt.user, email=f"{number}@example.org")


def statements(client, name) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_is_not_counted_to_its_end(client, rows, name):
    counts = [sql for sql in statements(client, name) if "COUNT(" in sql]
    assert counts
    assert all(f"LIMIT {base.MAX_COUNTED}" in sql for sql in counts)


@pytest.mark.parametrize("name", LISTS[:3])
def test_long_texts_and_joins_are_read_for_the_rows_of_the_page_alone(client, rows, name):
    table = name
    joined = [sql for sql in statements(client, name) if f'FROM "{table}"' in sql and "JOIN" in sql]
    assert joined
    assert all(" IN (" in sql for sql in joined)


@pytest.mark.parametrize("name", LISTS)
def test_the_rows_are_there(client, rows, name):
    table = client.get(reverse(f"admin:{name}_changelist")).context["cl"]
    assert len(table.result_list) == table.result_count >= 3


# --- what is searched for -----------------------------------------------------------------------


@pytest.fixture
def long(monkeypatch):
    """Every list is long, as PostgreSQL's estimates say it of those with many rows."""
    monkeypatch.setattr(sorting, "LONG", -2)


@pytest.fixture
def ada(rows):
    user = UserFactory(username="Ada_L", email="ada.lovelace@example.net")
    EmailAddress.objects.create(user=user, email=user.email)
    AttemptFactory(user=user, finished=True)
    return user


def found(client, name, search) -> int:
    table = client.get(reverse(f"admin:{name}_changelist"), {"q": search}).context["cl"]
    return table.result_count


BEGINNINGS = ["ada.", "ADA.LOVELACE@example.net", " ada.love ", '"ada.l"', "ada.l ada"]
SEARCHED = ("attempts_attempt", "auth_user", "account_emailaddress")


@pytest.mark.parametrize("search", BEGINNINGS)
@pytest.mark.parametrize("name", SEARCHED)
def test_a_long_list_is_searched_for_how_an_address_begins(client, ada, long, name, search):
    assert found(client, name, search) == 1


@pytest.mark.parametrize("search", ["lovelace", "ada.x", "%", "a_a", "ada. x"])
@pytest.mark.parametrize("name", SEARCHED)
def test_and_for_nothing_else(client, ada, long, name, search):
    assert found(client, name, search) == 0


@pytest.mark.parametrize("name", SEARCHED[:2])
def test_a_user_name_is_found_by_its_beginning_too(client, ada, long, name):
    assert found(client, name, "ada_") == 1


def test_the_id_of_an_attempt_is_found_as_before(client, ada, long):
    assert found(client, "attempts_attempt", str(Attempt.objects.get(user=ada).pk)) == 1


@pytest.mark.parametrize("search", ["", " "])
@pytest.mark.parametrize("name", SEARCHED)
def test_without_a_word_all_are_listed(client, ada, long, name, search):
    assert found(client, name, search) >= 4


@pytest.mark.parametrize("name", SEARCHED)
def test_a_list_that_is_not_long_finds_a_word_anywhere(client, ada, name):
    assert found(client, name, "lovelace") == 1


def plan(queryset) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return queryset.explain()


def test_accounts_and_addresses_are_found_by_an_index():
    name_or_email = beginning_with(User.objects.all(), "ada", ("email", "username"))
    assert "auth_user_email_capitals" in plan(name_or_email)
    assert "auth_user_username_capitals" in plan(name_or_email)
    assert "auth_user_email_capitals" in plan(User.objects.filter(email__iexact="a@example.org"))
    addresses = beginning_with(EmailAddress.objects.all(), "ada", ("email",))
    assert "account_emailaddress_capitals" in plan(addresses)
