"""What an attempt is worth, and with it when its questions are due again."""

from collections.abc import Iterable
from decimal import Decimal

from attempts.models import Answer, Attempt, question_of
from attempts.rules import totals
from attempts.transitions.scheduling import schedule_questions


def score_of(answers: Iterable[Answer]) -> Decimal | None:
    """answers: all of an attempt. What a follow-up is worth is in the share of its question."""
    return totals.score([(a.is_answered, a.share) for a in answers if not a.is_follow_up])


def store_share(answers: Iterable[Answer], *, changed: Answer) -> None:
    """Store the share of the question of which the ticks, or those of a follow-up, changed.

    answers: all of a locked attempt, as they are stored now but for this share.
    """
    asked = question_of(changed, answers)
    asked.answer.share = asked.share
    asked.answer.save(update_fields=["share"])


def store_score(attempt: Attempt, answers: Iterable[Answer], *, changed: Answer) -> None:
    """Store a finished attempt's score as it follows from all its answers, of which one changed.

    changed: to a question or to a follow-up; both are to the same version.
    """
    attempt.score = score_of(answers)
    attempt.save(update_fields=["score"])
    schedule_questions(attempt, [changed])
