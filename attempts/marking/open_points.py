"""Which key points a candidate has to decide, and between which numbers that leaves the result.

Every page that shows a share or a score takes its range from here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Q, Window

from attempts.models import WRITTEN, Answer, AskedQuestion, Attempt, by_question
from attempts.rules.findings import Finding, finding
from attempts.rules.score_range import AskedPoints, Range, Shown, share_range, shown_range


def open_points(asked: AskedQuestion) -> list[int]:
    """The indexes of the points of a written answer that its candidate has to decide: they may add
    to its share, because the answer, or that to a follow-up, perhaps makes them.

    None once all is checked. In an answer in another language, these are all that count.
    """
    answer, counted = asked.answer, asked.answer.counted
    own = _open(answer)
    points = range(len(own))
    made = answer.ticks or [False for _ in points]
    when_asked = asked.when_asked or [False for _ in points]
    unsure_when_asked = _open_when_asked(asked)
    return [
        i
        for i in points
        if (counted is None or counted[i])
        and (own[i] or (unsure_when_asked[i] and not made[i] and not when_asked[i]))
    ]


def _open_when_asked(asked: AskedQuestion) -> list[bool]:
    """For each key point whether it is open in the answer to a follow-up."""
    rows = [_open(asked.answer), *(_open(each) for each in asked.follow_ups)]
    return [any(of_point[1:]) for of_point in zip(*rows, strict=True)]


def _open(answer: Answer) -> list[bool]:
    """For each key point whether its candidate has to decide if this text makes it."""
    unsure = [] if answer.confirmed is not None else _unsure(answer)
    return unsure or [False] * len(answer.ticks or answer.version.key_points)


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


def share_range_of(asked: AskedQuestion) -> Range | None:
    """The share of a written answer without and with its open points; None if nothing is known."""
    answer, unsure = asked.answer, _open(asked.answer)
    if not (answer.ticks or any(unsure)):
        return None
    nothing = [False] * len(unsure)
    when_asked = AskedPoints(asked.when_asked or nothing, _open_when_asked(asked))
    return share_range(answer.ticks or nothing, unsure, answer.counted, when_asked)


def score_ranges(attempts: Iterable[Attempt]) -> dict[UUID, Shown]:
    """By id, the score without and with what is open, of those whose score is a range.

    Takes one query, which returns no texts.
    """
    return ranges_of(
        {attempt.pk: attempt.score for attempt in attempts if attempt.score is not None}
    )


def ranges_of(scores: Mapping[UUID, Decimal]) -> dict[UUID, tuple[int, int]]:
    """`score_ranges` of the attempts with these ids and scores."""
    has_unchecked = Window(BoolOr(Q(confirmed=None) & ~Q(engine="")), partition_by="attempt")
    answers = Answer.objects.filter(attempt__in=scores).annotate(has_unchecked=has_unchecked)
    answers = answers.filter(has_unchecked=True).annotate(is_written=Q(text__regex=WRITTEN))
    answers = answers.select_related("version").only(
        *("attempt_id", "suggested", "evidence", "confirmed", "counted", "not_english"),
        "follows_id",
        "version__key_points",
    )  # fmt: skip
    of_attempt: dict[UUID, list[tuple[bool, Range | None]]] = defaultdict(list)
    for asked in by_question(answers.order_by()):
        is_written: bool = getattr(asked.answer, "is_written", False)
        span = share_range_of(asked) if is_written else None
        of_attempt[asked.answer.attempt_id].append((is_written, span))
    shown = {pk: shown_range(scores[pk], spans) for pk, spans in of_attempt.items()}
    return {pk: span for pk, span in shown.items() if span is not None}
