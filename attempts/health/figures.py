"""The figures of the site's health, in one statement that stays cheap however many attempts are
stored: it reads what is running, what waits and what was kept within the hour."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import connection

from attempts.models import WRITTEN

MOST = 10_000
"""Nothing is counted further than that."""

READ = Path(__file__).with_name("figures.sql").read_text()


@dataclass(frozen=True)
class Figures:
    """live: attempts whose clock runs. overdue: attempts that the sweep has not ended although
    their time is up, and for how long the first of them. waiting: closed answers that no engine
    has read yet, and how long ago the first of them was closed. late, conflicts: texts that
    were kept aside within the hour. connections: of this database, now, and how many the server
    takes in all.
    """

    live: int
    overdue: int
    overdue_for: timedelta
    waiting: int
    waiting_for: timedelta
    late: int
    conflicts: int
    connections: int
    most_connections: int


def read_figures() -> Figures:
    with connection.cursor() as cursor:
        cursor.execute(READ, {"most": MOST, "written": WRITTEN})
        live, overdue, overdue_for, waiting, waiting_for, *others = cursor.fetchone()
    none = timedelta()
    return Figures(live, overdue, overdue_for or none, waiting, waiting_for or none, *others)
