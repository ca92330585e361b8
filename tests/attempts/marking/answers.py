"""Answers of finished attempts, and suggestions for them, for the tests of marking."""

from attempts.models import Answer, Evidence, Suggestion
from attempts.owners import Owner
from tests.factories import AnswerFactory, AttemptFactory, published_question

POINTS = ["Every change is recorded in a history.", "Several people can work at the same time."]
TEXT = f"{POINTS[0]} I like tea."
"""Makes the first point in its own words, so that any engine finds it; the second it does not."""


def answered(text: str = TEXT, *, points=POINTS, **fields) -> Answer:
    """An answer of a finished attempt."""
    version = published_question(
        prompt="Why version control?", answer=" ".join(points), key_points=points
    ).current_version
    attempt = AttemptFactory(finished=True)
    return AnswerFactory(attempt=attempt, version=version, text=text, closed=True, **fields)


def suggestion(covered, engine="test-1") -> Suggestion:
    """What an engine says that finds these points, in the first words of TEXT, and doubts none."""
    evidence: list[Evidence] = [
        {"confidence": 0.9, "text": POINTS[0], "opposite": None}
        if found
        else {"confidence": 0.1, "text": None, "opposite": None}
        for found in covered
    ]
    return Suggestion(covered, evidence, engine)


def owner_of(answer) -> Owner:
    return Owner(user_id=answer.attempt.user_id)
