"""The one clock: Postgres's. Machines that serve the site may disagree about the time."""

from datetime import datetime

from django.db import connection

ARRIVAL = "statement_timestamp()"
"""In SQL: when the statement reached Postgres, even if it then waited for a lock."""


def database_now() -> datetime:
    """The instant by the database's clock, aware, in UTC. One statement; read it once a request."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ARRIVAL}")
        (now,) = cursor.fetchone()
    return now
