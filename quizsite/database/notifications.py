"""Messages through PostgreSQL: a transaction says something, and who listens hears it at once.

They may be lost: nobody listens at that moment, or the connection is dead. So whoever listens also
looks by itself from time to time.
"""

import logging
import os
import time

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

PATIENCE = {"connect_timeout": 5}
LISTEN_AGAIN_SECONDS = 5
"""How long nobody listens after that has failed."""
KEEP_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""Else a connection on which nothing is sent would be taken for alive for hours."""

logger = logging.getLogger(__name__)


def notify(channel: str) -> None:
    """Who listens to the channel is told so when the transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [channel])


class Listener:
    """Hears a channel, on a connection of its own that leads past any pooler.

    A pooler that gives each transaction another connection would swallow the messages. Where there
    is no connection, waiting goes on without messages, and it tries again every few seconds.
    """

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._connection: psycopg.Connection | None = None
        self._again_at = 0.0
        self._is_said = False

    def wait(self, seconds: float) -> bool:
        """Wait for a message, at most this long. Returns whether one came."""
        until = time.monotonic() + seconds
        try:
            if self._connection is None and time.monotonic() >= self._again_at:
                self._connect()
                return True  # what was said before is not heard any more
            if self._connection is not None:
                heard = self._connection.notifies(timeout=seconds, stop_after=1)
                return any(True for _ in heard)
        except psycopg.Error as error:
            self._give_up(error)
        time.sleep(max(0, until - time.monotonic()))
        return False

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> None:
        listening = self._open()
        try:
            listening.execute(psycopg.sql.SQL("LISTEN {}").format(self._name))
        except psycopg.Error:
            listening.close()
            raise
        self._connection = listening
        if self._is_said:
            logger.info("Messages of the database are heard again.")
            self._is_said = False

    @property
    def _name(self) -> psycopg.sql.Identifier:
        return psycopg.sql.Identifier(self._channel)

    def _open(self) -> psycopg.Connection:
        url = settings.DATABASE_DIRECT_URL
        if url == os.environ.get("DATABASE_URL"):  # then as everything else connects
            options = connection.get_connection_params() | KEEP_ALIVE
            return psycopg.connect(**options | {"autocommit": True})
        return psycopg.connect(make_conninfo(url, **PATIENCE, **KEEP_ALIVE), autocommit=True)

    def _give_up(self, error: psycopg.Error) -> None:
        self.close()
        self._again_at = time.monotonic() + LISTEN_AGAIN_SECONDS
        if not self._is_said:
            reason = str(error).strip().partition("\n")[0]
            logger.warning("Messages of the database are not heard for now: %s", reason)
            self._is_said = True
