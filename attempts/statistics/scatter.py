"""A scatter plot of the bank: how difficult each question is, and how well it discriminates.

Pure: takes numbers, returns what the template puts into an SVG image.
"""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 360
LEFT, TOP, RIGHT, BOTTOM = 56, 16, 32, 56


@dataclass(frozen=True)
class Cross:
    """A question that needs a look, with its number in the list."""

    number: int
    x: int
    y: int


@dataclass(frozen=True)
class GridLine:
    """A line of the grid and the label beside it. at: its x or y."""

    at: int
    label: str


@dataclass(frozen=True)
class ScatterPlot:
    """dots: an SVG path with a point for each place with questions. count: how many rows."""

    dots: str
    crosses: list[Cross]
    count: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM

    @property
    def vertical_lines(self) -> list[GridLine]:
        return [GridLine(x_of(share / 4), f"{share * 25} %") for share in range(5)]

    @property
    def horizontal_lines(self) -> list[GridLine]:
        labels = [(step / 2, f"{step / 2:g}".replace("-", "−")) for step in range(-2, 3)]
        return [GridLine(y_of(value), label) for value, label in labels]


def x_of(mean_share: float) -> int:
    """Easy questions are on the right."""
    return LEFT + round(mean_share * (WIDTH - LEFT - RIGHT))


def y_of(discrimination: float) -> int:
    """Questions that tell strong candidates from weak ones are at the top."""
    return TOP + round((1 - discrimination) / 2 * (HEIGHT - TOP - BOTTOM))


def scatter_plot(
    rows: Iterable[tuple[float | None, float | None]],
    numbered: Iterable[tuple[int, float | None, float | None]],
) -> ScatterPlot:
    """rows: (mean share, discrimination); numbered: the number of a row before both.

    A row that lacks one of the two is left out. Rows at the same place make one dot, or none
    where there is a cross.
    """
    points = [(x, y) for x, y in rows if x is not None and y is not None]
    known = [(n, x, y) for n, x, y in numbered if x is not None and y is not None]
    crosses = [Cross(n, x_of(x), y_of(y)) for n, x, y in known]
    crossed = {(cross.x, cross.y) for cross in crosses}
    places = sorted({(x_of(x), y_of(y)) for x, y in points} - crossed)
    return ScatterPlot("".join(f"M{x} {y}h0" for x, y in places), crosses, len(points))
