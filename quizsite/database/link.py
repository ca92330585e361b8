"""A connection to Postgres that gives up when no answer comes.

libpq itself waits for ever: time-outs in the server do not help where its words do not arrive,
and TCP's own find only a machine that is gone, not one that takes everything and says nothing.
"""

import psycopg

CHECK_SECONDS = 2


class DatabaseLink(psycopg.Connection):
    """Closes itself, and raises OperationalError, when an answer takes longer than `patience`."""

    patience: float | None = None  # seconds; None: no limit
    _is_checked = False

    def execute(self, *args, **options):
        """Only the pool comes this way, to see whether the connection lives: that is quick."""
        self._is_checked = True
        try:
            return super().execute(*args, **options)
        finally:
            self._is_checked = False

    def wait(self, gen, interval=0.1, timeout=None):
        if timeout is None:
            timeout = CHECK_SECONDS if self._is_checked else self.patience
        try:
            return super().wait(gen, interval, timeout)
        except psycopg.OperationalError:
            # Whatever Postgres may yet answer is not what the next statement asks.
            if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def answering_within(seconds: float | None) -> type[DatabaseLink]:
    """The class of connections with that much patience."""
    return type("DatabaseLink", (DatabaseLink,), {"patience": seconds})
