"""Who acts in the tests of the admin's pages for staff, and on whose attempt."""

import pytest
from django.contrib.auth.models import User

from questions.bank import versions
from questions.models import Question
from quizsite.clock import database_now
from tests.attempts.admin.staff import member
from tests.attempts.candidate import TOTAL, Candidate, start_candidate
from tests.factories import START


@pytest.fixture
def examiner(client) -> User:
    """An examiner, logged in."""
    user = member("Examiner")
    client.force_login(user)
    return user


@pytest.fixture
def candidate() -> Candidate:
    """A running attempt, started now."""
    return start_candidate(TOTAL, at=(database_now() - START).total_seconds())


@pytest.fixture
def corrected(candidate) -> Question:
    """A finished attempt with half a point of three, and its question without the other point."""
    now = (database_now() - START).total_seconds()
    candidate.save(1, "One.", at=now)
    candidate.finish(at=now)
    candidate.mark(1, [True, False], at=now)
    question = candidate.answer(1).version.question
    texts = question.current_version.texts() | {"key_points": ["The first idea."]}
    versions.save_texts(question, texts, now=START, change_note="It was wrong.")
    return question
