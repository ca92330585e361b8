"""The bank, and three people: one with a few attempts, one with two thousand, and an editor."""

from django.contrib.auth.models import User

from questions.models import Question, Slot
from quizsite.clock import database_now
from tests.benchmarks.growth import crowd
from tests.factories import InterviewFactory, TopicFactory, UserFactory, published_question

FEW, MANY = 40, 2_000
"""Attempts of the first two."""

FIRST_OF_OWN = 10_000_000
"""From this number on, attempts are those of the people here."""


def world() -> None:
    """The bank and its people; the crowd is not there yet, nor what the second one did."""
    topics = [TopicFactory() for _ in range(crowd.TOPICS)]
    for number in range(crowd.QUESTIONS):
        published_question(topics[number % crowd.TOPICS], follow_ups=["Which?", "Who fills it?"])
    for _ in range(crowd.INTERVIEWS):
        interview = InterviewFactory()
        Slot.objects.create(interview=interview, position=1, count=crowd.EACH, seconds=180)
    UserFactory(username="editor", is_staff=True, is_superuser=True)
    UserFactory(username="many")
    add_attempts(UserFactory(username="few"), FEW, first=FIRST_OF_OWN)
    assert Question.objects.count() == crowd.QUESTIONS


def add_attempts(user: User, attempts: int, *, first: int = 2 * FIRST_OF_OWN) -> None:
    """One every three hours, the newest an hour ago."""
    last = first + attempts - 1
    crowd.grow(first, last, user=user.pk, step="3 hours", now=database_now())


def people() -> tuple[User, User, User]:
    """Somebody with a few attempts, somebody with two thousand, an editor."""
    few, many, editor = (User.objects.get(username=name) for name in ("few", "many", "editor"))
    return few, many, editor
