"""When a question is due again, from the shares of the answers to it. Pure.

The model of memory is FSRS-6, as the fsrs library has it: each answer is a review of a card. A
question is asked again on another day, never in a minute, so the cards have no learning steps.
Without its fuzz the same answers always give the same day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from fsrs import Card, Rating, Scheduler

LONGEST_DAYS = 180
"""No question rests longer than this: who practises for interviews wants to see it again."""

_SCHEDULER = Scheduler(
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)

HARD_FROM, GOOD_FROM, EASY_FROM = Decimal("0.4"), Decimal("0.6"), Decimal("0.85")


@dataclass(frozen=True)
class Review:
    """One scored answer to a question: when its attempt ended (aware), and its share, 0 to 1."""

    at: datetime
    share: Decimal


@dataclass(frozen=True)
class Memory:
    """What follows from all answers to a question.

    stability: days until the chance to remember it has fallen to nine in ten. difficulty: 1 to 10.
    """

    due_at: datetime
    stability: float
    difficulty: float


def rating_of(share: Decimal) -> Rating:
    """How well a question was remembered, from the share of its key points that were made."""
    if share < HARD_FROM:
        return Rating.Again
    if share < GOOD_FROM:
        return Rating.Hard
    return Rating.Good if share < EASY_FROM else Rating.Easy


def memory_after(reviews: Sequence[Review]) -> Memory:
    """The memory of a question after its answers, oldest first. Raises ValueError without any."""
    if not reviews:
        raise ValueError("a question that was never answered is never due")
    card = Card(card_id=1, due=reviews[0].at)  # without both, it would read a clock
    for review in reviews:
        rating, at = rating_of(review.share), review.at.astimezone(UTC)
        card, _ = _SCHEDULER.review_card(card, rating, at)
    if card.stability is None or card.difficulty is None:
        raise AssertionError("a reviewed card has both")
    return Memory(card.due, card.stability, card.difficulty)


def last_day(interview_on: date) -> datetime:
    """When the day before an interview begins, at midnight UTC: the last day to practise for it."""
    day = datetime(interview_on.year, interview_on.month, interview_on.day, tzinfo=UTC)
    return day - timedelta(days=1)


def due_before(due_at: datetime, interview_on: date | None) -> datetime:
    """When a question is due for somebody with an interview that day: the day before at the latest.

    With none, nothing changes. A date that is over must not be passed: see `to_come`.
    """
    return due_at if interview_on is None else min(due_at, last_day(interview_on))


def to_come(interview_on: date | None, now: datetime) -> date | None:
    """The day of an interview, unless it is over. It is over when its day has ended in UTC."""
    if interview_on is None or interview_on < now.astimezone(UTC).date():
        return None
    return interview_on


def day_after(now: datetime) -> datetime:
    """When tomorrow begins, at midnight UTC. What is due before that is due today, at any hour."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)


def next_due(
    due_at: datetime, answered_at: datetime, interview_on: date | None, now: datetime
) -> datetime | None:
    """When a question is due again, with an interview to come taken into account.

    due_at: as its answers alone have it. None: not before the interview, because it was answered
    on the last day to practise, or later.
    """
    interview_on = to_come(interview_on, now)
    if interview_on is None:
        return due_at
    shown = due_before(due_at, interview_on)
    return shown if shown > answered_at else None
