"""Locking attempts, and what may be done to one that is locked.

Every lock of an attempt is taken here, and in autosave_sql.py for the autosave. An attempt is
locked before its answers, so that two transactions never wait for each other.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from attempts.models import (
    TO_READ,
    Answer,
    Attempt,
    AttemptQuerySet,
    ClosedBy,
    FinishReason,
    SaidHere,
    answer_at,
)
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event, QuestionClock
from attempts.transitions.personal.searching import make_searchable
from attempts.transitions.scheduling import schedule_each
from attempts.transitions.scores import score_of
from attempts.transitions.writing_times import SPENT_FIELDS, set_time_spent
from quizsite.database.notifications import notify
from quizsite.database.update_rows import update_rows

Row = TypeVar("Row", Answer, Attempt)


@dataclass(frozen=True)
class LockedAnswer:
    """One answer of a locked attempt, and the instant of the request."""

    answer: Answer
    attempt: Attempt
    now: datetime


@dataclass(frozen=True)
class LockedAttempt:
    """A locked attempt with all its answers in order, and the instant of the request.

    changed: what was noted to be stored, the names of fields by row (changes.store).
    """

    attempt: Attempt
    answers: list[Answer]
    now: datetime
    changed: dict[Answer | Attempt, set[str]] = field(default_factory=dict)

    def note(self, row: Answer | Attempt, *names: str) -> None:
        """These fields of the attempt or of one of its answers are to be stored."""
        self.changed.setdefault(row, set()).update(names)

    def answer_at(self, position: int) -> Answer:
        """Raises Answer.DoesNotExist if the attempt has no such position."""
        return answer_at(self.answers, position)

    def locked_answer(self, answer: Answer) -> LockedAnswer:
        return LockedAnswer(answer, self.attempt, self.now)

    @property
    def current(self) -> Answer | None:
        """The answer that is open; None when the attempt has ended."""
        return next((answer for answer in self.answers if answer.clock().is_open), None)

    def following(self, answer: Answer) -> Answer | None:
        """The answer after this one; None after the last one."""
        return next((a for a in self.answers if a.position > answer.position), None)


# --- locks ----------------------------------------------------------------------------------


def lock(owner: Owner | None, attempt_id: UUID, now: datetime) -> LockedAttempt:
    """Lock an attempt of the owner's until the transaction ends, and settle it.

    Raises Attempt.DoesNotExist if it is not theirs.
    """
    return settle_locked(lock_row(Attempt.objects.owned_by(owner).filter(pk=attempt_id)), now)


def lock_for_staff(attempt_id: UUID, now: datetime) -> LockedAttempt:
    """Like lock(), for an attempt of any owner."""
    return settle_locked(lock_row(Attempt.objects.filter(pk=attempt_id)), now)


def lock_each(
    attempts: AttemptQuerySet, now: datetime, *, skip_locked: bool = False
) -> list[LockedAttempt]:
    """Lock all attempts of the queryset, in its order, and settle each.

    skip_locked: leave out those that another transaction has locked, instead of waiting for it.
    """
    rows = lock_rows(attempts, skip_locked=skip_locked)
    answers: dict[UUID, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(attempt__in=rows) if rows else ():
        answers[answer.attempt_id].append(answer)
    each = [LockedAttempt(attempt, answers[attempt.pk], now) for attempt in rows]
    for locked in each:
        for answer in locked.answers:
            answer.attempt = locked.attempt
    _settle(each)
    return each


def lock_row(attempts: AttemptQuerySet) -> Attempt:
    """Lock the only attempt of the queryset, without settling it. Raises Attempt.DoesNotExist."""
    return attempts.select_for_update().get()


def lock_rows(attempts: AttemptQuerySet, *, skip_locked: bool = False) -> list[Attempt]:
    """Lock the attempts in the queryset's order, without settling them."""
    return list(attempts.select_for_update(skip_locked=skip_locked))


def store(each: Sequence[LockedAttempt]) -> None:
    """Store what was noted of these attempts and their answers: at most two statements."""
    _store_rows(Answer, each)
    _store_rows(Attempt, each)
    for locked in each:
        locked.changed.clear()


def _store_rows(model: type[Row], each: Sequence[LockedAttempt]) -> None:
    rows = [row for locked in each for row in locked.changed if isinstance(row, model)]
    names = {name for locked in each for row in rows for name in locked.changed.get(row, ())}
    if len(rows) == 1:
        rows[0].save(update_fields=names)
    elif rows:
        update_rows(rows, sorted(names))


# --- the clock ------------------------------------------------------------------------------


def settle_locked(attempt: Attempt, now: datetime) -> LockedAttempt:
    """Write down what the clock has done to a locked attempt up to `now`."""
    locked = LockedAttempt(attempt, list(attempt.answers.all()), now)
    _settle([locked])
    return locked


def _settle(each: Sequence[LockedAttempt]) -> None:
    ended = [locked for locked in each if locked.attempt.is_running and _advance(locked)]
    store(each)
    _after_end(ended)


def _advance(locked: LockedAttempt) -> bool:
    """Note what the clock has done to a running attempt. Whether it has ended it."""
    clock = locked.attempt.clock(locked.answers)
    advanced = lifecycle.advance(clock, locked.now)
    _note_clocks(locked, advanced.questions, ClosedBy.DEADLINE)
    if locked.attempt.has_overtime:
        _keep_texts_at_bell(locked)
    if advanced.ended_at is not None:
        _note_end(locked, Event.DEADLINE, advanced.ended_at, FinishReason.DEADLINE)
    elif locked.attempt.forward_only and advanced.questions != clock.questions:
        _note_deadline(locked)
    return advanced.ended_at is not None


