"""Whether an error means that the link to the database was lost, also where Django has another."""

import psycopg
import pytest
from django.db import Error, connection, transaction
from psycopg_pool import PoolTimeout

from quizsite.database.lost_link import is_link_lost
from quizsite.database.safely_each import safely_each

LOST = "SELECT pg_terminate_backend(pg_backend_pid())"
REFUSED = [
    "SELECT 1 / 0",
    "SELECT 1 FROM there_is_no_such_table",
    "SELECT set_config('statement_timeout', '10ms', true); SELECT pg_sleep(5)",
    "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$",  # as after a deadlock
    "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '55P03'; END $$",  # a lock that takes too long
]


def in_transaction(statement: str) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return True


def error_of(statement: str) -> Exception:
    with pytest.raises(Error) as caught:
        in_transaction(statement)
    return caught.value


@pytest.mark.django_db(transaction=True)
def test_a_link_is_lost_although_django_has_connected_again():
    error = error_of(LOST)
    assert connection.is_usable(), "it has, at the end of the transaction"
    assert is_link_lost(error)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", REFUSED)
def test_what_the_database_refuses_is_no_lost_link(statement):
    assert not is_link_lost(error_of(statement))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "is_lost"),
    [
        (psycopg.OperationalError("consuming input failed"), True),
        (psycopg.InterfaceError("the connection is closed"), True),
        (PoolTimeout("couldn't get a connection after 5.00 sec"), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.CannotConnectNow(), True),
        (psycopg.errors.ConnectionFailure(), True),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.DataError("cannot contain NUL"), False),
        (ValueError("of ours"), False),
    ],
)
def test_errors_of_the_driver(error, is_lost):
    assert is_link_lost(error) == is_lost


@pytest.mark.django_db(transaction=True)
def test_of_many_rows_one_that_fails_stops_no_other_but_a_lost_link_does():
    assert safely_each(in_transaction, ["SELECT 1", REFUSED[0], "SELECT 1"]) == 2
    done: list[str] = []
    with pytest.raises(Error):
        safely_each(lambda one: done.append(one) or in_transaction(one), ["SELECT 1", LOST, ""])
    assert done == ["SELECT 1", LOST]
