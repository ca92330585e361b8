"""Connections to a pooler that gives out a server's connection for one transaction at a time.

Nothing may be left on a connection: no SET without LOCAL, no lock of a session, no LISTEN, no
temporary table, no prepared statement (Django turns those of psycopg off).
"""

from collections.abc import Callable
from typing import cast

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg import IsolationLevel

from quizsite.database.connection import TimedConnection


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with the connections of ours that stop waiting, which otherwise its pool makes."""

    connection: TimedConnection | None

    def get_new_connection(self, conn_params: dict[str, object]) -> TimedConnection:
        self.isolation_level = IsolationLevel.READ_COMMITTED
        kind = cast(type[TimedConnection], conn_params.pop("connection_class"))
        connect = cast(Callable[..., TimedConnection], kind.connect)
        return connect(**conn_params)

    def is_usable(self) -> bool:
        """Django's, but as quick as the pool's check; it comes before the first statement of each
        request, and also finds that the pooler has no server."""
        if self.connection is None:
            return False
        try:
            self.connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def chunked_cursor(self) -> CursorWrapper:
        """A cursor of the server outside of a transaction would be looked for on another one."""
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()
