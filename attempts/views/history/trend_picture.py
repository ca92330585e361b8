"""The scores of interviews as a picture: places and shapes, in the units of its SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from attempts.models import Attempt
from attempts.rules.numbers import ordinal
from attempts.rules.progress.averages import LAST, Averages
from attempts.rules.score_range import Shown, as_shown, in_words

HEIGHT = 250
TOP, BOTTOM = 34, 234
"""Where the scores 100 and 0 are. Above them stand the numbers of the averages."""

LEFT = 36
"""The room for the numbers of the axis."""

GRID = (0, 50, 100)

THIN = 4
"""The height of a bar that is one number."""


@dataclass(frozen=True)
class Scored:
    """An interview with its score, or with the range of it while points are unsure."""

    attempt: Attempt
    score: Decimal
    score_range: Shown | None

    @property
    def shown(self) -> Shown:
        return as_shown(self.score, self.score_range)

    @property
    def in_words(self) -> str:
        return in_words(self.shown)

    @property
    def name(self) -> str:
        """For who cannot see the picture, with the date as the server's pages have it."""
        attempt = self.attempt
        which = f" ({ordinal(attempt.number)})" if attempt.number > 1 else ""
        ended = f"{attempt.finished_at:%-d %b %Y}" if attempt.finished_at else ""
        return f"{self.in_words}: {attempt.interview_title}{which}, {ended}"


@dataclass(frozen=True)
class Point:
    """left: of its column, which all belongs to its link. high, low: the ends of its range."""

    scored: Scored
    x: float
    y: float
    left: float
    high: float
    low: float

    @property
    def diamond(self) -> str:
        """The corners of the mark of a score that is not settled."""
        x, y = self.x, self.y
        return f"{x},{y - 7} {x + 7},{y} {x},{y + 7} {x - 7},{y}"


@dataclass(frozen=True)
class Mean:
    """The average of the interviews from one place to another. high, low: the ends of its bar,
    which is thin where no point is unsure.
    """

    in_words: str
    start: float
    end: float
    high: float
    low: float

    @property
    def width(self) -> float:
        return _rounded(self.end - self.start)

    @property
    def middle(self) -> float:
        return _rounded((self.start + self.end) / 2)

    @property
    def height(self) -> float:
        return _rounded(max(self.low - self.high, THIN))


@dataclass(frozen=True)
class TrendPicture:
    """points: the oldest first. column: the width of each point's link."""

    width: int
    column: float
    points: list[Point]
    means: list[Mean]

    height, left, top, bottom = HEIGHT, LEFT, TOP, BOTTOM

    @property
    def grid(self) -> list[tuple[float, int]]:
        return [(_y(score), score) for score in GRID]

    @property
    def path(self) -> str:
        """The line from point to point."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def trend_picture(
    newest_first: Sequence[Scored], averages: Averages, *, width: int
) -> TrendPicture:
    """averages: of the newest of these interviews."""
    column = (width - LEFT) / max(len(newest_first), 2 * LAST)
    points = []
    for number, scored in enumerate(reversed(newest_first)):
        left = LEFT + number * column
        low, high = scored.shown
        x, y = _rounded(left + column / 2), _y(scored.score)
        points.append(Point(scored, x, y, left=_rounded(left), high=_y(high), low=_y(low)))
    return TrendPicture(width, _rounded(column), points, _means(points, averages))


def _means(points: list[Point], averages: Averages) -> list[Mean]:
    """Of the last interviews and of those before them, where there are several."""
    last = points[-LAST:]
    before = points[:-LAST][-averages.count_before :] if averages.before else []
    return [
        Mean(in_words(score), group[0].x, group[-1].x, high=_y(score[1]), low=_y(score[0]))
        for score, group in ((averages.last, last), (averages.before, before))
        if score is not None and len(group) > 1
    ]


def _y(score: Decimal | int) -> float:
    return _rounded(BOTTOM - (BOTTOM - TOP) * float(score) / 100)


def _rounded(place: float) -> float:
    return round(place, 1)
