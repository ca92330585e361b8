"""A picture of the bank: how difficult each question is against how well it tells people apart.

Pure: takes numbers, returns what the template draws.
"""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 360
LEFT, TOP, RIGHT, BOTTOM = 56, 16, 32, 56


@dataclass(frozen=True)
class Mark:
    """A question that needs a look, by its number in the list."""

    number: int
    x: int
    y: int


@dataclass(frozen=True)
class Tick:
    """A line of the grid and what stands beside it."""

    at: int
    words: str


@dataclass(frozen=True)
class Picture:
    """dots: an SVG path with a point for each place that questions are at."""

    dots: str
    marks: list[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM

    @property
    def across(self) -> list[Tick]:
        return [Tick(x_of(share / 4), f"{share * 25} %") for share in range(5)]

    @property
    def up(self) -> list[Tick]:
        return [Tick(y_of(step / 2), f"{step / 2:g}".replace("-", "−")) for step in range(-2, 3)]


def x_of(mean_share: float) -> int:
    """Easy questions lie to the right."""
    return LEFT + round(mean_share * (WIDTH - LEFT - RIGHT))


def y_of(discrimination: float) -> int:
    """Questions that tell people apart lie high."""
    return TOP + round((1 - discrimination) / 2 * (HEIGHT - TOP - BOTTOM))


def picture(
    all_rows: Iterable[tuple[float, float]],
    numbered: Iterable[tuple[int, float | None, float | None]],
) -> Picture:
    """all_rows: (mean share, discrimination); numbered: the number of a row before both.

    Numbered rows without one of the two have no place; a place is drawn once.
    """
    known = [(n, x, y) for n, x, y in numbered if x is not None and y is not None]
    marks = [Mark(n, x_of(x), y_of(y)) for n, x, y in known]
    marked = {(mark.x, mark.y) for mark in marks}
    places = sorted({(x_of(x), y_of(y)) for x, y in all_rows} - marked)
    return Picture("".join(f"M{x} {y}h0" for x, y in places), marks)
