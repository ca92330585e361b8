"""Shares and scores. Pure; exact decimals throughout."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

ASKED_WORTH = Fraction(1, 2)
"""What a key point is worth that was made only in the answer to a follow-up. Pages state it."""

WHAT_ASKED_IS_WORTH = "A point that you make only when asked counts half."
"""The same in a sentence."""

MOST_POINTS = 50
"""Up to this many key points in a question, totals are exact; beyond it they may be 0.01 off."""

NOTHING = Decimal()
"""The share of a question that has no answer, or is not scored yet."""

FEWEST_TO_COMPARE = 2
"""A group with fewer values is called neither the lowest nor the highest."""


class Made(StrEnum):
    """How a key point was made, in the words of the pages."""

    MADE = "made"
    WHEN_ASKED = "made when asked"
    MISSED = "missed"


def how_made(is_met: bool, when_asked: bool) -> Made:
    """is_met: by the answer itself. when_asked: by the answer to a follow-up."""
    if is_met:
        return Made.MADE
    return Made.WHEN_ASKED if when_asked else Made.MISSED


_WORTH = {Made.MADE: Fraction(1), Made.WHEN_ASKED: ASKED_WORTH, Made.MISSED: Fraction()}


def share(
    points_met: Sequence[bool],
    counted: Sequence[bool] | None = None,
    when_asked: Sequence[bool] | None = None,
) -> Decimal:
    """The part of the key points that an answer makes, 0 to 1, rounded half up to 0.0001.

    points_met: shape (n,). counted: shape (n,), which of them count; None: all do. when_asked:
    shape (n,), which of them the answers to follow-ups make; None: none. A point that is made only
    there is worth ASKED_WORTH. Raises ValueError if no point counts, and if the shapes differ.
    """
    counted = [True] * len(points_met) if counted is None else counted
    when_asked = [False] * len(points_met) if when_asked is None else when_asked
    rows = zip(points_met, when_asked, counted, strict=True)
    worth = [_WORTH[how_made(is_met, asked)] for is_met, asked, counts in rows if counts]
    if not worth:
        raise ValueError("a question needs key points to be scored")
    return _half_up(sum(worth, Fraction()) / len(worth), places=4)


def _half_up(exact: Fraction, places: int) -> Decimal:
    return Decimal(floor(exact * 10**places + Fraction(1, 2))).scaleb(-places)


def score(answers: Sequence[tuple[bool, Decimal | None]]) -> Decimal | None:
    """An attempt's score in percent, from (whether it was answered, its share) of each question.

    None while there are answers and none of them has a share. From the first share on, an answer
    without one counts as 0.
    """
    shares = [share for is_answered, share in answers if is_answered]
    if shares and all(share is None for share in shares):
        return None
    return total_percent([share or NOTHING if answered else NOTHING for answered, share in answers])


def total_percent(shares: Sequence[Decimal]) -> Decimal:
    """Mean share of n questions as percent, 0 to 100, rounded half up to 0.01.

    shares: shape (n,), each as share() returns it; 0 for a question without an answer. Raises
    ValueError if n is 0.
    """
    if not shares:
        raise ValueError("an attempt needs at least one question")
    mean = sum(map(_unrounded, shares), Fraction()) / len(shares)
    return _half_up(100 * mean, places=2)


def _unrounded(rounded: Decimal) -> Fraction:
    """The fraction that share() rounded, so that a total is rounded only once.

    There is only one: the shares of up to MOST_POINTS points are fractions whose denominators are
    at most 100, because points made when asked count in halves; two of those are at least
    1 / (100 · 99) apart, which is more than the 0.0001 between two rounded ones.
    """
    return Fraction(rounded).limit_denominator(MOST_POINTS * ASKED_WORTH.denominator)


def percent_by_group(shares: Iterable[tuple[str, Decimal]]) -> Mapping[str, Decimal]:
    """total_percent for each group, such as a topic; groups in the order of first appearance."""
    groups: dict[str, list[Decimal]] = {}
    for group, value in shares:
        groups.setdefault(group, []).append(value)
    return {group: total_percent(values) for group, values in groups.items()}


def extremes(shares: Sequence[tuple[str, Decimal]]) -> tuple[str, str] | None:
    """The groups with the lowest and with the highest total.

    None if they are equal, or if one of them has fewer than FEWEST_TO_COMPARE values.
    """
    totals = sorted(percent_by_group(shares).items(), key=lambda item: item[1])
    (lowest, low), (highest, high) = totals[0], totals[-1]
    values = Counter(group for group, _ in shares)
    if low == high or min(values[lowest], values[highest]) < FEWEST_TO_COMPARE:
        return None
    return lowest, highest
