"""The rules of a timed attempt: its states, its deadlines, and what the clock closes.

Pure: plain values in, plain values out; no database, no Django, and `now` is always an argument.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

EXTENSION = timedelta(minutes=5)
"""What one press of "5 more minutes" adds."""

EXTEND_BEFORE = timedelta(minutes=2)
EXTEND_AFTER = timedelta(seconds=60)
"""More time can be asked for from two minutes before the bell until a minute after it."""


class State(StrEnum):
    RUNNING = "running"
    SUBMITTED = "submitted"
    EXPIRED = "expired"
    DISCARDED = "discarded"


class Event(StrEnum):
    SAVE = "save"
    FINISH = "finish"
    DEADLINE = "deadline"
    EXTEND = "extend"
    DISCARD = "discard"
    REOPEN = "reopen"


TRANSITIONS = {
    (State.RUNNING, Event.SAVE): State.RUNNING,
    (State.RUNNING, Event.FINISH): State.SUBMITTED,
    (State.RUNNING, Event.DEADLINE): State.EXPIRED,
    (State.RUNNING, Event.EXTEND): State.RUNNING,
    (State.RUNNING, Event.DISCARD): State.DISCARDED,
    (State.EXPIRED, Event.EXTEND): State.RUNNING,
    (State.EXPIRED, Event.REOPEN): State.RUNNING,
    (State.SUBMITTED, Event.REOPEN): State.RUNNING,
}


class IllegalTransition(Exception):
    """The event is not possible in this state. Nothing was changed."""


def next_state(state: str, event: Event) -> State:
    """The state after the event. Raises IllegalTransition if the table has no such row."""
    try:
        return TRANSITIONS[State(state), event]
    except KeyError:
        raise IllegalTransition(f"{event} is not possible when {state}") from None


# --- the clock ------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionClock:
    """One question of an attempt as the clock sees it.

    limit: its own time, extensions included; None if it has no clock of its own.
    opened_at, closed_at, shown_at: None until it happened. shown_at: when a page first showed it.
    spent: what it had used of its time before it was put back to wait (see reopening.py).
    """

    limit: timedelta | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    shown_at: datetime | None = None
    spent: timedelta = timedelta()

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    def ends_after(self, limits: int) -> datetime | None:
        """When `limits` times its limit is over. None before it is opened, and without a limit."""
        if self.opened_at is None or self.limit is None:
            return None
        return self.opened_at + limits * self.limit


@dataclass(frozen=True)
class AttemptClock:
    """An attempt as the clock sees it.

    limit: the time for the whole, extensions included; None with per-question timing, and
        without a clock.
    overtime: at the bell the attempt goes on for as much time again instead of ending.
    forward_only: per-question timing; the questions open and close one after another.
    """

    started_at: datetime
    limit: timedelta | None
    overtime: bool
    forward_only: bool
    questions: tuple[QuestionClock, ...] = ()

    def runs_for(self) -> QuestionClock:
        """What the time runs for: the open question, or the whole attempt as if it were one."""
        if not self.forward_only:
            return QuestionClock(self.limit, self.started_at)
        return next((question for question in self.questions if question.is_open), QuestionClock())


def scaled(seconds: int, time_factor: Decimal) -> timedelta:
    """`seconds` at the candidate's pace: twice the factor, twice the time."""
    return timedelta(microseconds=int(seconds * time_factor * 1_000_000))


def bell_at(clock: AttemptClock) -> datetime | None:
    """When time is up for what is open: the open question, or the whole. None: never."""
    return clock.runs_for().ends_after(1)


def closes_at(clock: AttemptClock) -> datetime | None:
    """When the clock closes what is open: at the bell, or in overtime one limit later."""
    return clock.runs_for().ends_after(2 if clock.overtime else 1)


def deadline_at(clock: AttemptClock) -> datetime | None:
    """When the last bell rings at the latest, as things stand now. None: no clock.

    One clock for all: start + limit. Per-question timing: the open question's start + all limits
    from it on, so that an early answer brings the end nearer.
    """
    bell = bell_at(clock)
    if bell is None:
        return None
    waiting = [question for question in clock.questions if question.opened_at is None]
    lengths = (each.limit - each.spent for each in waiting if each.limit is not None)
    return bell + sum(lengths, timedelta())


@dataclass(frozen=True)
class Advanced:
    """How an attempt stands at a given time: its questions, and when it ended, if it did."""

    questions: tuple[QuestionClock, ...]
    ended_at: datetime | None


def advance(clock: AttemptClock, now: datetime) -> Advanced:
    """Let the clock run to `now`, even if no request came meanwhile.

    With per-question timing, a question whose time is up closes at that instant and the next one
    opens at the same instant. The attempt ends with the last one. With one clock for all the
    questions stay as they are.
    """
    while (end := closes_at(clock)) is not None and end <= now:
        if not clock.forward_only:
            return Advanced(clock.questions, end)
        current = next(i for i, question in enumerate(clock.questions) if question.is_open)
        questions = close_question(clock.questions, current, end)
        if current + 1 == len(questions):
            return Advanced(questions, end)
        clock = replace(clock, questions=questions)
    return Advanced(clock.questions, None)


def close_question(
    questions: Sequence[QuestionClock], index: int, at: datetime
) -> tuple[QuestionClock, ...]:
    """Close question `index` at an instant, and open the next one, if any, at the same instant.

    What the next one has used of its time counts: it opens as if so much earlier.
    """
    closed = list(questions)
    closed[index] = replace(closed[index], closed_at=at)
    if index + 1 < len(closed):
        following = closed[index + 1]
        closed[index + 1] = replace(following, opened_at=at - following.spent, spent=timedelta())
    return tuple(closed)


# --- more time ------------------------------------------------------------------------------


def may_extend(bell: datetime | None, now: datetime, *, overtime: bool) -> bool:
    """Whether "5 more minutes" is on offer: shortly before the bell and until a minute after it.

    With overtime the offer ends at the bell, because the attempt goes on anyway.
    """
    if bell is None or (overtime and bell <= now):
        return False
    return bell - EXTEND_BEFORE <= now <= bell + EXTEND_AFTER


def extended_bell(bell: datetime, now: datetime, added: timedelta) -> datetime:
    """The new bell: `added` after the old one, or after now if the old one has rung."""
    return max(bell, now) + added
