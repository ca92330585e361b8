"""Between which shares and scores a result is while points are unsure. Pure; exact decimals."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from attempts.rules import totals
from attempts.rules.numbers import whole

Shown = tuple[int, int]
"""A score as the pages show it, in whole numbers: without and with its unsure points."""


class Range(NamedTuple):
    """low: if no unsure point is made. high: if all are. Shares, 0 to 1, or scores, 0 to 100."""

    low: Decimal
    high: Decimal


class AskedPoints(NamedTuple):
    """For each key point whether an answer to a follow-up makes it, and whether that is unsure.

    Shapes (n,).
    """

    made: Sequence[bool]
    unsure: Sequence[bool]


def share_range(
    points_met: Sequence[bool],
    unsure: Sequence[bool],
    counted: Sequence[bool] | None = None,
    when_asked: AskedPoints | None = None,
) -> Range:
    """The share of an answer without and with its unsure points; shapes (n,) as in totals.share.

    when_asked: where an unsure point adds what a point made when asked is worth; None: there are
    no follow-ups. Raises ValueError where totals.share does, and if the shapes differ.
    """
    made, made_at_most = (when_asked.made, _either(*when_asked)) if when_asked else (None, None)
    low = totals.share(points_met, counted, made)
    return Range(low, totals.share(_either(points_met, unsure), counted, made_at_most))


def _either(made: Sequence[bool], unsure: Sequence[bool]) -> list[bool]:
    return [is_made or is_open for is_made, is_open in zip(made, unsure, strict=True)]


def score_range(answers: Sequence[tuple[bool, Range | None]]) -> Range | None:
    """An attempt's score, from (whether it was answered, the range of its share) of each question.

    None where totals.score is None.
    """
    low = totals.score([(answered, span and span.low) for answered, span in answers])
    high = totals.score([(answered, span and span.high) for answered, span in answers])
    return None if low is None or high is None else Range(low, high)


def score_range_by_group(shares: Iterable[tuple[str, Range]]) -> Mapping[str, Range]:
    """The range of the scores of each group, such as a topic, as totals.percent_by_group."""
    rows = list(shares)
    low = totals.percent_by_group((group, span.low) for group, span in rows)
    high = totals.percent_by_group((group, span.high) for group, span in rows)
    return {group: Range(low[group], high[group]) for group in low}


def shown_range(
    score: Decimal | None, answers: Sequence[tuple[bool, Range | None]]
) -> Shown | None:
    """The two numbers that a page shows in place of a score: whole ones, each rounded half up.

    None where it shows the score: it is not known, or both are the same. answers: as score_range
    takes them.
    """
    span = score_range(answers)
    if score is None or span is None:
        return None
    low, high = map(whole, span)
    return None if low == high else (low, high)


def as_shown(score: Decimal, span: Shown | None) -> Shown:
    """What a page shows for a score. span: as shown_range returns it; None: it is one number."""
    return span or (whole(score), whole(score))


def in_words(shown: Shown) -> str:
    """Such as "64", or "64 to 71" while points are unsure."""
    low, high = shown
    return str(low) if low == high else f"{low} to {high}"
