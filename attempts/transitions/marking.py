"""Which key points an answer makes: as an engine suggests, and as the candidate ticks."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import Answer, Attempt, Suggestion
from attempts.owners import Owner
from attempts.rules import totals
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions.locked import LockedAttempt, lock, lock_row, store_score


@transaction.atomic
def mark(
    owner: Owner, attempt_id: UUID, position: int, ticks: Sequence[bool], *, now: datetime
) -> tuple[LockedAttempt, Answer]:
    """Store which key points the candidate finds in an answer, its share, and the score.

    ticks: shape (number of key points of the version asked,); any other length raises ValueError.
    A point that was withdrawn keeps the tick that it has. Raises IllegalTransition unless the
    attempt is finished and the question was answered.
    """
    locked = lock(owner, attempt_id, now)
    answer = locked.answer_at(position)
    if not locked.attempt.is_finished or not answer.is_answered:
        raise IllegalTransition("only an answer of a finished attempt can be marked")
    if len(ticks) != len(answer.version.key_points):
        raise ValueError("expected one tick per key point")
    answer.confirmed = _with_withdrawn(ticks, answer)
    answer.share = totals.share(answer.confirmed, answer.counted)
    answer.save(update_fields=["confirmed", "share"])
    store_score(locked.attempt, locked.answers)
    return locked, answer


def _with_withdrawn(ticks: Sequence[bool], answer: Answer) -> list[bool]:
    """The ticks; points that do not count keep theirs, because the page does not offer them."""
    if answer.counted is None:
        return list(ticks)
    before = answer.ticks or [False] * len(ticks)
    rows = zip(ticks, before, answer.counted, strict=True)
    return [tick if counts else earlier for tick, earlier, counts in rows]


@transaction.atomic
def confirm(owner: Owner, attempt_id: UUID, *, now: datetime) -> LockedAttempt:
    """Accept the suggestion for every answer that the candidate has not marked.

    No share changes, because the shares follow from the suggestions already. Raises
    IllegalTransition unless the attempt is finished.
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
    """Store what an engine found, unless the text has changed since the engine read it.

    revision: of the text that the engine read. The candidate's ticks stay, and the share follows
    them. Returns whether the suggestion was stored.
    """
    attempt = lock_row(Attempt.objects.filter(answers=answer_id))
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
        store_score(attempt, answers)
    return True
