"""Scoring: which key points an answer made, as suggested and as the candidate says."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from attempts.models import Answer, Attempt, Suggestion
from attempts.owners import Owner
from attempts.rules import totals
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions.locked import LockedAttempt, lock, rescore


@transaction.atomic
def mark(
    owner: Owner, attempt_id, position: int, ticks: Sequence[bool], *, now: datetime
) -> tuple[LockedAttempt, Answer]:
    """Set which key points the candidate finds in an answer, and what follows for the score.

    ticks: shape (number of key points of the version asked,); any other length raises ValueError.
    A point that was withdrawn keeps the tick that it has. Raises IllegalTransition unless the
    attempt is finished and the question was answered.
    """
    locked = lock(owner, attempt_id, now)
    answer = locked.answer_at(position)
    if not locked.attempt.is_finished or not answer.is_answered:
        raise IllegalTransition("only an answer of a finished attempt can be marked")
    if len(ticks) != len(answer.version.key_points):
        raise ValueError("one tick for each key point, please")
    answer.confirmed = _with_withdrawn(ticks, answer)
    answer.share = totals.share(answer.confirmed, answer.counted)
    answer.save(update_fields=["confirmed", "share"])
    rescore(locked)
    locked.attempt.save(update_fields=["score"])
    return locked, answer


def _with_withdrawn(ticks: Sequence[bool], answer: Answer) -> list[bool]:
    """The ticks, but for points that do not count, which nobody was asked about, as they were."""
    if answer.counted is None:
        return list(ticks)
    before = answer.ticks or [False] * len(ticks)
    rows = zip(ticks, before, answer.counted, strict=True)
    return [tick if counts else kept for tick, kept, counts in rows]


@transaction.atomic
def confirm(owner: Owner, attempt_id, *, now: datetime) -> LockedAttempt:
    """Take the suggestions as they are for every answer that the candidate has not marked.

    The shares follow from them already. Raises IllegalTransition unless the attempt is finished.
    """
    locked = lock(owner, attempt_id, now)
    if not locked.attempt.is_finished:
        raise IllegalTransition("only a finished attempt can be marked")
    for answer in locked.answers:
        if answer.confirmed is None and answer.suggested is not None:
            answer.confirmed = answer.suggested
            answer.save(update_fields=["confirmed"])
    return locked


@transaction.atomic
def store_suggestion(answer_id: int, revision: int, suggestion: Suggestion) -> bool:
    """Keep what an engine found, unless the text is not the one it looked at any more.

    What the candidate has marked stays; the suggestion stands beside it. Returns whether it was
    kept.
    """
    attempt = Attempt.objects.select_for_update().get(answers=answer_id)
    answers = list(attempt.answers.all())
    answer = next(answer for answer in answers if answer.pk == answer_id)
    if answer.revision != revision:
        return False
    answer.suggested, answer.evidence = suggestion.covered, suggestion.evidence
    answer.engine = suggestion.engine
    if answer.confirmed is None and suggestion.covered:
        answer.share = totals.share(suggestion.covered, answer.counted)
    answer.save(update_fields=["suggested", "evidence", "engine", "share"])
    if attempt.is_finished:
        rescore(LockedAttempt(attempt, answers, attempt.finished_at))
        attempt.save(update_fields=["score"])
    return True
