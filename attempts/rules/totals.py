"""Shares and scores. Pure; exact decimals throughout."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

MOST_POINTS = 70
"""Up to this many key points in a question, totals are exact; beyond it they may be 0.01 off."""

NOTHING = Decimal()
"""The share of a question that has no answer, or is not scored yet."""

FEWEST_TO_COMPARE = 2
"""A group with fewer values is called neither the lowest nor the highest."""


def share(points_met: Sequence[bool], counted: Sequence[bool] | None = None) -> Decimal:
    """The part of the key points that an answer makes, 0 to 1, rounded half up to 0.0001.

    points_met: shape (n,). counted: shape (n,), which of them count; None: all do. Raises
    ValueError if no point counts, and if the shapes differ.
    """
    if counted is None:
        counted = [True] * len(points_met)
    met_of_counted = [met for met, counts in zip(points_met, counted, strict=True) if counts]
    if not met_of_counted:
        raise ValueError("a question needs key points to be scored")
    exact = Decimal(sum(met_of_counted)) / len(met_of_counted)
    return exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)


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
    return Decimal(floor(10_000 * mean + Fraction(1, 2))).scaleb(-2)


def _unrounded(rounded: Decimal) -> Fraction:
    """The fraction that share() rounded, so that a total is rounded only once.

    There is only one, because fractions of up to MOST_POINTS points are more than 0.0001 apart.
    """
    return Fraction(rounded).limit_denominator(MOST_POINTS)


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
