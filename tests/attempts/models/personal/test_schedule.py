"""What is due for somebody, and that the database says it as the rule does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attempts.models import Schedule
from attempts.owners import Owner
from attempts.rules.recall.days_left import days_left
from attempts.rules.recall.due import next_due
from tests.attempts.candidate import a_guest
from tests.factories import QuestionFactory

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def hours(number: int) -> datetime:
    return DAY + timedelta(hours=number)


def scheduled(owner: Owner, *, due_at=DAY, answered_at=DAY, question=None, share="0.5") -> Schedule:
    return Schedule.objects.create(
        user_id=owner.user_id,
        guest_key=owner.guest_key,
        question=question or QuestionFactory(),
        due_at=due_at,
        stability=1,
        difficulty=5,
        answers=1,
        answered_at=answered_at,
        share=share,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each owner is new
@given(
    answered=st.integers(0, 200),
    rests=st.integers(24, 400),
    interview=st.none() | st.integers(0, 20),
    now=st.integers(0, 600),
)
def test_due_today_with_and_without_an_interview(db, answered, rests, interview, now):
    owner, other = a_guest(), a_guest()
    mine = scheduled(owner, due_at=hours(answered + rests), answered_at=hours(answered))
    scheduled(other, due_at=DAY)
    day = None if interview is None else (DAY + timedelta(days=interview)).date()
    due_at = next_due(mine.due_at, mine.answered_at, day, hours(now))
    due = Schedule.objects.owned_by(owner).due(hours(now), day)
    assert list(due) == (
        [mine] if due_at is not None and due_at.date() <= hours(now).date() else []
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("now", "is_due"), [(23, False), (24, True), (40, True), (60, True)])
def test_what_is_due_in_the_evening_is_due_from_the_morning_on(now, is_due):
    owner = a_guest()
    scheduled(owner, due_at=hours(44))
    assert Schedule.objects.owned_by(owner).due(hours(now)).exists() is is_due


@pytest.mark.django_db
def test_what_is_due_longest_comes_first():
    owner = a_guest()
    late, early = (scheduled(owner, due_at=hours(n)) for n in (5, 2))
    assert list(Schedule.objects.owned_by(owner).due(hours(9))) == [early, late]


ANSWERED_AND_RESTS = st.tuples(st.integers(0, 200), st.integers(24, 400))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    answers=st.lists(ANSWERED_AND_RESTS, max_size=5),
    interview=st.none() | st.integers(0, 20),
    now=st.integers(0, 600),
)
def test_as_many_are_due_today_by_day_as_one_by_one(db, answers, interview, now):
    owner = a_guest()
    for answered, rests in answers:
        scheduled(owner, due_at=hours(answered + rests), answered_at=hours(answered))
    scheduled(a_guest(), due_at=DAY)
    day = None if interview is None else (DAY + timedelta(days=interview)).date()
    mine = Schedule.objects.owned_by(owner)
    left = days_left(mine.by_day(day, hours(now)), day, hours(now))
    assert left.due_today == mine.due(hours(now), day).count()
    shown = [next_due(row.due_at, row.answered_at, day, hours(now)) for row in mine]
    assert left.in_all == sum(due_at is not None for due_at in shown)


@pytest.mark.django_db
def test_the_weakest_come_first_and_of_equals_the_oldest_answer():
    owner = a_guest()
    half = scheduled(owner, share="0.5")
    newer, older = (scheduled(owner, share="0.2", answered_at=hours(n)) for n in (9, 3))
    scheduled(owner, share="0.6")
    scheduled(a_guest(), share="0.1")
    assert list(Schedule.objects.owned_by(owner).weak()) == [older, newer, half]
