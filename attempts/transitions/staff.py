"""What staff may do to any attempt: give more time, reopen, discard, regrade.

The admin decides who may call these. Like all transitions they raise Attempt.DoesNotExist, and
IllegalTransition if the attempt's state does not allow it; then nothing was changed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from attempts.models import (
    AddedTime,
    Answer,
    AtDeadline,
    Attempt,
    FinishReason,
    last_opened,
    question_of,
)
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event, IllegalTransition
from attempts.rules.reopening import reopen_question
from attempts.transitions.locked import (
    LockedAttempt,
    apply_clocks,
    end_unscored,
    lock_for_staff,
    lock_rows,
)
from attempts.transitions.more_time import move_bell, record_added_time, reopen_answers, run_again
from attempts.transitions.scores import store_score
from questions.models import QuestionVersion, Timing


def hold(attempt_id: UUID) -> None:
    """Lock an attempt, if it exists, until the transaction around this ends.

    What is then read of it and of its log stays as it is until one of the functions below acts.
    """
    lock_rows(Attempt.objects.filter(pk=attempt_id))


@transaction.atomic
def add_minutes(attempt_id: UUID, amount: timedelta, *, why: str, now: datetime) -> Attempt:
    """More time for a running attempt: for the whole, or for the question that is open.

    In overtime the bell rings again, `amount` from now.
    """
    locked = lock_for_staff(attempt_id, now)
    if locked.current is None:
        raise IllegalTransition("it has ended: open it again instead")
    bell = locked.current.bell_at
    if bell is None:
        raise IllegalTransition("it runs without a clock")
    new_bell = lifecycle.extended_bell(bell, now, amount)
    reason = AddedTime.Reason.STAFF
    move_bell(locked, locked.current.position, new_bell, reason, amount, note=why)
    return locked.attempt


@transaction.atomic
def reopen(attempt_id: UUID, amount: timedelta, *, why: str, now: datetime) -> Attempt:
    """Open a finished attempt again, for `amount` from now, at the question that was open last.

    The pause does not count as time spent on that question. There is no overtime any more,
    because overtime is as long as the limit, and the limit now contains the pause. Raises
    IllegalTransition if the owner has another attempt running.
    """
    locked = lock_for_staff(attempt_id, now)
    attempt, current = locked.attempt, last_opened(locked.answers)
    attempt.at_deadline = AtDeadline.HAND_IN.value
    if attempt.forward_only:
        _resume(locked, current, amount)
    else:
        reopen_answers(locked, current)
        attempt.limit = None if attempt.untimed else now + amount - attempt.started_at
    run_again(locked, Event.REOPEN)
    record_added_time(locked, current.position, amount, AddedTime.Reason.STAFF, note=why)
    return attempt


def _resume(locked: LockedAttempt, current: Answer, amount: timedelta) -> None:
    """Per-question timing: `current` goes on, the ones before it stay closed, the later ones wait.

    `current` counts as opened as long ago as the time that was spent on it.
    """
    spent = current.time_spent
    limit = None if current.limit is None else spent + amount
    questions = locked.attempt.clock(locked.answers).questions
    index = locked.answers.index(current)
    opened_at, now = locked.now - spent, locked.now
    apply_clocks(locked, reopen_question(questions, index, opened_at, limit, now))


@transaction.atomic
def discard(attempt_id: UUID, *, now: datetime) -> Attempt:
    """Discard a running attempt. It gets no score; its owner can still read its texts."""
    locked = lock_for_staff(attempt_id, now)
    end_unscored(locked, FinishReason.STAFF.value)
    return locked.attempt


@transaction.atomic
def regrade(
    attempt_id: UUID,
    position: int,
    counted: Sequence[bool],
    *,
    instead_of: Decimal,
    why: str,
    now: datetime,
) -> Attempt:
    """Store which key points count in a question and its follow-ups, its share, and the score.

    counted: shape (key points of the version asked,), one True at least, else ValueError. why: for
    the candidate to read. Raises IllegalTransition if the share is not `instead_of` any more.
    """
    locked = lock_for_staff(attempt_id, now)
    answer = locked.answer_at(position)
    if not locked.attempt.is_finished or answer.share != instead_of or answer.ticks is None:
        raise IllegalTransition("its marks have changed meanwhile")
    answer.share = question_of(answer, locked.answers).share_if(counted)
    answer.counted = None if all(counted) else list(counted)
    answer.regraded_at, answer.regrade_note = locked.now, why
    answer.save(update_fields=["share", "counted", "regraded_at", "regrade_note"])
    store_score(locked.attempt, locked.answers, changed=answer)
    return locked.attempt


def preview_attempt(version: QuestionVersion, *, now: datetime) -> tuple[Attempt, Answer]:
    """An attempt that asks this one question, as if just started. Neither row is ever saved."""
    attempt = Attempt(
        guest_key="preview",
        interview_title="Preview",
        timing=Timing.PER_QUESTION.value,
        number=1,
        seed=0,
        started_at=now,
    )
    seconds = version.question.seconds
    answer = Answer(
        attempt=attempt,
        version=version,
        position=1,
        limit=timedelta(seconds=seconds),
        opened_at=now,
    )
    return attempt, answer
