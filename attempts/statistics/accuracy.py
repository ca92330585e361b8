"""How often a suggestion was right, as the candidates who checked it say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from attempts.models import CheckedSuggestions
from attempts.statistics.rules import ENOUGH_CHECKED
from questions.models import Question

MOST_ROWS = 36
"""Rows of the table by month and engine; older ones are left out."""

CALLED = ("found", "unsure", "opposite", "missing")
"""What an engine calls a key point, as CheckedSuggestions names it."""
COUNTS = ("answers", *(name for called in CALLED for name in (called, f"{called}_right")))


@dataclass(frozen=True)
class Share:
    """right of points; share is None where too few points or answers are behind it."""

    right: int
    points: int
    share: float | None


@dataclass(frozen=True)
class AccuracyRow:
    """The suggestions of one month and engine; of all, where these are None.

    shares: one for each of CALLED, in that order.
    """

    month: date | None
    engine: str | None
    answers: int
    shares: list[Share]


@dataclass(frozen=True)
class Accuracy:
    """rows: all together first, then the newest month first. is_cut: older ones are left out."""

    rows: list[AccuracyRow]
    is_cut: bool


def accuracy_of(question: Question | None = None) -> Accuracy:
    """How right the suggestions for a question were, or those for the whole bank.

    From stored rows. Without a confirmed answer there are no rows.
    """
    stored = CheckedSuggestions.objects.all()
    if question is not None:
        stored = stored.filter(question=question)
    sums = {f"{name}_sum": Sum(name) for name in COUNTS}
    groups = stored.order_by().values_list("month", "engine").annotate(**sums)
    rows = [
        _row(month, engine, dict(zip(COUNTS, counts, strict=True)))
        for month, engine, *counts in groups.order_by("-month", "engine")
    ]
    whole = stored.aggregate(**sums)
    if rows:
        rows.insert(0, _row(None, None, {name: whole[f"{name}_sum"] for name in COUNTS}))
    return Accuracy(rows[: MOST_ROWS + 1], is_cut=len(rows) > MOST_ROWS + 1)


def _row(month: date | None, engine: str | None, counts: Mapping[str, int]) -> AccuracyRow:
    answers = counts["answers"]
    shares = [_share(counts[f"{name}_right"], counts[name], answers) for name in CALLED]
    return AccuracyRow(month, engine, answers, shares)


def _share(right: int, points: int, answers: int) -> Share:
    is_enough = min(points, answers) >= ENOUGH_CHECKED
    return Share(right, points, right / points if is_enough else None)
