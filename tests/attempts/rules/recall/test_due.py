"""When a question is due again, against the numbers of the fsrs library."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from attempts.rules.recall.due import (
    LONGEST_DAYS,
    Review,
    due_before,
    memory_after,
    next_due,
    rating_of,
)

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
LIBRARY = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
)


def reviews(*shares_on_days: tuple[float, str]) -> list[Review]:
    return [Review(START + timedelta(days=day), Decimal(share)) for day, share in shares_on_days]


@pytest.mark.parametrize(
    ("share", "rating"),
    [
        ("0", Rating.Again),
        ("0.3999", Rating.Again),
        ("0.4", Rating.Hard),
        ("0.5999", Rating.Hard),
        ("0.6", Rating.Good),
        ("0.8499", Rating.Good),
        ("0.85", Rating.Easy),
        ("1", Rating.Easy),
    ],
)
def test_the_share_says_how_well_a_question_was_remembered(share, rating):
    assert rating_of(Decimal(share)) == rating


@pytest.mark.parametrize(
    ("share", "days"), [("0", 1), ("0.5", 1), ("0.6", 2), ("0.7", 2), ("0.85", 8), ("1", 8)]
)
def test_a_first_answer_is_due_again_after_whole_days(share, days):
    assert memory_after(reviews((0, share))).due_at == START + timedelta(days=days)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 10_000)), min_size=1, max_size=8))
def test_any_answers_give_the_numbers_of_the_library(answers):
    card, day, asked = Card(card_id=1), 0, []
    for pause, share in answers:
        day += pause
        asked.append(Review(START + timedelta(days=day), Decimal(share) / 10_000))
        card, _ = LIBRARY.review_card(card, rating_of(asked[-1].share), asked[-1].at)
    memory = memory_after(asked)
    assert (memory.due_at, memory.stability, memory.difficulty) == (
        *(card.due, card.stability, card.difficulty),
    )
    rest = memory.due_at - asked[-1].at
    assert timedelta(days=1) <= rest <= timedelta(days=LONGEST_DAYS)


def test_the_time_zone_of_an_instant_changes_nothing():
    here = reviews((0, "0.9"), (9, "0.7"))
    india = timezone(timedelta(hours=5, minutes=30))
    there = [Review(review.at.astimezone(india), review.share) for review in here]
    assert memory_after(there) == memory_after(here)


def test_a_question_without_an_answer_is_never_due():
    with pytest.raises(ValueError, match="never"):
        memory_after([])


@pytest.mark.parametrize(
    ("due_on", "interview_on", "shown_on"),
    [
        (20, None, 20),
        (20, 10, 9),
        (10, 10, 9),
        (9, 10, 9),
        (3, 10, 3),
    ],
)
def test_nothing_is_due_after_the_day_before_the_interview(due_on, interview_on, shown_on):
    day = datetime(2026, 3, 1, tzinfo=UTC)
    interview = interview_on and (day + timedelta(days=interview_on)).date()
    shown = due_before(day + timedelta(days=due_on), interview)
    assert shown == day + timedelta(days=shown_on)
    assert due_before(day, date(2027, 1, 1)) == day


@pytest.mark.parametrize(
    ("due_on", "answered_on", "interview_on", "today", "shown_on"),
    [
        (20, 1, None, 5, 20),
        (20, 1, 10, 5, 9),
        (20, 1, 10, 9, 9),  # the last day to practise
        (20, 1, 10, 10, 9),  # the day of the interview itself
        (20, 1, 10, 11, 20),  # it is over
        (20, 9, 10, 9, None),  # answered on the last day
        (20, 10, 10, 10, None),
        (6, 5, 10, 5, 6),
    ],
)
def test_when_it_is_due_again_with_an_interview_to_come(
    due_on, answered_on, interview_on, today, shown_on
):
    def on(day):
        return day and datetime(2026, 3, day, tzinfo=UTC)

    now, interview = on(today) + timedelta(hours=12), interview_on and on(interview_on).date()
    assert next_due(on(due_on), on(answered_on), interview, now) == on(shown_on)
