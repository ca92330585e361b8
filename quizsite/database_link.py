"""A connection to Postgres that gives up when no answer comes.

libpq itself waits for ever: time-outs in the server do not help where its words do not arrive,
and TCP's own find only a machine that is gone, not one that takes everything and says nothing.
"""

import psycopg

ANSWER_SECONDS = 9  # above statement_timeout (quizsite/settings.py), below the page's own 10
CHECK_SECONDS = 2


class DatabaseLink(psycopg.Connection):
    patience = ANSWER_SECONDS

    def execute(self, *args, **options):
        """Only the pool comes this way, to see whether the connection lives: that is quick."""
        self.patience = CHECK_SECONDS
        try:
            return super().execute(*args, **options)
        finally:
            self.patience = ANSWER_SECONDS

    def wait(self, gen, interval=0.1, timeout=None):
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            # Whatever Postgres may yet answer is not what the next statement asks.
            if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise
