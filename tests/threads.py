"""Several threads at once, each with a database connection of its own."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


class Threads:
    """Threads that give their connections back to the pool when they are done."""

    def __init__(self, count: int):
        self.executor = ThreadPoolExecutor(count)
        self.barrier = threading.Barrier(count)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.executor.shutdown()

    def begin(self, act, *, at_once: bool = False):
        return self.executor.submit(self._run, act, at_once)

    def _run(self, act, at_once):
        if at_once:
            self.barrier.wait(timeout=20)
        try:
            return act()
        finally:
            connection.close()


def together(*acts) -> list:
    """Call all at the same moment. Returns their results, in order; raises if one of them did."""
    with Threads(len(acts)) as threads:
        return [f.result(timeout=60) for f in [threads.begin(a, at_once=True) for a in acts]]


def wait_until_blocked() -> None:
    """Wait until another session waits for a lock of this one."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                # Not pg_stat_activity: within a transaction it stays as it was first read, without
                # a session that begins later.
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("no session waits for a lock")
