"""Which key points a candidate has to decide, and between which numbers that leaves the result.

Every page that shows a share or a score takes its range from here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from attempts.models import WRITTEN, Answer, Attempt
from attempts.rules.findings import Finding, finding
from attempts.rules.score_range import Range, Shown, share_range, shown_range


def open_points(answer: Answer) -> list[int]:
    """The indexes of the points of a written answer that its candidate has to decide.

    None once it is checked. In an answer in another language, these are all that count.
    """
    if answer.confirmed is not None:
        return []
    unsure, counted = _unsure(answer), answer.counted
    return [i for i, is_open in enumerate(unsure) if is_open and (counted is None or counted[i])]


def _unsure(answer: Answer) -> list[bool]:
    """For each key point whether the engine can say neither that it was made nor that it wasn't."""
    if answer.not_english:
        return [True] * len(answer.version.key_points)
    suggested = answer.suggested or []
    evidence = answer.evidence or [{} for _ in suggested]
    return [
        finding(covered, found.get("text"), found.get("opposite")) == Finding.UNSURE
        for covered, found in zip(suggested, evidence, strict=True)
    ]


def share_range_of(answer: Answer) -> Range | None:
    """The share of a written answer without and with its open points; None if nothing is known."""
    ticks, is_open = answer.ticks, set(open_points(answer))
    if not (ticks or is_open):
        return None
    count = len(ticks or answer.version.key_points)
    unsure = [index in is_open for index in range(count)]
    return share_range(ticks or [False] * count, unsure, answer.counted)


def score_ranges(attempts: Iterable[Attempt]) -> dict[UUID, Shown]:
    """By id, the score without and with what is open, of those whose score is a range.

    Takes one query, which reads no texts.
    """
    return ranges_of(
        {attempt.pk: attempt.score for attempt in attempts if attempt.score is not None}
    )


def ranges_of(scores: Mapping[UUID, Decimal]) -> dict[UUID, tuple[int, int]]:
    """`score_ranges` of the attempts with these ids and scores."""
    unchecked = Answer.objects.filter(attempt__in=scores, confirmed=None).exclude(engine="")
    answers = Answer.objects.filter(attempt__in=unchecked.order_by().values("attempt"))
    answers = answers.annotate(is_written=Q(text__regex=WRITTEN)).select_related("version").only(
        *("attempt_id", "suggested", "evidence", "confirmed", "counted", "not_english"),
        "version__key_points",
    )  # fmt: skip
    of_attempt: dict[UUID, list[tuple[bool, Range | None]]] = defaultdict(list)
    for answer in answers.order_by():
        span = share_range_of(answer) if answer.is_written else None
        of_attempt[answer.attempt_id].append((answer.is_written, span))
    shown = {pk: shown_range(scores[pk], spans) for pk, spans in of_attempt.items()}
    return {pk: span for pk, span in shown.items() if span is not None}
