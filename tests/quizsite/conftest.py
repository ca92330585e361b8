"""What can happen to the site."""

import psycopg
import pytest
from django.db import connection


@pytest.fixture
def away(transactional_db):
    """Call it, and the database answers this thread no more, as one that is shut down."""

    def end_session():
        named = {"context": None, "cursor_factory": psycopg.Cursor}
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with psycopg.connect(**connection.get_connection_params() | named) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    yield end_session
    connection.close()
