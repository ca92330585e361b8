"""Which pages are read from the replica."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quizsite.database.replica.own_writes import COOKIE
from quizsite.database.replica.routing import REPLICA
from tests.factories import AttemptFactory, UserFactory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", REPLICA]),
]
LISTS = (
    *("/admin/attempts/attempt/", "/admin/attempts/questionstatistics/"),
    *("/admin/questions/question/", "/admin/auth/user/", "/admin/attempts/report/"),
)


@pytest.fixture
def superuser(replica, follow) -> Client:
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    follow()
    return client


def statements_on_replica(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connections[REPLICA]) as captured:
        assert client.get(path).status_code == 200
    said = [query["sql"] for query in captured]
    return [sql for sql in said if "FROM" in sql]


def test_history_unless_one_has_just_written(replica, follow):
    client = Client()
    client.force_login(AttemptFactory(finished=True).user)
    client.get("/attempts/")
    client.cookies.pop(COOKIE, None)
    follow()
    assert any("attempts_attempt" in sql for sql in statements_on_replica(client, "/attempts/"))
    client.cookies[COOKIE] = "1"
    assert statements_on_replica(client, "/attempts/") == []


@pytest.mark.parametrize("path", LISTS)
def test_lists_and_statistics_of_the_admin(superuser, path):
    superuser.get(path)
    superuser.cookies.pop(COOKIE, None)
    said = statements_on_replica(superuser, path)
    assert said
    assert not [sql for sql in said if "django_session" in sql]


def test_a_form_of_the_admin_is_read_from_the_primary(superuser, replica, follow):
    user = UserFactory()
    follow()
    assert statements_on_replica(superuser, f"/admin/auth/user/{user.pk}/change/") == []


def test_a_list_has_no_more_statements_than_without_a_replica(superuser):
    path = "/admin/attempts/attempt/"
    superuser.get(path)
    superuser.cookies.pop(COOKIE, None)
    there = statements_on_replica(superuser, path)
    with CaptureQueriesContext(connections["default"]) as here:
        superuser.get(path)
    superuser.cookies[COOKIE] = "1"
    with CaptureQueriesContext(connections["default"]) as alone:
        superuser.get(path)
    watched = ("pg_current_wal_lsn", "pg_last_wal_replay_lsn")
    said = [*there, *(query["sql"] for query in here)]
    said = [sql for sql in said if not any(word in sql for word in watched)]
    assert len(said) == len([query for query in alone if "FROM" in query["sql"]])
