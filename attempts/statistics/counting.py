"""What each attempt adds to the sums of the statistics, some attempts at a time."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from attempts.models import WRITTEN, LastCount

AT_ONCE = 2_000
"""Attempts that are counted in one transaction: memory and locks stay small, however many wait."""

AT_ONCE_OF_ALL = 10_000
"""The same where everything is counted: their questions are the same in every step."""

NONE_YET = UUID(int=0)
"""Before the first attempt in the order of their ids."""


def _sql(name: str) -> str:
    return Path(__file__).with_name(f"{name}.sql").read_text()


REMOVED, FACTS, SUMS = _sql("removed"), _sql("facts"), _sql("sums")

SUMMED = "attempts_versionsums, attempts_pointsums, attempts_timesums, attempts_monthsums"
CHANGED = """
DELETE FROM attempts_tocount WHERE id IN (
    SELECT id FROM attempts_tocount ORDER BY id LIMIT %s
) RETURNING attempt_id
"""
NEXT = "SELECT id FROM attempts_attempt WHERE id > %s ORDER BY id LIMIT %s"


def begin_again(cursor: CursorWrapper, last: LastCount | None) -> LastCount:
    """Forget all that was counted. Only a refresh reads these tables, so nobody waits for them."""
    cursor.execute(f"TRUNCATE attempts_countedanswer, {SUMMED}")
    cursor.execute("DELETE FROM attempts_tocount")  # all attempts will be read
    last = last or LastCount(pk=1)
    last.after = NONE_YET
    return last


@dataclass
class Touched:
    """The questions and the months of which something was counted."""

    questions: set[int] = field(default_factory=set)
    months: set[date] = field(default_factory=set)


def count_next(cursor: CursorWrapper, last: LastCount) -> tuple[Touched, bool]:
    """Count some attempts: those that changed, or the next ones where everything is counted.

    Returns what they touch, and whether there is more to count. last: is brought
    forward, and is not stored.
    """
    at_once = AT_ONCE if last.after is None else AT_ONCE_OF_ALL
    if last.after is None:
        cursor.execute(CHANGED, [at_once])
    else:
        cursor.execute(NEXT, [last.after, at_once])
    attempts = [attempt for (attempt,) in cursor.fetchall()]
    is_full = len(attempts) == at_once
    touched = _count(cursor, attempts)
    if last.after is None:
        return touched, is_full
    last.after = attempts[-1] if is_full else None
    if not is_full:
        cursor.execute(f"ANALYZE attempts_countedanswer, {SUMMED}")
    return touched, True  # what changed meanwhile comes after that


def _count(cursor: CursorWrapper, attempts: list[UUID]) -> Touched:
    """Take away what these attempts had added, and add what they add now."""
    values: dict[str, list[UUID] | str | int] = {
        "attempts": list(set(attempts)),
        "written": WRITTEN,
        "zone": settings.TIME_ZONE,
    }
    touched = Touched()
    for rows, sign in ((REMOVED, -1), (FACTS, 1)) if attempts else ():
        cursor.execute(rows + SUMS, {**values, "sign": sign})
        for question, month in cursor.fetchall():
            touched.questions.add(question)
            touched.months.add(month)
    return touched