def apply_clocks(
    locked: LockedAttempt,
    questions: Sequence[QuestionClock],
    closed_by: ClosedBy = ClosedBy.DEADLINE,
) -> None:
    """Store what became of the questions' clocks. closed_by: why those that closed did."""
    _note_clocks(locked, questions, closed_by)
    store([locked])


def _note_clocks(
    locked: LockedAttempt, questions: Sequence[QuestionClock], closed_by: ClosedBy
) -> None:
    for answer, question in zip(locked.answers, questions, strict=True):
        if question == answer.clock():
            continue
        if question.closed_at is None:
            answer.closed_by = ""
            _set_time_spent_so_far(answer, question)
        elif question.opened_at is not None and answer.closed_at is None:
            answer.closed_by = closed_by.value
            set_time_spent(answer, time_between(question.opened_at, question.closed_at))
        answer.limit, answer.opened_at = question.limit, question.opened_at
        answer.closed_at = question.closed_at
        clock = ("limit", "opened_at", "closed_at", "closed_by")
        locked.note(answer, *clock, *SPENT_FIELDS)


def _set_time_spent_so_far(answer: Answer, question: QuestionClock) -> None:
    if question.opened_at is None:
        set_time_spent(answer, question.spent)
    else:  # its opening tells
        answer.time_spent = question.spent


def _keep_texts_at_bell(locked: LockedAttempt) -> None:
    """Overtime: keep the text that each answer had when its bell rang."""
    bell = lifecycle.bell_at(locked.attempt.clock(locked.answers))
    has_rung = bell is not None and bell <= locked.now
    for answer in locked.answers:
        due = answer.closed_by == ClosedBy.DEADLINE or (
            has_rung and (not locked.attempt.forward_only or answer.clock().is_open)
        )
        if due and answer.text_at_deadline is None:
            answer.text_at_deadline = answer.text
            locked.note(answer, "text_at_deadline")


def store_deadline(locked: LockedAttempt) -> None:
    """Store the deadline that follows from the clocks now."""
    _note_deadline(locked)
    store([locked])


def _note_deadline(locked: LockedAttempt) -> None:
    locked.attempt.deadline_at = lifecycle.deadline_at(locked.attempt.clock(locked.answers))
    locked.note(locked.attempt, "deadline_at")


def time_between(opened_at: datetime, left_at: datetime) -> timedelta:
    """Never negative, although the later of two requests may be served first."""
    return max(left_at - opened_at, timedelta())


# --- the end --------------------------------------------------------------------------------


def end(
    locked: LockedAttempt, event: Event, at: datetime, reason: FinishReason, *, window: str = ""
) -> None:
    """End the attempt as of `at`: close what is open, score what can be scored, make it searchable.

    window: of its owner, who ended it there; "" if somebody or something else did.
    """
    _note_end(locked, event, at, reason, window)
    store([locked])
    _after_end([locked])


def _note_end(
    locked: LockedAttempt, event: Event, at: datetime, reason: FinishReason, window: str = ""
) -> None:
    attempt = locked.attempt
    attempt.state = lifecycle.next_state(attempt.state, event).value
    _close_answers(locked, at, ClosedBy.DEADLINE if event == Event.DEADLINE else ClosedBy.FINISH)
    attempt.finished_at, attempt.finish_reason, attempt.ended_in = at, reason.value, window
    attempt.score = score_of(locked.answers)
    locked.note(attempt, "state", "finished_at", "finish_reason", "ended_in", "score")


def _after_end(ended: Sequence[LockedAttempt]) -> None:
    make_searchable(locked.attempt for locked in ended)
    schedule_each((locked.attempt, locked.answers) for locked in ended)
    have_read([answer for locked in ended for answer in locked.answers])


def have_read(closed: Sequence[Answer]) -> None:
    """Tell the processes that make suggestions, once this is committed, if any of them waits."""
    if any(answer.is_answered and not answer.engine for answer in closed):
        notify(TO_READ)


def end_unscored(locked: LockedAttempt, reason: str = "", *, window: str = "") -> None:
    """Discard a running attempt and the words shown in it. Its owner can still read its texts.

    window: as for end().
    """
    attempt = locked.attempt
    attempt.state = lifecycle.next_state(attempt.state, Event.DISCARD).value
    _close_answers(locked, locked.now, ClosedBy.FINISH)
    attempt.finished_at, attempt.finish_reason, attempt.ended_in = locked.now, reason, window
    locked.note(attempt, "state", "finished_at", "finish_reason", "ended_in")
    store([locked])
    SaidHere.objects.filter(answer__attempt=attempt).delete()
    make_searchable([attempt])


def _close_answers(locked: LockedAttempt, at: datetime, closed_by: ClosedBy) -> None:
    """Note that every answer closes that is not closed yet, opened or not."""
    for answer in locked.answers:
        if answer.closed_at is not None:
            continue
        if answer.opened_at is not None:
            set_time_spent(answer, answer.time_spent + time_between(answer.opened_at, at))
        answer.closed_at, answer.closed_by = at, closed_by.value
        locked.note(answer, *SPENT_FIELDS, "closed_at", "closed_by")
