"""What an attempt is worth, and with it when its questions are due again."""

from collections.abc import Iterable
from decimal import Decimal

from attempts.models import Answer, Attempt
from attempts.rules import totals
from attempts.transitions.scheduling import schedule_questions


def score_of(answers: Iterable[Answer]) -> Decimal | None:
    to_questions = [answer for answer in answers if not answer.is_follow_up]
    return totals.score([(answer.is_answered, answer.share) for answer in to_questions])


def store_score(attempt: Attempt, answers: Iterable[Answer], *, changed: Answer) -> None:
    """Store a finished attempt's score as it follows from all its answers, of which one changed."""
    attempt.score = score_of(answers)
    attempt.save(update_fields=["score"])
    schedule_questions(attempt, [changed])
