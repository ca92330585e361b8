"""How it goes: the mean score of the last five interviews, and of the five before. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from attempts.rules.numbers import whole
from attempts.rules.score_range import Shown, in_words
from questions.rules.numbers import counted

LAST = 5
"""So many interviews make an average."""

FEWEST_BEFORE = 3
"""Fewer than these before the last five say nothing."""


@dataclass(frozen=True)
class Averages:
    """interviews: how many there are. last: of the last five or fewer. before: of those before
    them, five or fewer; None if there are fewer than FEWEST_BEFORE.
    """

    interviews: int
    last: Shown
    before: Shown | None = None
    count_before: int = 0


def averages(interviews: int, scores: Sequence[Shown]) -> Averages | None:
    """None without a score. scores: of the last ten interviews or fewer, newest first.

    The means are of the whole numbers that the pages show, so that anybody can check them.
    """
    if not scores:
        return None
    before = scores[LAST : 2 * LAST]
    if len(before) < FEWEST_BEFORE:
        return Averages(interviews, _mean(scores[:LAST]))
    return Averages(interviews, _mean(scores[:LAST]), _mean(before), len(before))


def _mean(scores: Sequence[Shown]) -> Shown:
    low, high = (whole(Decimal(sum(ends)) / len(scores)) for ends in zip(*scores, strict=True))
    return low, high


def how_it_goes(found: Averages) -> str:
    """In one sentence, such as "12 interviews; your last five average 64, up from 49"."""
    interviews = counted(found.interviews, "interview")
    if found.interviews == 1:
        return f"{interviews}; its score is {in_words(found.last)}."
    if found.interviews <= LAST:
        return f"{interviews}; they average {in_words(found.last)}."
    last = f"{interviews}; your last five average {in_words(found.last)}"
    return f"{last}{_compared(found)}."


def _compared(found: Averages) -> str:
    """Up or down only if unsure points can't turn it round."""
    if found.before is None:
        return ""
    before = f"{in_words(found.before)} in the {_spelled(found.count_before)} before"
    if found.last == found.before and found.last[0] == found.last[1]:
        return f", as in the {_spelled(found.count_before)} before"
    is_range = found.before[0] != found.before[1]  # "up from 55 to 56" reads as the way up
    if found.last[0] > found.before[1]:
        return f", more than the {before}" if is_range else f", up from {before}"
    if found.last[1] < found.before[0]:
        return f", less than the {before}" if is_range else f", down from {before}"
    return f", against {before}"


def _spelled(count: int) -> str:
    return {3: "three", 4: "four", 5: "five"}[count]
