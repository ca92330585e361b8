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
from concurrent.futures import Future
from contextvars import Context, copy_context
from dataclasses import dataclass
from pathlib import Path

from attempts.scoring_process.messages import Found, Said, Task, receive, send

ROOT = Path(__file__).resolve().parents[2]
CHILD = "attempts.scoring_process.child"
MOST_WAITING = 3
"""Tasks that wait for their turn. What comes then is refused at once: each waits in a thread of
the server, and with more of them nobody's save would find one."""
MOST_PREPARING = 2
"""With more tasks than that no question is prepared, because people wait for the others."""


@dataclass(frozen=True)
class Patience:
    """Seconds. Who asks waits for none of these.

    starts, answers: after which a process that has not answered for the first time, or once more,
    is ended. rests: how long none is started after one that failed before it answered anything.
    idle: after which a process that has nothing to do ends, because it takes a hundred megabytes.
    """

    starts: float = 20.0
    answers: float = 3.0
    rests: float = 10.0
    idle: float = 600.0


logger = logging.getLogger(__name__)


class ScoringProcess:
    """Thread-safe. Its thread starts the process with the first task, and talks to it alone."""

    def __init__(
        self,
        module: str = CHILD,
        patience: Patience = Patience(),
        *,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._module, self._patience = module, patience
        self._tasks: queue.Queue[tuple[Task, Future[Found | None], float, Context]]
        self._tasks = queue.Queue(most_waiting)
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
        except TimeoutError:
            return None

    def get_ready(self, task: Task) -> None:
        """Have the process started and the task's questions prepared; nobody waits for it."""
        empty = [Said(asked=each["asked"], text="") for each in task["said"]]
        if self._tasks.qsize() < MOST_PREPARING:
            self._put({**task, "said": empty}, self._patience.starts)

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
        """None where too many wait, or nobody can talk to the process."""
        reply: Future[Found | None] = Future()
        try:
            self._have_it_talked_to()
            until = time.monotonic() + seconds
            self._tasks.put_nowait((task, reply, until, copy_context()))
        except queue.Full:
            return None
        except RuntimeError as failure:  # the machine has no memory for one more thread
            logger.warning("Nobody talks to the process that scores: %s", failure)
            return None
        return reply

    def _have_it_talked_to(self) -> None:
        with self._talking:
            if self._thread is None:
                thread = threading.Thread(target=self._talk, name="scorer", daemon=True)
                thread.start()
                self._thread = thread

    def _talk(self) -> None:
        while True:
            try:
                task, reply, until, asker = self._tasks.get(timeout=self._patience.idle)
            except queue.Empty:
                self.stop()
                continue
            found = None
            try:
                if time.monotonic() < until:  # else nobody waits for it any more
                    found = self._answer(task)
            except Exception as failure:  # whatever it is, the next task gets a new process
                asker.run(self._give_up, failure)  # its line has the id of who asked
            reply.set_result(found)

    def _answer(self, task: Task) -> Found | None:
        """None while a process that failed rests. Raises what is wrong with its reply."""
        connection = self._connection
        if connection is None or self._child is None or self._child.poll() is not None:
            self.stop()
            if time.monotonic() < self._rests_until:
                return None
            self._has_answered = False
            connection = self._start()
        send(connection, {**task})
        found: Found = json.loads(receive(connection))
        if len(found["points"]) != len(task["said"]) or not found["engine"]:
            raise ValueError("it has answered something else")
        connection.settimeout(self._patience.answers)
        self._has_answered = True
        return found

    def _give_up(self, failure: Exception) -> None:
        logger.warning("The process that scores is ended: %r", failure)
        if not self._has_answered:
            self._rests_until = time.monotonic() + self._patience.rests
        self.stop()

    def _start(self) -> socket.socket:
        ours, its = socket.socketpair()
        ours.settimeout(self._patience.starts)
        ends_with_us = ("-m", "quizsite.local.die_with_parent", str(os.getpid()))
        with its:
            self._child = subprocess.Popen(
                [sys.executable, *ends_with_us, self._module, str(its.fileno())],
                cwd=ROOT,
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the server, with which it ends
            )
        self._connection = ours
        return ours
