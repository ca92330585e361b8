"""Which key points an answer makes: as an engine suggests, and as the candidate ticks and shows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import (
    MOST_WORDS,
    Answer,
    AskedQuestion,
    Attempt,
    SaidHere,
    Suggestion,
    question_of,
)
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.rules.worth.when_asked import AnswerWhenAsked, ticks_when_asked
from attempts.transitions.locked import LockedAttempt, lock, lock_row
from attempts.transitions.scores import store_score, store_share


class NotShown(ValueError):
    """These words show nothing: they are no part of the answer, or too many, or the point is not
    one that the candidate has ticked and no engine has found.
    """


@transaction.atomic
def mark(
    owner: Owner,
    attempt_id: UUID,
    position: int,
    ticks: Sequence[bool],
    when_asked: Sequence[bool] | None = None,
    *,
    now: datetime,
) -> tuple[LockedAttempt, Answer]:
    """Store which key points the candidate made in the answer to a question, its share, the score.

    position: of a question. ticks, when_asked: shape (number of key points of the version asked,);
    any other length raises ValueError. when_asked: which points were made in the answers to
    follow-ups; None: as it is. A point that was withdrawn keeps its ticks. Words shown for a point
    that is not ticked any more are removed. Raises IllegalTransition unless the attempt is finished
    and the question was answered.
    """
    locked = lock(owner, attempt_id, now)
    answer = locked.answer_at(position)
    _mark(locked, answer, ticks, when_asked)
    return locked, answer


def _mark(
    locked: LockedAttempt,
    answer: Answer,
    ticks: Sequence[bool],
    when_asked: Sequence[bool] | None,
) -> None:
    if not locked.attempt.is_finished or not answer.is_answered or answer.is_follow_up:
        raise IllegalTransition("only an answer to a question of a finished attempt can be marked")
    points = len(answer.version.key_points)
    if len(ticks) != points or len(ticks if when_asked is None else when_asked) != points:
        raise ValueError("expected one tick per key point")
    asked = question_of(answer, locked.answers)
    if when_asked is not None:
        _store_when_asked(asked, ticks, when_asked)
    _store_ticks(answer, _with_withdrawn(ticks, answer))
    store_share(locked.answers, changed=answer)
    store_score(locked.attempt, locked.answers, changed=answer)


def _store_when_asked(
    asked: AskedQuestion, ticks: Sequence[bool], when_asked: Sequence[bool]
) -> None:
    """One that no engine has read yet stays to be checked, unless a point is ticked for it."""
    follow_ups = asked.answered_follow_ups
    have = [AnswerWhenAsked(a.asked_point or 0, a.ticks, a.suggested) for a in follow_ups]
    gets = ticks_when_asked(have, ticks, when_asked, asked.answer.counted)
    for follow_up, own in zip(follow_ups, gets, strict=True):
        if any(own) or follow_up.engine or follow_up.confirmed is not None:
            _store_ticks(follow_up, own)


def _store_ticks(answer: Answer, ticks: list[bool]) -> None:
    answer.confirmed = ticks
    answer.save(update_fields=["confirmed"])
    unticked = [point for point, ticked in enumerate(ticks) if not ticked]
    answer.said_here.filter(point__in=unticked).delete()


@transaction.atomic
def say_here(
    owner: Owner,
    attempt_id: UUID,
    position: int,
    ticks: Sequence[bool],
    point: int,
    words: str,
    when_asked: Sequence[bool] | None = None,
    *,
    now: datetime,
) -> Answer:
    """Store the ticks as mark() does, and the words of the answer that make a ticked point.

    position: of the answer with the words, to a question or to a follow-up. ticks, when_asked: of
    the question. point: its index, of one that counts, is ticked for that answer, and was not found
    in it by the engine. The last words replace earlier ones. Raises NotShown, and what mark()
    raises; then nothing is stored.
    """
    locked = lock(owner, attempt_id, now)
    answer = locked.answer_at(position)
    question = question_of(answer, locked.answers).answer
    _mark(locked, question, ticks, when_asked)
    if not words.strip() or len(words) > MOST_WORDS or words not in answer.text:
        raise NotShown("no part of the answer")
    if not _may_be_shown(answer, point, question.counted):
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


def _may_be_shown(answer: Answer, point: int, counted: Sequence[bool] | None) -> bool:
    """Whether the candidate ticked this point, it counts, and an engine did not find it."""
    if not answer.suggested or not answer.confirmed or point not in range(len(answer.confirmed)):
        return False
    counts = counted is None or counted[point]
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
    """Accept the suggestion for every answer, also to a follow-up, that the candidate has not
    marked.

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

    revision: of the text that the engine read. The candidate's ticks stay, and the share of the
    question follows them. Words shown for a point that is found now are removed: it is not added
    any more. Returns whether the suggestion was stored.
    """
    try:
        attempt = lock_row(Attempt.objects.filter(answers=answer_id))
    except Attempt.DoesNotExist:  # its guest has had the browser forget it
        return False
    answers = list(attempt.answers.all())
    answer = next((answer for answer in answers if answer.pk == answer_id), None)
    if answer is None or answer.revision != revision:
        return False
    suggest_for(answer, answers, suggestion)
    if attempt.is_finished:
        store_score(attempt, answers, changed=answer)
    return True


def suggest_for(answer: Answer, answers: Sequence[Answer], suggestion: Suggestion) -> None:
    """Store what an engine found in the text of a locked answer, and its share. answers: all of the
    attempt.
    """
    answer.suggested, answer.evidence = suggestion.covered, suggestion.evidence
    answer.engine, answer.not_english = suggestion.engine, suggestion.covered is None
    answer.save(update_fields=["suggested", "evidence", "engine", "not_english"])
    if answer.confirmed is None:
        store_share(answers, changed=answer)
    found = [point for point, covered in enumerate(suggestion.covered or []) if covered]
    if found:
        answer.said_here.filter(point__in=found).delete()
