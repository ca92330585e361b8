"""One process that scores, beside a process of the server: started, asked, started again.

Whoever asks says how long they can wait. A process that is broken, hangs or has too much to do
costs them no more than that.
"""

import json
import logging
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, Future
from pathlib import Path

from attempts.scoring_process.messages import Found, Said, Task, receive, send

ROOT = Path(__file__).resolve().parents[2]
CHILD = "attempts.scoring_process.child"
MOST_WAITING = 16
"""Tasks that wait for their turn. What comes then is refused at once."""
HANGS_AFTER = 3.0
STARTS_WITHIN = 20.0
"""Seconds after which a process that has not answered, or not answered for the first time, is
ended. Who asks waits no longer for that."""
IDLE_SECONDS = 600.0
"""After so long without a task the process ends, because it takes a hundred megabytes."""
REST_SECONDS = 10.0
"""How long none is started again after one that failed before it answered anything."""

logger = logging.getLogger(__name__)


class ScoringProcess:
    """Thread-safe. Its thread starts the process with the first task, and talks to it alone."""

    def __init__(self, module: str = CHILD) -> None:
        self._module = module
        self._tasks: queue.Queue[tuple[Task, Future[Found | None], float]]
        self._tasks = queue.Queue(MOST_WAITING)
        self._talking = threading.Lock()
        self._thread: threading.Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._has_answered = False
        self._rests_until = 0.0

    def find(self, task: Task, seconds: float) -> Found | None:
        """What is found in the texts; None if it is not known after so many seconds."""
        reply = self._put(task, seconds)
        try:
            return reply.result(seconds) if reply else None
        except (TimeoutError, CancelledError):
            return None

    def get_ready(self, task: Task) -> None:
        """Have the process started and the task's questions prepared; nobody waits for it."""
        empty = [Said(asked=each["asked"], text="") for each in task["said"]]
        self._put({**task, "said": empty}, STARTS_WITHIN)

    @property
    def pid(self) -> int | None:
        """Of the process that scores; None while there is none."""
        return self._child.pid if self._child else None

    def stop(self) -> None:
        """End the process. The next task starts another one."""
        child, connection = self._child, self._connection
        self._child = self._connection = None
        if connection is not None:
            connection.close()
        if child is not None:
            child.kill()
            child.wait()

    def _put(self, task: Task, seconds: float) -> "Future[Found | None] | None":
        reply: Future[Found | None] = Future()
        try:
            self._tasks.put_nowait((task, reply, time.monotonic() + seconds))
        except queue.Full:
            return None
        with self._talking:
            if self._thread is None:
                self._thread = threading.Thread(target=self._talk, name="scorer", daemon=True)
                self._thread.start()
        return reply

    def _talk(self) -> None:
        while True:
            try:
                task, reply, until = self._tasks.get(timeout=IDLE_SECONDS)
            except queue.Empty:
                self.stop()
                continue
            # Who does not wait any more needs no answer.
            reply.set_result(self._answer(task) if time.monotonic() < until else None)

    def _answer(self, task: Task) -> Found | None:
        """None if the process does not answer; then it is ended."""
        try:
            if self._child is None or self._child.poll() is not None:
                self.stop()
                if time.monotonic() < self._rests_until:
                    return None
                self._start()
            if self._connection is None:
                return None
            send(self._connection, {**task})
            found: Found = json.loads(receive(self._connection))
        except (OSError, EOFError, ValueError) as failure:
            self._give_up(failure)
            return None
        self._connection.settimeout(HANGS_AFTER)
        self._has_answered = True
        return found

    def _give_up(self, failure: Exception) -> None:
        logger.warning("The process that scores is ended: %r", failure)
        if not self._has_answered:
            self._rests_until = time.monotonic() + REST_SECONDS
        self.stop()

    def _start(self) -> None:
        ours, its = socket.socketpair()
        ours.settimeout(STARTS_WITHIN)
        ends_with_us = ("-m", "quizsite.local.die_with_parent", str(os.getpid()))
        with its:
            self._child = subprocess.Popen(
                [sys.executable, *ends_with_us, self._module, str(its.fileno())],
                cwd=ROOT,
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
            )
        self._connection, self._has_answered = ours, False
