"""Several threads at once, each with a database connection of its own."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


class Threads:
    """Threads that close their connections. Without it they would keep them from the pool."""

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
    """Do all at the same moment; what they return, in order. An exception in one is raised."""
    with Threads(len(acts)) as threads:
        return [f.result(timeout=60) for f in [threads.begin(a, at_once=True) for a in acts]]


def wait_until_blocked() -> None:
    """Until some other session waits for a lock of this one."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")
