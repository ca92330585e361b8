"""Who acts in the tests of the admin's pages for staff, and on whose attempt."""

import pytest
from django.contrib.auth.models import User

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
