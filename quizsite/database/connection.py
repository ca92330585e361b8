"""A connection to PostgreSQL that stops waiting when no answer comes.

libpq itself waits for ever. The server's time-outs do not help if its messages do not arrive, and
TCP's time-outs notice a machine that is gone, but not one that accepts everything and stays silent.
"""

from typing import Any

import psycopg
from psycopg import generators
from psycopg.abc import RV, PQGen
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.rows import TupleRow

from quizsite.logs import request_ids

CHECK_SECONDS = 2


class TimedConnection(psycopg.Connection[TupleRow]):
    """Raises OperationalError, and is closed, when an answer takes longer than `answer_timeout`.

    A transaction of a request has the request's id for its application_name, so that the server's
    lines about it do too. The id goes with the message that begins the transaction, which costs no
    message more, and ends with it, so that a pooler never gives it to somebody else.

    psycopg's reference does not list `wait`, through which every statement goes, nor
    `_start_query` and `_get_tx_start_command`, which begin a transaction. If they ever change,
    tests/quizsite/database/test_connection.py and the hanging link in tests/faults notice.
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

    def _start_query(self) -> PQGen[None]:
        request_id = request_ids.current()
        is_idle = self.pgconn.transaction_status == TransactionStatus.IDLE
        if not request_id or self.autocommit or not is_idle:
            yield from super()._start_query()
            return
        begin = self._get_tx_start_command()
        named = f"{begin.decode()}; SET LOCAL application_name = '{request_id}'"
        self.pgconn.send_query(named.encode())
        for result in (yield from generators.execute(self.pgconn)):
            if result.status != ExecStatus.COMMAND_OK:
                raise error_from_result(result)


def timed_connection(answer_timeout: float | None) -> type[TimedConnection]:
    """The class of connections that wait so many seconds; None: without limit."""
    return type("TimedConnection", (TimedConnection,), {"answer_timeout": answer_timeout})
