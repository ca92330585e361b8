"""Whether an error means that the link to the database was lost, or that one statement failed."""

import psycopg
from django.db import InterfaceError, connection

LOST = ("08", "57P01", "57P02", "57P03")
"""Codes of PostgreSQL: of a connection that fails, and of a server that stops or starts."""


def is_link_lost(error: Exception) -> bool:
    """Whether it failed because the database went away, so that everything else would fail too.

    The connection alone does not tell: at the end of a transaction Django makes a new one.
    """
    if isinstance(error, InterfaceError) and error.__cause__ is None:
        return True  # Django's own: it has closed the connection within the transaction
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError) and (
        cause.sqlstate is None or cause.sqlstate.startswith(LOST)
    ):
        return True  # without a code it comes from the driver, not from the server
    return not connection.is_usable()
