"""The site's connections through a PgBouncer in transaction mode."""

import signal
import time

import psycopg
import pytest
from django.contrib.auth.models import Permission
from django.db import InterfaceError, OperationalError, transaction

from quizsite.database import connection as timed
from quizsite.database.sessions import SessionStore

pytestmark = pytest.mark.slow


def value_of(connection, sql: str):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_every_statement_goes_through_and_times_are_in_utc(pooled):
    assert value_of(pooled, "SELECT current_setting('TimeZone')") == "UTC"
    assert value_of(pooled, "SELECT now()").utcoffset().total_seconds() == 0


def test_rows_are_read_in_pieces_within_a_transaction_and_outside(pooled):
    everything = set(Permission.objects.values_list("pk", flat=True))
    rows = Permission.objects.order_by("pk")
    assert {row.pk for row in rows.iterator(chunk_size=5)} == everything != set()
    with transaction.atomic():
        pieces = rows.iterator(chunk_size=5)
        first = next(pieces)
        assert value_of(pooled, "SELECT count(*) FROM pg_cursors WHERE name <> ''") == 1
        assert {first.pk, *(row.pk for row in pieces)} == everything


def test_a_late_answer_ends_the_statement_and_the_next_request_has_a_connection(pooled):
    pooled.ensure_connection()
    pooled.connection.answer_timeout = 0.3
    with pytest.raises(OperationalError), pooled.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(3)")
    pooled.close_if_unusable_or_obsolete()
    assert value_of(pooled, "SELECT 1") == 1


def test_the_check_before_a_request_is_quick(pooled, bouncer, monkeypatch):
    monkeypatch.setattr(timed, "CHECK_SECONDS", 0.3)
    pooled.ensure_connection()
    bouncer.process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    try:
        assert not pooled.is_usable()
    finally:
        bouncer.process.send_signal(signal.SIGCONT)
    assert time.monotonic() - began < 2


def test_after_pgbouncer_was_killed_the_next_request_has_a_connection(pooled, bouncer):
    assert value_of(pooled, "SELECT 1") == 1
    bouncer.kill()
    with pytest.raises((OperationalError, InterfaceError)), pooled.cursor() as cursor:
        cursor.execute("SELECT 1")
    bouncer.start()
    pooled.close_if_unusable_or_obsolete()  # what the end of a request does
    assert value_of(pooled, "SELECT 1") == 1


def test_a_kept_connection_that_died_between_two_requests_is_replaced(pooled, bouncer):
    assert value_of(pooled, "SELECT 1") == 1
    bouncer.kill()
    bouncer.start()
    pooled.close_if_unusable_or_obsolete()
    assert value_of(pooled, "SELECT 1") == 1


# Those of this database: other tests may share its server.
ADVISORY_LOCKS = """
SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = pg_locks.database
WHERE locktype = 'advisory' AND datname = current_database()
"""


def test_nothing_is_left_for_the_next_client_of_a_servers_connection(bouncer, pooled):
    session = SessionStore()
    session["guest_key"] = "somebody"
    session.save()
    with transaction.atomic(), pooled.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '600s'")
        cursor.execute("SELECT pg_advisory_xact_lock(1)")
    assert value_of(pooled, "SELECT current_setting('statement_timeout')") != "10min"
    assert value_of(pooled, ADVISORY_LOCKS) == 0
    assert value_of(pooled, "SELECT count(*) FROM pg_prepared_statements") == 0


def test_without_the_setting_pgbouncer_refuses_the_site(bouncer):
    with pytest.raises(psycopg.OperationalError, match="unsupported startup parameter"):
        psycopg.connect(bouncer.url, options="-c statement_timeout=8s")
