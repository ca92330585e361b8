"""The sweep: closes what nobody touches any more."""

import logging
import signal
import time
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections
from psycopg_pool import PoolTimeout

from attempts import transitions
from attempts.marking import suggesting
from attempts.statistics import compute
from quizsite.clock import database_now
from quizsite.database.housekeeping import delete_expired
from quizsite.database.safely_each import safely_each

TIDY_EVERY = timedelta(hours=1)

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Finish every running attempt whose time is up. Safe to run at any time, and twice."

    def add_arguments(self, parser):
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="go on until SIGTERM or SIGINT, with so many seconds in between",
        )

    def handle(self, *, every: float | None = None, **options):
        if every is None:
            ended = transitions.finish_overdue(now=database_now())
            suggesting.catch_up()
            self.stdout.write(f"{ended} attempt(s) finished")
            return
        if every <= 0:
            raise CommandError("--every takes a number of seconds above 0.")
        # Each attempt has its own transaction, so it does no harm to stop in the middle.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # one line is enough
        self.is_told_to_stop = False
        self.tidied_at = None
        for stop in (signal.SIGINT, signal.SIGTERM):  # a shell may have them ignored
            signal.signal(stop, self._stop)
        try:
            while not self.is_told_to_stop:
                self._sweep(every)
                time.sleep(every)
        except KeyboardInterrupt:
            return

    def _stop(self, *_):
        self.is_told_to_stop = True  # for psycopg may turn the interrupt into an error of its own
        raise KeyboardInterrupt

    def _sweep(self, every: float) -> None:
        """One round: end what is overdue, suggest what a crash left out, count, tidy up.

        No step waits for another's luck. A database that does not answer is one line in the log,
        and tried again.
        """
        try:
            steps = [self._finish, suggesting.catch_up, self._refresh, self._tidy]
            safely_each(lambda step: step(), steps)
        except (Error, PoolTimeout) as error:
            reason = str(error).strip().partition("\n")[0]
            log.warning("The sweep failed, trying again in %g s: %s", every, reason)
        finally:
            close_old_connections()  # gives a broken one back to the pool, which then makes another

    def _finish(self) -> None:
        if ended := transitions.finish_overdue(now=database_now()):
            self.stdout.write(f"{ended} attempt(s) finished")
            self.stdout.flush()

    def _refresh(self) -> None:
        compute.refresh_if_old(now=database_now())

    def _tidy(self) -> None:
        now = database_now()
        if self.tidied_at is None or now - self.tidied_at >= TIDY_EVERY:
            delete_expired(now=now)
            self.tidied_at = now
