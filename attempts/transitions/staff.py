"""What staff may do to somebody's attempt: more time, opening it again, discarding, regrading.

These take any attempt, whoever's it is: who may call them is for the admin to decide. They raise
Attempt.DoesNotExist, and IllegalTransition, having changed nothing, for what makes no sense.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from attempts import lifecycle
from attempts.lifecycle import Event, IllegalTransition
from attempts.models import AddedTime, Answer, AtDeadline, Attempt, ClosedBy, FinishReason
from attempts.transitions.clock import move_bell
from attempts.transitions.desk import (
    Desk,
    apply_steps,
    bring_up_to_date,
    close_answers,
    rescore,
    store_deadline,
)
from questions.models import QuestionVersion, Timing


def _lock(attempt_id, now: datetime) -> Desk:
    return bring_up_to_date(Attempt.objects.select_for_update().get(pk=attempt_id), now)


@transaction.atomic
def add_minutes(attempt_id, amount: timedelta, *, why: str, now: datetime) -> Attempt:
    """More time for a running attempt: for the whole, or for the question that lies open.

    In overtime the bell rings again, `amount` from now.
    """
    desk = _lock(attempt_id, now)
    if not desk.attempt.is_running:
        raise IllegalTransition("it has ended: open it again instead")
    bell = desk.bell_of(desk.current)
    if bell is None:
        raise IllegalTransition("it runs without a clock")
    new_bell = lifecycle.extended_bell(bell, now, amount)
    reason = AddedTime.Reason.STAFF
    move_bell(desk, desk.current.position, new_bell, reason, amount, note=why)
    return desk.attempt


@transaction.atomic
def reopen(attempt_id, amount: timedelta, *, why: str, now: datetime) -> Attempt:
    """Open a finished attempt again, for `amount` from now, at the question that lay open last.

    The time of the pause is not counted as spent on that question. It hands in at the bell, also
    where it went into overtime before: overtime is as long as the limit, which now has the pause
    in it. Raises IllegalTransition where its owner has another one running.
    """
    desk = _lock(attempt_id, now)
    attempt, current = desk.attempt, _lay_open_last(desk.answers)
    attempt.state = lifecycle.next_state(attempt.state, Event.REOPEN).value
    attempt.finished_at, attempt.finish_reason, attempt.score = None, "", None
    attempt.at_deadline = AtDeadline.HAND_IN.value
    if not attempt.forward_only and not attempt.untimed:
        attempt.limit = now + amount - attempt.started_at
    try:
        attempt.save(
            update_fields=["state", "finished_at", "finish_reason", "score", "at_deadline", "limit"]
        )
    except IntegrityError:  # one running attempt for each owner
        raise IllegalTransition("another attempt of theirs is running") from None
    _open_again(desk, current, amount)
    store_deadline(desk)
    attempt.added_times.create(
        position=current.position if attempt.forward_only else None,
        amount=amount,
        reason=AddedTime.Reason.STAFF,
        note=why,
        added_at=now,
    )
    return attempt


def _lay_open_last(answers: list[Answer]) -> Answer:
    opened = [answer for answer in answers if answer.opened_at is not None]
    return max(opened, key=lambda answer: answer.opened_at, default=answers[0])


def _open_again(desk: Desk, current: Answer, amount: timedelta) -> None:
    """Open `current`; with a clock each the questions before it stay closed, else none does."""
    index = desk.answers.index(current)
    steps = []
    for place, answer in enumerate(desk.answers):
        step = answer.step()
        if not desk.attempt.forward_only:
            opened_at = desk.now if answer is current else None
            step = replace(step, opened_at=opened_at, closed_at=None)
        elif place == index:
            limit = None if step.limit is None else answer.time_spent + amount
            opened_at = desk.now - answer.time_spent
            step = replace(step, limit=limit, opened_at=opened_at, closed_at=None)
        elif place > index:
            step = replace(step, opened_at=None, closed_at=None)
        steps.append(step)
    spent = [answer.time_spent for answer in desk.answers]
    apply_steps(desk, steps)
    if not desk.attempt.forward_only:  # there, what was spent on a question adds up
        for answer, before in zip(desk.answers, spent, strict=True):
            answer.time_spent = before
            answer.save(update_fields=["time_spent"])


@transaction.atomic
def discard(attempt_id, *, now: datetime) -> Attempt:
    """Throw a running attempt away. Its texts stay readable for the owner, and unscored."""
    desk = _lock(attempt_id, now)
    desk.attempt.state = lifecycle.next_state(desk.attempt.state, Event.DISCARD).value
    close_answers(desk, now, ClosedBy.FINISH)
    desk.attempt.finished_at, desk.attempt.finish_reason = now, FinishReason.STAFF.value
    desk.attempt.save(update_fields=["state", "finished_at", "finish_reason"])
    return desk.attempt


@transaction.atomic
def regrade(
    attempt_id, position: int, share: Decimal, *, instead_of: Decimal, now: datetime
) -> Attempt:
    """Give an answer of a finished attempt another share, and the attempt its score.

    Raises IllegalTransition where the share is not what the dry run saw any more.
    """
    desk = _lock(attempt_id, now)
    answer = desk.answer_at(position)
    if not desk.attempt.is_finished or answer.share != instead_of:
        raise IllegalTransition("it was marked anew meanwhile")
    answer.share = share
    answer.save(update_fields=["share"])
    rescore(desk)
    desk.attempt.save(update_fields=["score"])
    return desk.attempt


def rehearsal(version: QuestionVersion, *, now: datetime) -> tuple[Attempt, Answer]:
    """An attempt that asks this one question, as if just started. Neither is ever saved."""
    attempt = Attempt(
        guest_key="rehearsal",
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
