"""Fixtures for what can happen to the site."""

import psycopg
import pytest
from django.db import connection


@pytest.fixture
def away(transactional_db):
    """Call it to end this thread's database session, as a shutdown of the server does."""

    def end_session() -> None:
        plain = {"context": None, "cursor_factory": psycopg.Cursor}
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with psycopg.connect(**connection.get_connection_params() | plain) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    yield end_session
    connection.close()
