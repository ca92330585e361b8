"""Moving through the questions: show, submit, skip, move, visit."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import Answer, ClosedBy, FinishReason
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event, IllegalTransition
from attempts.rules.save_verdicts import Save, Verdict
from attempts.transitions.follow_ups.asking import FollowUp, ask_or_offer
from attempts.transitions.locked import (
    LockedAttempt,
    apply_clocks,
    end,
    have_read,
    lock,
    settle_locked,
    store_deadline,
)
from attempts.transitions.marking import suggest_for
from attempts.transitions.writing import Saved, store_text
from attempts.transitions.writing_times import SPENT_FIELDS, set_time_spent


@transaction.atomic
def submit(
    owner: Owner,
    attempt_id: UUID,
    position: int,
    submitted: Save,
    *,
    now: datetime,
    window: str = "",
    follow_up: FollowUp | None = None,
) -> Saved:
    """Store the text and go on to the next question, or to a follow-up to this one.

    With per-question timing, submitting what comes last ends the attempt. window: in which the
    candidate does so. follow_up: what was found in the text, outside of any transaction.
    """
    locked = lock(owner, attempt_id, now)
    return _store_and_leave(locked, position, submitted, ClosedBy.SUBMITTED, window, follow_up)


@transaction.atomic
def skip(
    owner: Owner,
    attempt_id: UUID,
    position: int,
    submitted: Save,
    *,
    now: datetime,
    window: str = "",
) -> Saved:
    """The candidate leaves the question without an answer. A text in the box is still stored."""
    locked = lock(owner, attempt_id, now)
    return _store_and_leave(locked, position, submitted, ClosedBy.SKIPPED, window)


def _store_and_leave(
    locked: LockedAttempt,
    position: int,
    submitted: Save,
    closed_by: ClosedBy,
    window: str,
    follow_up: FollowUp | None = None,
) -> Saved:
    answer = locked.answer_at(position)
    saved = store_text(locked.locked_answer(answer), submitted)
    if saved.verdict == Verdict.CONFLICT or locked.current is not answer:
        return saved  # the candidate chooses first, or the question was left before
    if locked.attempt.forward_only:
        if follow_up is not None:
            ask_or_offer(locked, answer, follow_up)
            _keep_what_was_found(locked, answer, follow_up)
        _close(locked, answer, closed_by, window)
    elif following := locked.following(answer):
        _visit(locked, following.position)
    return saved


def _keep_what_was_found(locked: LockedAttempt, answer: Answer, read: FollowUp) -> None:
    """So that nothing reads the text again. Not if another one is stored."""
    if read.suggestion is not None and answer.text == read.text and not answer.engine:
        suggest_for(answer, locked.answers, read.suggestion)


def _close(locked: LockedAttempt, answer: Answer, closed_by: ClosedBy, window: str) -> None:
    """Per-question timing: close the open question, open the next one or end the attempt."""
    questions = locked.attempt.clock(locked.answers).questions
    index = locked.answers.index(answer)
    apply_clocks(locked, lifecycle.close_question(questions, index, locked.now), closed_by)
    if locked.current is None:
        end(locked, Event.FINISH, locked.now, FinishReason.SUBMITTED, window=window)
    else:
        have_read([answer])
        store_deadline(locked)
        bell = lifecycle.bell_at(locked.attempt.clock(locked.answers))
        if bell is not None and bell <= locked.now:  # the next one had used up its time before
            settle_locked(locked.attempt, locked.now)


@transaction.atomic
def show(owner: Owner, attempt_id: UUID, position: int, *, now: datetime) -> None:
    """Note that a page shows the open question for the first time, with per-question timing.

    Raises IllegalTransition if another one is open by now.
    """
    locked = lock(owner, attempt_id, now)
    answer = locked.answer_at(position)
    if locked.current is not answer:
        raise IllegalTransition("another question is open")
    if answer.shown_at is None:
        answer.shown_at = now
        answer.save(update_fields=["shown_at"])


@transaction.atomic
def move(
    owner: Owner, attempt_id: UUID, position: int, submitted: Save, to: int, *, now: datetime
) -> Saved:
    """Store the text and open question `to`. Raises IllegalTransition with per-question timing."""
    locked = lock(owner, attempt_id, now)
    saved = store_text(locked.locked_answer(locked.answer_at(position)), submitted)
    if not locked.attempt.is_running or saved.verdict == Verdict.CONFLICT:
        return saved
    _visit(locked, to)
    return saved


@transaction.atomic
def visit(owner: Owner, attempt_id: UUID, to: int, *, now: datetime) -> LockedAttempt:
    """Open question `to`. Raises IllegalTransition with per-question timing, and after the end."""
    locked = lock(owner, attempt_id, now)
    lifecycle.next_state(locked.attempt.state, Event.SAVE)
    _visit(locked, to)
    return locked


def _visit(locked: LockedAttempt, position: int) -> None:
    """One clock for all: leave the open question for another one."""
    if locked.attempt.forward_only:
        raise IllegalTransition("with per-question timing the questions come in order")
    answer, left = locked.answer_at(position), locked.current
    if left is answer:
        return
    if left is not None and left.opened_at is not None:
        set_time_spent(left, left.open_for(locked.now))
        left.opened_at = None
        left.save(update_fields=[*SPENT_FIELDS, "opened_at"])
    answer.opened_at = locked.now
    answer.save(update_fields=["opened_at"])
