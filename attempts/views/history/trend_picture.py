"""The scores of interviews as a picture: places and shapes, in the units of its SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from attempts.models import Attempt
from attempts.rules.history.trend import SPAN, Trend
from attempts.rules.numbers import ordinal, whole

HEIGHT = 230
TOP, BOTTOM = 14, 214
"""Where the scores 100 and 0 are."""

LEFT = 36
"""The room for the numbers of the axis."""

GRID = (0, 50, 100)


@dataclass(frozen=True)
class Scored:
    """An interview with its score, or with the range of it while points are unsure."""

    attempt: Attempt
    score: Decimal
    score_range: tuple[int, int] | None

    @property
    def in_words(self) -> str:
        if self.score_range is None:
            return str(whole(self.score))
        return "{} to {}".format(*self.score_range)

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
    """The average of the interviews from one place to another."""

    score: int
    start: float
    end: float
    y: float


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
    def lines(self) -> list[tuple[Point, Point]]:
        return list(pairwise(self.points))


def trend_picture(newest_first: Sequence[Scored], trend: Trend, *, width: int) -> TrendPicture:
    column = (width - LEFT) / max(len(newest_first), 2 * SPAN)
    points = []
    for number, scored in enumerate(reversed(newest_first)):
        left = LEFT + number * column
        low, high = scored.score_range or (scored.score, scored.score)
        points.append(
            Point(
                scored,
                x=_rounded(left + column / 2),
                y=_y(scored.score),
                left=_rounded(left),
                high=_y(high),
                low=_y(low),
            )
        )
    return TrendPicture(width, _rounded(column), points, _means(points, trend))


def _means(points: list[Point], trend: Trend) -> list[Mean]:
    """Of the last interviews and of those before them, where there are several."""
    means, end = [], len(points)
    for average in (trend.last, trend.before):
        if average is None or average.count < 2 or average.count > end:
            break
        first, last = points[end - average.count], points[end - 1]
        means.append(Mean(average.score, first.x, last.x, _y(average.score)))
        end -= average.count
    return means


def _y(score: Decimal | int) -> float:
    return _rounded(BOTTOM - (BOTTOM - TOP) * float(score) / 100)


def _rounded(place: float) -> float:
    return round(place, 1)
