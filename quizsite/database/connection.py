"""A connection to PostgreSQL that stops waiting when no answer comes.

libpq itself waits for ever. The server's time-outs do not help if its messages do not arrive, and
TCP's time-outs notice a machine that is gone, but not one that accepts everything and stays silent.
"""

from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

CHECK_SECONDS = 2


class TimedConnection(psycopg.Connection[TupleRow]):
    """Raises OperationalError, and is closed, when an answer takes longer than `answer_timeout`.

    psycopg's reference does not list `wait`, through which every statement goes. If it ever
    changes, tests/quizsite/database/test_connection.py and the hanging link in tests/faults notice.
    """

    answer_timeout: float | None = None  # seconds; None: no limit
    _is_being_checked = False

    def execute(self, *args: Any, **options: Any) -> psycopg.Cursor[TupleRow]:
        """Only the pool calls this, to check the connection; that must be quick."""
        self._is_being_checked = True
        try:
            return super().execute(*args, **options)
        finally:
            self._is_being_checked = False

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        if timeout is None:
            timeout = CHECK_SECONDS if self._is_being_checked else self.answer_timeout
        try:
            return super().wait(gen, interval, timeout)
        except psycopg.OperationalError:
            # An answer that came later would be taken for the answer to the next statement.
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def timed_connection(answer_timeout: float | None) -> type[TimedConnection]:
    """The class of connections that wait so many seconds; None: without limit."""
    return type("TimedConnection", (TimedConnection,), {"answer_timeout": answer_timeout})
