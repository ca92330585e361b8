"""The days practised as a picture: a square for each day, larger the more was done."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from attempts.rules.history.days import Calendar, Day

CELL = 14
TOP = 16
"""The room for the names of months."""

SIDES = ((5, 12), (2, 9), (1, 6), (0, 2))
"""From so many attempts on, how long the side of the day's square is."""


@dataclass(frozen=True)
class Square:
    day: Day
    x: float
    y: float
    side: int

    @property
    def path(self) -> str:
        return f"M{self.x} {self.y}h{self.side}v{self.side}h-{self.side}z"


@dataclass(frozen=True)
class CalendarPicture:
    calendar: Calendar

    height: ClassVar[int] = TOP + 7 * CELL

    @property
    def width(self) -> int:
        return CELL * len(self.calendar.weeks)

    @property
    def squares(self) -> list[Square]:
        return [
            _square(day, week, weekday)
            for week, days in enumerate(self.calendar.weeks)
            for weekday, day in enumerate(days)
        ]

    @property
    def done(self) -> str:
        """The squares of days with attempts, as one path: a page with fewer parts is faster."""
        return "".join(square.path for square in self.squares if square.day.count)

    @property
    def free(self) -> str:
        return "".join(square.path for square in self.squares if not square.day.count)

    @property
    def months(self) -> list[tuple[int, date]]:
        """Where the name of each month is: above the first week that begins in it."""
        mondays = [days[0].on for days in self.calendar.weeks]
        return [
            (CELL * week, monday)
            for week, monday in enumerate(mondays)
            if week and monday.month != mondays[week - 1].month and week < len(mondays) - 1
        ]


def _square(day: Day, week: int, weekday: int) -> Square:
    side = next(side for least, side in SIDES if day.count >= least)
    margin = (CELL - side) / 2
    return Square(day, CELL * week + margin, TOP + CELL * weekday + margin, side)
