"""The sweep: it finishes the attempts that nobody touches any more, and tidies up."""

import logging
import operator
import signal
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections
from psycopg_pool import PoolTimeout

from attempts import transitions
from attempts.marking.catching_up import catch_up, catch_up_alone
from attempts.statistics.compute import refresh_if_old
from attempts.transitions.personal.own_interviews import delete_left_over
from attempts.transitions.personal.schedule_catch_up import catch_up_schedules
from attempts.transitions.personal.sharing import delete_expired_links
from questions.rules.numbers import counted
from quizsite.clock import database_now
from quizsite.database.housekeeping import delete_expired, delete_unconfirmed
from quizsite.database.safely_each import safely_each
from quizsite.logs.tracebacks import words_of
from quizsite.watching.listener import serve_metrics

TIDY_EVERY = timedelta(hours=1)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Finish every running attempt whose time is up. Safe to run at any time, and twice."

    stop_requested = False
    tidied_at: datetime | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="repeat until SIGTERM or SIGINT, with this many seconds in between",
        )

    def handle(self, *, every: float | None = None, **options: object) -> None:
        if every is None:
            ended = transitions.finish_overdue(now=database_now())
            catch_up()
            catch_up_schedules()
            self.stdout.write(f"{counted(ended, 'attempt')} finished")
        elif every > 0:
            self._repeat(every)
        else:
            raise CommandError("--every takes a number of seconds above 0.")

    def _repeat(self, every: float) -> None:
        """A round every so many seconds, until a signal ends it.

        A signal may come at any time: each attempt has a transaction of its own.
        """
        # The pool would log each try to connect; our one line for each round is enough.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
        for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have set both to be ignored
            signal.signal(number, self._stop)
        serve_metrics()
        try:
            while not self.stop_requested:
                self._run_round(every)
                time.sleep(every)
        except KeyboardInterrupt:
            return

    def _stop(self, *_: object) -> None:
        """Interrupt what is running. The flag remains if psycopg raises its own error instead."""
        self.stop_requested = True
        raise KeyboardInterrupt

    def _run_round(self, every: float) -> None:
        """Finish, do what was left undone (suggestions, schedules), count, tidy.

        A step that fails does not keep the next one from running. If the database does not
        answer, one line is logged, and the next round tries again.
        """
        steps: list[Callable[[], object]] = [
            self._finish_overdue,
            catch_up_alone,
            catch_up_schedules,
            self._refresh_statistics,
            self._tidy,
        ]
        try:
            safely_each(operator.call, steps)
        except (Error, PoolTimeout) as error:
            logger.warning("The sweep failed, trying again in %g s: %s", every, words_of(error))
        finally:
            close_old_connections()  # returns a broken one to the pool, which replaces it

    def _finish_overdue(self) -> None:
        if ended := transitions.finish_overdue(now=database_now()):
            logger.info("%s finished", counted(ended, "attempt"))

    def _refresh_statistics(self) -> None:
        refresh_if_old(now=database_now())

    def _tidy(self) -> None:
        now = database_now()
        if self.tidied_at is None or now - self.tidied_at >= TIDY_EVERY:
            delete_expired(now=now)
            delete_unconfirmed(now=now)
            delete_expired_links(now=now)
            delete_left_over(now=now)
            self.tidied_at = now
