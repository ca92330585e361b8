"""Asking a follow-up: the row of it, where it fits in. In a practice it is put on offer instead."""

from dataclasses import dataclass

from attempts.models import Answer, Suggestion, question_of
from attempts.rules.follow_ups.may_ask import may_follow
from attempts.transitions.locked import LockedAttempt


@dataclass(frozen=True)
class FollowUp:
    """What was found in a text that is being submitted, before anything is locked.

    text: the one that was read. point: the key point to ask for; None: none. suggestion: of the
    text, to be stored; None where another engine is to read it.
    """

    text: str
    point: int | None
    suggestion: Suggestion | None


def ask_or_offer(locked: LockedAttempt, answer: Answer, follow_up: FollowUp) -> None:
    """Ask the follow-up after an answer, which is about to be closed because it was submitted.

    Its row waits after the answer, and opens when the answer closes. Nothing is asked if the
    stored text is blank or not the one that was read, or if no follow-up may come.
    """
    attempt, point = locked.attempt, follow_up.point
    asked = question_of(answer, locked.answers)
    question, others = asked.answer, asked.follow_ups
    may_come = may_follow(
        answer.position,
        most=attempt.follow_ups,
        others=[each.position for each in others],
        bell=answer.bell_at,
        now=locked.now,
    )
    was_asked = any(each.asked_point == point for each in others)
    was_read = answer.is_answered and answer.text == follow_up.text
    if point is None or was_asked or not may_come or not was_read:
        return
    if attempt.is_practice:
        question.offered_point = point
        question.save(update_fields=["offered_point"])
    else:
        append(locked, answer, question, point)


def append(locked: LockedAttempt, after: Answer, question: Answer, point: int) -> Answer:
    """Store the follow-up that comes after an answer. It is not open yet."""
    asked = Answer(
        attempt=locked.attempt,
        position=after.position + 1,
        follows=question,
        asked_point=point,
        version_id=question.version_id,
        limit=locked.attempt.follow_up_limit,
    )
    asked.save(force_insert=True)
    locked.answers.insert(locked.answers.index(after) + 1, asked)
    return asked
