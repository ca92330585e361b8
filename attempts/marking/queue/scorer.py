"""The process that makes suggestions: it reads what waits, until it is told to stop.

Threads read answers: one where this process compares them, because two would only share one core;
some where a server is asked, because it is slow. One more finds the sentences of examples.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import Error, close_old_connections, connection
from psycopg_pool import PoolTimeout

from attempts.marking.example_sentences import find_missing
from attempts.marking.queue import claims
from attempts.marking.queue.reading import Held, read_waiting
from attempts.marking.queue.waiting import say_gone, say_seen
from attempts.models import TO_READ
from quizsite.database.notifications import Listener
from quizsite.logs.tracebacks import words_of

LOOK_SECONDS = 2
"""How often a thread looks by itself: a message may be lost, a claim may have ended."""
WHOLE_LOOK_SECONDS = 60
"""How often it looks at all that waits, not only at what was closed lately."""
SENTENCES_SECONDS = 30
SEEN_SECONDS = 5
STOP_SECONDS = 8
"""How long a stop waits for answers that are being read; a supervisor kills after about ten."""
ASKED_AT_ONCE = 2
"""Answers that one process sends to a model's server at a time."""
AWAY = (Error, PoolTimeout)

logger = logging.getLogger(__name__)


class Scorer:
    def __init__(self) -> None:
        self.is_stopped = False  # a signal sets it
        self.is_seen = False  # whether pages know that it is there
        self.listener = Listener(TO_READ)
        self.outage = Outage()
        self._woken = [threading.Event() for _ in range(ASKED_AT_ONCE if settings.SCORER else 1)]

    def run(self) -> None:
        """Until is_stopped; then the answers that are being read are finished, or given back."""
        readers = [(woken, Held()) for woken in self._woken]
        threads = [threading.Thread(target=self._read_on, args=each) for each in readers]
        threads.append(threading.Thread(target=self._find_on))
        for thread in threads:
            thread.daemon = True
            thread.start()
        seen_at = float(-SEEN_SECONDS)
        while self._goes_on():
            if time.monotonic() - seen_at >= SEEN_SECONDS:
                self.is_seen = self._safely(say_seen)
                seen_at = time.monotonic()
            if self.listener.wait(1):
                self._wake()
        self.listener.close()
        self._end(threads, [held for _, held in readers])

    def _goes_on(self) -> bool:
        return not self.is_stopped

    def _wake(self) -> None:
        for woken in self._woken:
            woken.set()

    def _read_on(self, woken: threading.Event, held: Held) -> None:
        whole_at = 0.0
        while self._goes_on():
            is_whole = time.monotonic() >= whole_at
            woken.clear()
            if self._safely(partial(self._read, held, recent=not is_whole)) and is_whole:
                whole_at = time.monotonic() + WHOLE_LOOK_SECONDS
            woken.wait(LOOK_SECONDS)

    def _read(self, held: Held, *, recent: bool) -> None:
        held.give_back()  # what was being read when the database went away
        read_waiting(self._goes_on, recent=recent, held=held)

    def _find_on(self) -> None:
        tidied_at = 0.0
        while self._goes_on():
            self._safely(lambda: find_missing(self._goes_on))
            if time.monotonic() >= tidied_at:
                self._safely(claims.forget_old)
                tidied_at = time.monotonic() + 3600
            pause_until = time.monotonic() + SENTENCES_SECONDS
            while self._goes_on() and time.monotonic() < pause_until:
                time.sleep(0.5)

    def _safely(self, act: Callable[[], object]) -> bool:
        """Whether it succeeded. An outage is said once, and anything else with its traceback."""
        try:
            act()
        except AWAY as error:
            self.outage.began(error)
            return False
        except Exception:
            # Nothing reads the result of a thread. The next round tries again.
            logger.exception("Making suggestions failed; it goes on")
            return False
        finally:
            close_old_connections()  # returns a broken one to the pool, which replaces it
        self.outage.ended()
        return True

    def _end(self, threads: list[threading.Thread], all_held: list[Held]) -> None:
        """Without a database there is nothing to wait for, and nothing to give back."""
        until = time.monotonic() + STOP_SECONDS
        self._wake()
        for thread in threads:
            while thread.is_alive() and time.monotonic() < until and not self.outage.is_on:
                thread.join(0.1)
        for act in [*(held.give_back for held in all_held), say_gone]:
            if not self.outage.is_on:
                self._safely(act)
        connection.close()


class Outage:
    """Says once that the database is away, and once that it is back, for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.is_on = False

    def began(self, error: Exception) -> None:
        with self._lock:
            if not self.is_on:
                self.is_on = True
                reason = words_of(error)
                logger.warning("No suggestions for now, the database does not do it: %s", reason)

    def ended(self) -> None:
        with self._lock:
            if self.is_on:
                self.is_on = False
                logger.info("Suggestions are made again.")
