"""What staff may do to somebody's attempt: more time, opening it again, discarding, regrading.

These take any attempt, whoever's it is: who may call them is for the admin to decide. They raise
Attempt.DoesNotExist, and IllegalTransition, having changed nothing, for what makes no sense.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from attempts.models import AddedTime, Answer, AtDeadline, Attempt, FinishReason, last_opened
from attempts.rules import lifecycle, totals
from attempts.rules.lifecycle import Event, IllegalTransition
from attempts.transitions.locked import (
    LockedAttempt,
    apply_clocks,
    bring_up_to_date,
    rescore,
    throw_away,
)
from attempts.transitions.more_time import move_bell, open_again, record, run_again
from questions.models import QuestionVersion, Timing


def _lock_attempt(attempt_id, now: datetime) -> LockedAttempt:
    return bring_up_to_date(Attempt.objects.select_for_update().get(pk=attempt_id), now)


@transaction.atomic
def add_minutes(attempt_id, amount: timedelta, *, why: str, now: datetime) -> Attempt:
    """More time for a running attempt: for the whole, or for the question that lies open.

    In overtime the bell rings again, `amount` from now.
    """
    locked = _lock_attempt(attempt_id, now)
    if not locked.attempt.is_running:
        raise IllegalTransition("it has ended: open it again instead")
    bell = locked.bell_of(locked.current)
    if bell is None:
        raise IllegalTransition("it runs without a clock")
    new_bell = lifecycle.extended_bell(bell, now, amount)
    reason = AddedTime.Reason.STAFF
    move_bell(locked, locked.current.position, new_bell, reason, amount, note=why)
    return locked.attempt


@transaction.atomic
def reopen(attempt_id, amount: timedelta, *, why: str, now: datetime) -> Attempt:
    """Open a finished attempt again, for `amount` from now, at the question that lay open last.

    The time of the pause is not counted as spent on that question. It hands in at the bell, also
    where it went into overtime before: overtime is as long as the limit, which now has the pause
    in it. Raises IllegalTransition where its owner has another one running.
    """
    locked = _lock_attempt(attempt_id, now)
    attempt, current = locked.attempt, last_opened(locked.answers)
    attempt.at_deadline = AtDeadline.HAND_IN.value
    if attempt.forward_only:
        _resume(locked, current, amount)
    else:
        open_again(locked, current)
        attempt.limit = None if attempt.untimed else now + amount - attempt.started_at
    run_again(locked, Event.REOPEN)
    record(locked, current.position, amount, AddedTime.Reason.STAFF, note=why)
    return attempt


def _resume(locked: LockedAttempt, current: Answer, amount: timedelta) -> None:
    """A clock each: `current` goes on, the questions before it stay closed, the later ones wait."""
    index, spent = locked.answers.index(current), current.time_spent
    questions = [answer.clock() for answer in locked.answers]
    limit = None if questions[index].limit is None else spent + amount
    waiting = [
        replace(question, opened_at=None, closed_at=None) for question in questions[index + 1 :]
    ]
    resumed = replace(questions[index], limit=limit, opened_at=locked.now - spent, closed_at=None)
    apply_clocks(locked, [*questions[:index], resumed, *waiting])


@transaction.atomic
def discard(attempt_id, *, now: datetime) -> Attempt:
    """Throw a running attempt away. Its texts stay readable for the owner, and unscored."""
    locked = _lock_attempt(attempt_id, now)
    throw_away(locked, FinishReason.STAFF.value)
    return locked.attempt


@transaction.atomic
def regrade(
    attempt_id,
    position: int,
    counted: Sequence[bool],
    *,
    instead_of: Decimal,
    why: str,
    now: datetime,
) -> Attempt:
    """Say which key points of an answer count, and what follows for its share and the score.

    counted: shape (key points of the version asked,), one True at least, else ValueError. why: for
    the candidate to read. Raises IllegalTransition where the share is not `instead_of` any more.
    """
    locked = _lock_attempt(attempt_id, now)
    answer = locked.answer_at(position)
    if not locked.attempt.is_finished or answer.share != instead_of:
        raise IllegalTransition("it was marked anew meanwhile")
    answer.share = totals.share(answer.ticks, counted)
    answer.counted = None if all(counted) else list(counted)
    answer.regraded_at, answer.regrade_note = locked.now, why
    answer.save(update_fields=["share", "counted", "regraded_at", "regrade_note"])
    rescore(locked)
    locked.attempt.save(update_fields=["score"])
    return locked.attempt


def preview_attempt(version: QuestionVersion, *, now: datetime) -> tuple[Attempt, Answer]:
    """An attempt that asks this one question, as if just started. Neither is ever saved."""
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
