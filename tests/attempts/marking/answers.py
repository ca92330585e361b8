"""Answers of finished attempts, and suggestions for them, for the tests of marking."""

from attempts.models import Answer, Suggestion
from attempts.owners import Owner
from tests.factories import AnswerFactory, AttemptFactory, published_question

POINTS = ["Every change is recorded in a history.", "Several people can work at the same time."]
TEXT = "Git records every change in the history. I like tea."


def answered(text: str = TEXT, *, points=POINTS, **fields) -> Answer:
    """An answer of a finished attempt."""
    version = published_question(
        prompt="Why version control?", answer=" ".join(points), key_points=points
    ).current_version
    attempt = AttemptFactory(finished=True)
    return AnswerFactory(attempt=attempt, version=version, text=text, closed=True, **fields)


def suggestion(covered, engine="test-1") -> Suggestion:
    return Suggestion(covered, [{"confidence": 0.9, "text": None} for _ in covered], engine)


def owner_of(answer) -> Owner:
    return Owner(user_id=answer.attempt.user_id)
