"""The rules of a timed attempt: states, deadlines, what the clock closes, what a save is worth.

Pure: plain values in, plain values out; no database, no Django, and `now` is always an argument.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

GRACE = timedelta(seconds=15)
"""How late a text that left the browser in time may arrive and still count."""

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
    """The event means nothing in this state; nothing was changed."""


def next_state(state: str, event: Event) -> State:
    """The state after the event. Raises IllegalTransition where the table has no such row."""
    try:
        return TRANSITIONS[State(state), event]
    except KeyError:
        raise IllegalTransition(f"{event} is not possible when {state}") from None


# --- the clock ------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionClock:
    """One question of an attempt as the clock sees it.

    limit: its own time, extensions included; None where it has no clock of its own.
    opened_at, closed_at: None until it happened.
    """

    limit: timedelta | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


@dataclass(frozen=True)
class AttemptClock:
    """An attempt as the clock sees it.

    limit: the time for the whole, extensions included; None with a clock for each question, or
        with no clock at all.
    overtime: at the bell it goes on, for as much time again, instead of being handed in.
    forward_only: a clock for each question; the questions are opened and closed one after another.
    """

    started_at: datetime
    limit: timedelta | None
    overtime: bool
    forward_only: bool
    questions: tuple[QuestionClock, ...] = ()


def scaled(seconds: int, time_factor: Decimal) -> timedelta:
    """`seconds` at the candidate's pace: twice the factor, twice the time."""
    return timedelta(microseconds=int(seconds * time_factor * 1_000_000))


def bell_at(clock: AttemptClock) -> datetime | None:
    """When time is up for what is open: the open question, or the whole. None: never."""
    if not clock.forward_only:
        return None if clock.limit is None else clock.started_at + clock.limit
    question = next((question for question in clock.questions if question.is_open), None)
    if question is None or question.limit is None or question.opened_at is None:
        return None
    return question.opened_at + question.limit


def closes_at(clock: AttemptClock) -> datetime | None:
    """When the clock closes what is open: at the bell, or, in overtime, after it."""
    bell = bell_at(clock)
    if bell is None or not clock.overtime:
        return bell
    limit = clock.limit
    if clock.forward_only:
        limit = next(question.limit for question in clock.questions if question.is_open)
    return bell if limit is None else bell + limit


def deadline_at(clock: AttemptClock) -> datetime | None:
    """The latest instant at which the last bell rings, as things stand now. None: no clock.

    One clock: start + limit. A clock each: the open question's start + all limits from it on, so
    that an early answer brings the end nearer.
    """
    if not clock.forward_only:
        return bell_at(clock)
    bell = bell_at(clock)
    if bell is None:
        return None
    waiting = [question.limit for question in clock.questions if question.opened_at is None]
    return bell + sum((limit for limit in waiting if limit is not None), timedelta())


@dataclass(frozen=True)
class Advanced:
    """Where an attempt stands at a given time: its questions, and when it ended if it did."""

    questions: tuple[QuestionClock, ...]
    ended_at: datetime | None


def advance(clock: AttemptClock, now: datetime) -> Advanced:
    """Let the clock run to `now`, whether or not anybody was there to see it.

    With a clock for each question, one whose time is up closes at that very moment and the next
    one opens at that very moment. The attempt ends with the last of them.
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
    """Close question `index` at an instant, and open the next one, if any, at the same instant."""
    closed = list(questions)
    closed[index] = replace(closed[index], closed_at=at)
    if index + 1 < len(closed):
        closed[index + 1] = replace(closed[index + 1], opened_at=at)
    return tuple(closed)


def rewind(
    questions: Sequence[QuestionClock], index: int, bell: datetime
) -> tuple[QuestionClock, ...]:
    """Open question `index` again so that its bell rings at `bell`; the later ones wait again.

    Raises IllegalTransition where the question was never opened or has no clock.
    """
    question = questions[index]
    if question.opened_at is None or question.limit is None:
        raise IllegalTransition("that question has no time to give back")
    reopened = replace(question, limit=bell - question.opened_at, closed_at=None)
    waiting = [replace(later, opened_at=None, closed_at=None) for later in questions[index + 1 :]]
    return (*questions[:index], reopened, *waiting)


def may_extend(bell: datetime | None, now: datetime, *, overtime: bool) -> bool:
    """Whether "5 more minutes" is on offer: shortly before the bell and a moment after it.

    Where overtime follows the bell there is nothing to ask for any more.
    """
    if bell is None or (overtime and bell <= now):
        return False
    return bell - EXTEND_BEFORE <= now <= bell + EXTEND_AFTER


def extended_bell(bell: datetime, now: datetime, added: timedelta) -> datetime:
    """The new bell: `added` after the old one, or after now where the old one has rung."""
    return max(bell, now) + added


# --- what a save is worth -------------------------------------------------------------------


class Verdict(StrEnum):
    ACCEPTED = "accepted"  # stored, revision + 1
    ALREADY = "already"  # stored before: an old one again, or the same text
    CONFLICT = "conflict"  # somebody else wrote since: both texts are kept, the person chooses
    LATE = "late"  # after time, or after handing in: kept, not counted
    NOT_EMPTIED = "not-emptied"  # nobody pressed a button, so the answer stays as it was


@dataclass(frozen=True)
class Stored:
    """What the server has of an answer. writer and sequence: of its last accepted save."""

    text: str
    revision: int
    writer: str
    sequence: int


@dataclass(frozen=True)
class Save:
    """What a page sends: a text and where it comes from.

    revision: of the answer the text started from. writer: one for each page load. sequence:
    counts that writer's saves. automatic: nobody pressed a button for it. chosen: the person has
    seen the other text and wants this one. at_bell: what stood in the box when time was up.
    """

    text: str
    revision: int
    writer: str
    sequence: int
    automatic: bool = False
    chosen: bool = False
    at_bell: bool = False


def takes_text(
    question: QuestionClock, *, forward_only: bool, by_clock: bool, now: datetime
) -> bool:
    """Whether a text that arrives now counts: while open, and within the grace of the bell.

    by_clock: the bell closed it, not a person. Going forward only, one can't write ahead.
    """
    if forward_only and question.opened_at is None:
        return False
    return question.closed_at is None or (by_clock and now <= question.closed_at + GRACE)


def judge_save(stored: Stored, save: Save, *, counts: bool) -> Verdict:
    """What becomes of a save. `counts` says whether the answer still takes text (takes_text)."""
    if save.text == stored.text:
        return Verdict.ALREADY
    same_writer = save.writer != "" and save.writer == stored.writer
    if same_writer and save.sequence < stored.sequence:
        return Verdict.ALREADY
    if save.automatic and not save.text.strip() and stored.text.strip():
        return Verdict.NOT_EMPTIED
    if not counts:
        return Verdict.LATE
    if save.revision == stored.revision or same_writer or save.chosen or not stored.text.strip():
        return Verdict.ACCEPTED
    return Verdict.CONFLICT
