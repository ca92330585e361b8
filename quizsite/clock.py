"""The one clock: Postgres's. Machines that serve the site may disagree about the time."""

from datetime import datetime

from django.db import connection
from django.db.models import DateTimeField, Func


class StatementTimestamp(Func):
    """The instant at which the statement reached Postgres, even if it then waited for a lock."""

    function = "statement_timestamp"
    output_field = DateTimeField()


def database_now() -> datetime:
    """The instant by the database's clock, aware, in UTC. One statement; read it once a request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (now,) = cursor.fetchone()
    return now
