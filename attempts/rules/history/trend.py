"""Whether somebody's interviews get better: the last five beside the five before. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from attempts.rules.numbers import whole

SPAN = 5
"""How many interviews are averaged, because one score says little."""


@dataclass(frozen=True)
class Average:
    """The mean of `count` scores, in whole numbers as pages show them."""

    score: int
    count: int


@dataclass(frozen=True)
class Trend:
    """before: of up to SPAN scores before the last SPAN; None if there are none."""

    last: Average
    before: Average | None = None

    @property
    def in_words(self) -> str:
        if self.last.count == 1:
            return f"Your only interview so far has a score of {self.last.score}."
        last = f"Your last {_number(self.last.count)} interviews average {self.last.score}"
        if self.before is None:
            return f"{last}."
        if self.before.count == 1:
            return f"{last}, the one before {self.before.score}."
        return f"{last}, the {_number(self.before.count)} before {self.before.score}."


def trend_of(scores: Sequence[Decimal]) -> Trend | None:
    """scores: 0 to 100, of the newest interviews, newest first; 2 * SPAN of them are enough.

    None without any.
    """
    last, before = scores[:SPAN], scores[SPAN : 2 * SPAN]
    if not last:
        return None
    return Trend(_average(last), _average(before) if before else None)


def _average(scores: Sequence[Decimal]) -> Average:
    return Average(whole(sum(scores, Decimal()) / len(scores)), len(scores))


def _number(count: int) -> str:
    return ("no", "one", "two", "three", "four", "five")[count]
