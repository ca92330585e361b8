"""A connection that stops waiting, against a server that takes its time."""

import psycopg
import pytest
from django.db import connection as django_connection

from quizsite.database import connection
from quizsite.database.connection import timed_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def connect():
    """Connects with a time-out."""
    opened = []

    def make(answer_timeout):
        parameters = django_connection.get_connection_params()
        parameters |= {"context": None, "cursor_factory": psycopg.Cursor}
        opened.append(timed_connection(answer_timeout).connect(**parameters))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def test_a_late_answer_ends_the_statement_and_the_connection(connect):
    link = connect(0.2)
    with pytest.raises(psycopg.OperationalError), link.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    assert link.closed


def test_an_answer_in_time_is_returned_and_an_error_ends_nothing(connect):
    link = connect(5)
    with link.cursor() as cursor:
        with pytest.raises(psycopg.errors.DivisionByZero):
            cursor.execute("SELECT 1 / 0")
        link.rollback()
        assert cursor.execute("SELECT 1").fetchone() == (1,)
    assert not link.closed


def test_without_a_limit_it_waits(connect):
    link = connect(None)
    with link.cursor() as cursor:
        assert cursor.execute("SELECT 1 FROM pg_sleep(0.3)").fetchone() == (1,)


def test_the_pools_check_has_a_shorter_limit_than_other_statements(connect, monkeypatch):
    monkeypatch.setattr(connection, "CHECK_SECONDS", 0.2)
    link = connect(5)
    with pytest.raises(psycopg.OperationalError):
        link.execute("SELECT pg_sleep(5)")
    assert link.closed
