"""Between which shares and scores a result is while points are unsure. Pure; exact decimals."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from attempts.rules import totals


class Range(NamedTuple):
    """low: if no unsure point is made. high: if all are. Shares, 0 to 1, or scores, 0 to 100."""

    low: Decimal
    high: Decimal


def share_range(
    points_met: Sequence[bool], unsure: Sequence[bool], counted: Sequence[bool] | None = None
) -> Range:
    """The share of an answer without and with its unsure points; shapes (n,) as in totals.share.

    Raises ValueError where totals.share does, and if the shapes differ.
    """
    with_unsure = [met or open_ for met, open_ in zip(points_met, unsure, strict=True)]
    return Range(totals.share(points_met, counted), totals.share(with_unsure, counted))


def score_range(answers: Sequence[tuple[bool, Range | None]]) -> Range | None:
    """An attempt's score, from (whether it was answered, the range of its share) of each question.

    None where totals.score is None.
    """
    low = totals.score([(answered, span and span.low) for answered, span in answers])
    high = totals.score([(answered, span and span.high) for answered, span in answers])
    return None if low is None or high is None else Range(low, high)


def in_whole_numbers(span: Range) -> tuple[int, int]:
    """A range of scores as a page shows it, each end rounded half up."""
    low, high = (int(end.quantize(Decimal(1), ROUND_HALF_UP)) for end in span)
    return low, high
