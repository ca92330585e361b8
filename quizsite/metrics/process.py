"""What a process is at: its pool of connections, its memory, its CPU time."""

import os
import resource
import sys
import threading
import time
from collections.abc import Mapping

from django.db import connection
from prometheus_client import Counter

from quizsite.metrics import registry

EVERY_SECONDS = 2.0
_lock = threading.Lock()
_noted_at = 0.0  # on time.monotonic()
_last: dict[Counter, float] = {}


def note_now_and_then() -> None:
    """After a request: note, unless that was done a moment ago."""
    global _noted_at
    now = time.monotonic()
    if now - _noted_at >= EVERY_SECONDS and _lock.acquire(blocking=False):
        try:
            _noted_at = now
            note()
        finally:
            _lock.release()


def shares_its_numbers() -> bool:
    """Whether other processes of the same server add to the same numbers."""
    return bool(os.environ.get("PROMETHEUS_MULTIPROC_DIR"))


def note() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _grow(registry.CPU_SECONDS, used.ru_utime + used.ru_stime)
    registry.MEMORY_BYTES.set(_resident_bytes(used))
    _note_pool()


def _note_pool() -> None:
    pool = getattr(connection, "pool", None)  # through PgBouncer there is none
    if pool is None:
        return
    stats: Mapping[str, int] = pool.get_stats()
    free = stats.get("pool_available", 0)
    registry.POOL_SIZE.labels("free").set(free)
    registry.POOL_SIZE.labels("used").set(stats.get("pool_size", 0) - free)
    registry.POOL_WAITING.set(stats.get("requests_waiting", 0))
    _grow(registry.POOL_REQUESTS, stats.get("requests_num", 0))
    _grow(registry.POOL_WAITED, stats.get("requests_queued", 0))
    _grow(registry.POOL_WAIT_SECONDS, stats.get("requests_wait_ms", 0) / 1000)
    _grow(registry.POOL_FAILURES, stats.get("requests_errors", 0))


def _grow(counter: Counter, total: float) -> None:
    """Let the counter follow a sum that this process keeps from its start."""
    counter.inc(max(0.0, total - _last.get(counter, 0.0)))
    _last[counter] = total


def _resident_bytes(used: resource.struct_rusage) -> int:
    """Now, on Linux; elsewhere the most that it ever was."""
    if sys.platform == "linux":
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    return used.ru_maxrss
