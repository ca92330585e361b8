"""The admin's lists of attempts, answers, reports and accounts, which may be long."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.admin import base
from attempts.models import Report
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
