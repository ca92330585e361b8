"""The days on which somebody practised, as a calendar of weeks. Pure.

Nothing here counts days in a row: a calendar says what was done, not what was missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from questions.rules.numbers import counted

WEEKS = 26


@dataclass(frozen=True)
class Day:
    """One square. count: the attempts that ended on it."""

    on: date
    count: int


@dataclass(frozen=True)
class Calendar:
    """weeks: the oldest first, each with its days from Monday on; the last one ends today."""

    weeks: list[list[Day]]

    @property
    def practised(self) -> list[Day]:
        """The days with attempts, newest first."""
        return [day for week in reversed(self.weeks) for day in reversed(week) if day.count]

    @property
    def in_words(self) -> str:
        days = counted(len(self.practised), "day")
        return f"You practised on {days} of the last {len(self.weeks)} weeks."


def first_day(today: date) -> date:
    """The Monday on which a calendar begins."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def calendar_of(counts: Mapping[date, int], today: date) -> Calendar:
    """counts: by day, how many attempts ended on it; other days have none."""
    monday = first_day(today)
    days = [monday + timedelta(days=number) for number in range((today - monday).days + 1)]
    squares = [Day(on, counts.get(on, 0)) for on in days]
    return Calendar([squares[start : start + 7] for start in range(0, len(squares), 7)])
