"""What one act costs: blocks and statements, the same on any machine, and milliseconds."""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from time import perf_counter, process_time

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Cost:
    """blocks: that PostgreSQL touched, in memory or not, by all statements, their planning and
    triggers. cpu: of Python. wall: all of it, in milliseconds as cpu.
    """

    blocks: int
    statements: int
    cpu: float
    wall: float


def quiet_server() -> None:
    """Nothing but the bench works in the database, so that blocks counted are its own."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET autovacuum = off")
        cursor.execute("SELECT pg_reload_conf()")


def cost_of(act: Callable[[], object], times: int = 3) -> Cost:
    """The least of each of several times, after one that warms caches and compiles templates."""
    act()
    found = [_once(act) for _ in range(times)]
    return Cost(*(min(values) for values in zip(*map(astuple, found), strict=True)))


def _once(act: Callable[[], object]) -> Cost:
    before = _blocks()
    cpu, wall = process_time(), perf_counter()
    with CaptureQueriesContext(connection) as queries:
        act()
    cpu, wall = process_time() - cpu, perf_counter() - wall
    return Cost(_blocks() - before, len(queries), cpu * 1000, wall * 1000)


def _blocks() -> int:
    """All blocks that were touched in this database so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def undone(act: Callable[[], object]) -> Callable[[], None]:
    """The act in a transaction that is rolled back."""

    def and_back() -> None:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    return and_back
