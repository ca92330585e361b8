"""Whether the replica can be read right now. This process asks it every few seconds at most."""

import contextlib
import logging
import threading
import time

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from psycopg_pool import PoolTimeout

from quizsite.database.replica.freshness import Freshness
from quizsite.database.replica.routing import REPLICA

CHECK_EVERY = 2  # seconds
AWAY = 10  # seconds for which a replica that failed is left alone, so that nobody waits for it
MOST_BEHIND = 5  # seconds

NO_ANSWER = (DatabaseError, InterfaceError, PoolTimeout)
WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"
REPLAYED = """
SELECT CASE WHEN pg_is_in_recovery()
       THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint END
"""
"""Null of a server that is none any more, because it was promoted."""

logger = logging.getLogger(__name__)


class Watch:
    """One for each process. While one thread asks, the others go by what was known before."""

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._freshness = Freshness()
        self._asked_at = self._away_until = float("-inf")

    def is_fresh(self) -> bool:
        """Whether the replica answers, and has everything that is older than MOST_BEHIND."""
        now = time.monotonic()
        if now < self._away_until:
            return False
        if now - self._asked_at >= CHECK_EVERY and self._asking.acquire(blocking=False):
            try:
                self._ask(now)
            except NO_ANSWER as error:
                self.is_away(error)
                return False
            finally:
                self._asking.release()
        return self._freshness.age(time.monotonic()) <= MOST_BEHIND

    def is_away(self, reason: Exception) -> None:
        """It failed: read the primary for a while."""
        self._away_until = time.monotonic() + AWAY
        with contextlib.suppress(*NO_ANSWER):
            connections[REPLICA].close()
        logger.warning(
            "The replica is left alone for %d s: %s", AWAY, str(reason).strip().partition("\n")[0]
        )

    def _ask(self, now: float) -> None:
        """Where both are; the primary first, so that a replica without delay has reached it."""
        self._asked_at = now
        written = _position(DEFAULT_DB_ALIAS, WRITTEN)
        replayed = _position(REPLICA, REPLAYED)
        if written is None or replayed is None:
            raise DatabaseError("it is no replica of the primary")
        self._freshness.primary_is_at(written, now)
        self._freshness.replica_is_at(replayed)


def _position(alias: str, sql: str) -> int | None:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        position: int | None = cursor.fetchone()[0]
    return position


watch = Watch()
