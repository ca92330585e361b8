"""The admin's lists of attempts, answers, reports and accounts, which may be long."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.admin import attempt, base
from attempts.models import Attempt, Report
from questions.admin.lists import sorting
from questions.admin.lists.search import beginning_with
from quizsite.accounts.backend import account_of
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


@pytest.mark.parametrize("search", ['""', "\u200b"])
def test_what_shows_a_reader_nothing_is_no_search(client, ada, long, search):
    AttemptFactory(user=None, guest_key="g" * 32, finished=True)
    assert found(client, "attempts_attempt", search) == 5


def test_of_very_many_accounts_the_first_ones_are_listed(client, ada, long, monkeypatch):
    monkeypatch.setattr(attempt, "MOST_ACCOUNTS", 1)
    AttemptFactory(user=UserFactory(username="adam"), finished=True)
    assert found(client, "attempts_attempt", "ada") == 1


@pytest.fixture
def crowd():
    """Three thousand people with an address, whom PostgreSQL has looked at."""
    people = [User(username=f"person-{n}", email=f"p{n}@example.org") for n in range(3_000)]
    addresses = [
        EmailAddress(user=user, email=user.email) for user in User.objects.bulk_create(people)
    ]
    EmailAddress.objects.bulk_create(addresses)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE auth_user, account_emailaddress")


def test_a_log_in_finds_its_account_by_an_index(crowd):
    asked = User.objects.filter(email__iexact="P77@example.org").order_by("pk")[:1]
    assert "auth_user_email_capitals" in asked.explain()
    with CaptureQueriesContext(connection) as captured:
        assert account_of("P77@example.org").username == "person-77"
    assert str(asked.query).split("WHERE")[1].split("=")[0] in captured[-1]["sql"]


def test_a_page_of_a_search_is_found_by_an_index(crowd):
    users = beginning_with(User.objects.order_by("username"), "p77", ("email", "username"))
    assert "auth_user_email_capitals" in users[:100].explain()
    addresses = beginning_with(EmailAddress.objects.order_by("-pk"), "p77", ("email",))
    assert "account_emailaddress_capitals" in addresses[:100].explain()
