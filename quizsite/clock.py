"""The only clock: PostgreSQL's, because the machines that serve the site may disagree."""

from datetime import datetime

from django.db import connection

ARRIVAL = "statement_timestamp()"
"""In SQL: when the statement reached PostgreSQL, even if it then waited for a lock."""


def database_now() -> datetime:
    """Now by the database's clock, aware, in UTC. One statement: call it once for each request."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ARRIVAL}")
        now: datetime = cursor.fetchone()[0]
    return now
