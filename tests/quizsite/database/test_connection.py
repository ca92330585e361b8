"""A connection that stops waiting, against a server that takes its time."""

import sys

import psycopg
import pytest
from django.db import connection as django_connection

from quizsite.database import connection
from quizsite.database.connection import timed_connection
from quizsite.logs import request_ids

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


# --- the id of a request --------------------------------------------------------------------

NAME = "SELECT current_setting('application_name')"


@pytest.fixture
def request_id():
    yield request_ids.begin("request-0123456789")
    request_ids._current.set("")


def test_a_transaction_has_the_requests_id_and_the_next_one_another(connect, request_id):
    link = connect(5)
    assert link.cursor().execute(NAME).fetchone() == (request_id,)
    link.commit()
    other = request_ids.begin("another-0123456789")
    assert link.cursor().execute(NAME).fetchone() == (other,)
    link.rollback()
    request_ids._current.set("")
    assert link.cursor().execute(NAME).fetchone() == ("",)


def test_outside_of_a_transaction_nothing_is_left_on_the_connection(connect, request_id):
    link = connect(5)
    link.cursor().execute(NAME)
    link.commit()
    link.autocommit = True
    assert link.cursor().execute(NAME).fetchone() == ("",)


def messages(link, folder) -> int:
    """How many the server is sent for a transaction of one statement, by libpq's own trace."""
    trace = folder / "trace"
    with trace.open("wb") as file:
        link.pgconn.trace(file.fileno())
        link.cursor().execute("SELECT 1")
        link.commit()
        link.pgconn.untrace()
    return sum("\tF\t" in line for line in trace.read_text().splitlines())


@pytest.mark.skipif(sys.platform != "linux", reason="psycopg traces on Linux alone")
def test_the_id_takes_no_message_more(connect, request_id, tmp_path):
    link = connect(5)
    with_id = messages(link, tmp_path)
    request_ids._current.set("")
    assert with_id == messages(link, tmp_path) == 3


def test_a_transaction_may_still_choose_its_isolation(connect, request_id):
    link = connect(5)
    with link.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        shown = (
            "SELECT current_setting('transaction_isolation'), current_setting('application_name')"
        )
        assert cursor.execute(shown).fetchone() == ("repeatable read", request_id)


def test_a_server_that_ends_meanwhile_is_an_error(connect, request_id):
    link = connect(5)
    with django_connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [link.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        link.cursor().execute("SELECT 1")
    assert link.closed or link.broken
