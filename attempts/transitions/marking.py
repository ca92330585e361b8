"""Which key points an answer makes: as an engine suggests, and as the candidate ticks and shows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import MOST_WORDS, Answer, Attempt, SaidHere, Suggestion
from attempts.owners import Owner
from attempts.rules import totals
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions.locked import LockedAttempt, lock, lock_row
from attempts.transitions.scores import store_score


class NotShown(ValueError):
    """These words show nothing: they are no part of the answer, or too many, or the point is not
    one that the candidate has ticked and no engine has found.
    """


@transaction.atomic
def mark(
    owner: Owner, attempt_id: UUID, position: int, ticks: Sequence[bool], *, now: datetime
) -> tuple[LockedAttempt, Answer]:
    """Store which key points the candidate finds in an answer, its share, and the score.

    ticks: shape (number of key points of the version asked,); any other length raises ValueError.
    A point that was withdrawn keeps the tick that it has. Words shown for a point that is not
    ticked any more are removed. Raises IllegalTransition unless the attempt is finished and the
    question was answered.
    """
    locked = lock(owner, attempt_id, now)
    answer = locked.answer_at(position)
    _store_ticks(locked, answer, ticks)
    return locked, answer


def _store_ticks(locked: LockedAttempt, answer: Answer, ticks: Sequence[bool]) -> None:
    if not locked.attempt.is_finished or not answer.is_answered:
        raise IllegalTransition("only an answer of a finished attempt can be marked")
    if len(ticks) != len(answer.version.key_points):
        raise ValueError("expected one tick per key point")
    answer.confirmed = _with_withdrawn(ticks, answer)
    answer.share = totals.share(answer.confirmed, answer.counted)
    answer.save(update_fields=["confirmed", "share"])
    unticked = [point for point, ticked in enumerate(answer.confirmed) if not ticked]
    answer.said_here.filter(point__in=unticked).delete()
    store_score(locked.attempt, locked.answers, changed=answer)


@transaction.atomic
def say_here(
    owner: Owner,
    attempt_id: UUID,
    position: int,
    ticks: Sequence[bool],
    point: int,
    words: str,
    *,
    now: datetime,
) -> Answer:
    """Store the ticks as mark() does, and the words of the answer that make a ticked point.

    point: its index, of one that counts and that the engine did not find. The last words replace
    earlier ones. Raises NotShown, and what mark() raises; then nothing is stored.
    """
    locked, answer = mark(owner, attempt_id, position, ticks, now=now)
    if not words.strip() or len(words) > MOST_WORDS or words not in answer.text:
        raise NotShown("no part of the answer")
    if not _may_be_shown(answer, point):
        raise NotShown("no such point")
    SaidHere.objects.update_or_create(
        answer=answer,
        point=point,
        defaults={
            "question_id": answer.version.question_id,
            "key_point": answer.version.key_points[point],
            "words": words,
            "created_at": locked.now,
        },
    )
    return answer


def _may_be_shown(answer: Answer, point: int) -> bool:
    """Whether the candidate ticked this point, it counts, and an engine did not find it."""
    if not answer.suggested or not answer.confirmed or point not in range(len(answer.confirmed)):
        return False
    counts = answer.counted is None or answer.counted[point]
    return answer.confirmed[point] and not answer.suggested[point] and counts


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
    """Store what an engine found, unless the text is another or gone since the engine read it.

    revision: of the text that the engine read. The candidate's ticks stay, and the share follows
    them. Words shown for a point that is found now are removed: it is not added any more. Returns
    whether the suggestion was stored.
    """
    try:
        attempt = lock_row(Attempt.objects.filter(answers=answer_id))
    except Attempt.DoesNotExist:  # its guest has had the browser forget it
        return False
    answers = list(attempt.answers.all())
    answer = next((answer for answer in answers if answer.pk == answer_id), None)
    if answer is None or answer.revision != revision:
        return False
    answer.suggested, answer.evidence = suggestion.covered, suggestion.evidence
    answer.engine, answer.not_english = suggestion.engine, suggestion.covered is None
    if answer.confirmed is None and not answer.is_follow_up:
        covered = suggestion.covered
        answer.share = totals.share(covered, answer.counted) if covered else None
    answer.save(update_fields=["suggested", "evidence", "engine", "not_english", "share"])
    found = [point for point, covered in enumerate(suggestion.covered or []) if covered]
    if found:
        answer.said_here.filter(point__in=found).delete()
    if attempt.is_finished:
        store_score(attempt, answers, changed=answer)
    return True
