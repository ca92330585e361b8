"""What changes an attempt's clock: looking at it, more time, lost time given back."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from attempts.models import AddedTime, Answer, ClosedBy
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event, IllegalTransition
from attempts.transitions.locked import LockedAttempt, apply_clocks, lock


@transaction.atomic
def settle(owner: Owner, attempt_id, *, now: datetime) -> LockedAttempt:
    """Write down what the clock has done up to `now`. Any request may ask for it."""
    return lock(owner, attempt_id, now)


@transaction.atomic
def add_time(owner: Owner, attempt_id, position: int, *, now: datetime) -> LockedAttempt:
    """Five more minutes, shortly before the bell or a moment after it, as often as wanted.

    With a clock for each question they go to question `position`, which opens again if its time
    ran out a moment ago. Raises IllegalTransition at any other time.
    """
    locked = lock(owner, attempt_id, now)
    bell = _bell_of(locked, position)
    if not lifecycle.may_extend(bell, now, overtime=locked.attempt.has_overtime):
        raise IllegalTransition("time can be added in the last two minutes")
    new_bell = lifecycle.extended_bell(bell, now, lifecycle.EXTENSION)
    move_bell(locked, position, new_bell, AddedTime.Reason.ASKED, new_bell - bell)
    return locked


@transaction.atomic
def give_back_outage(
    owner: Owner, attempt_id, position: int, lost: timedelta, *, now: datetime
) -> LockedAttempt:
    """Give back minutes in which the page could not reach the server.

    lost: as the page counted them; at most the time since question `position` was opened (one
    clock: since the start) and since time was last given back is believed, so that a second
    click gives nothing. If the bell rang meanwhile, the question or the attempt opens again.
    Raises IllegalTransition where there is nothing to give back.
    """
    locked = lock(owner, attempt_id, now)
    bell = _bell_of(locked, position)
    if bell is None:
        raise IllegalTransition("there is no clock to give time back to")
    lost = min(lost, now - _last_sure_at(locked, position))
    if lost < timedelta(seconds=1):
        raise IllegalTransition("there is no lost time to give back")
    if bell + lost <= now:
        raise IllegalTransition("the time was up before the outage")
    move_bell(locked, position, bell + lost, AddedTime.Reason.OUTAGE, lost)
    return locked


def _last_sure_at(locked: LockedAttempt, position: int) -> datetime:
    """From when on time may have been lost to an outage that was not given back yet."""
    attempt, answer = locked.attempt, locked.answer_at(position)
    since = answer.opened_at if attempt.forward_only else attempt.started_at
    given_back = attempt.added_times.filter(reason=AddedTime.Reason.OUTAGE)
    return max([since, *given_back.values_list("added_at", flat=True)])


def _bell_of(locked: LockedAttempt, position: int) -> datetime | None:
    """When time is or was up for a question that is open, or that the clock has closed."""
    attempt, answer = locked.attempt, locked.answer_at(position)
    if attempt.finish_reason not in ("", "deadline"):
        return None
    if attempt.forward_only and answer.closed_by not in ("", ClosedBy.DEADLINE):
        return None
    return locked.bell_of(answer)


def move_bell(
    locked: LockedAttempt,
    position: int,
    bell: datetime,
    reason: str,
    amount: timedelta,
    note: str = "",
) -> None:
    """Let the bell ring at `bell`, reopening what it had closed, and record why."""
    attempt, answer = locked.attempt, locked.answer_at(position)
    if attempt.forward_only:
        questions = attempt.clock(locked.answers).questions
        apply_clocks(locked, lifecycle.rewind(questions, locked.answers.index(answer), bell))
    else:
        attempt.limit = bell - attempt.started_at
        if not attempt.is_running:
            open_again(locked, answer)
    _forget_the_old_bell(locked, position)
    run_again(locked, Event.EXTEND)
    record(locked, position, amount, reason, note)


def open_again(locked: LockedAttempt, current: Answer) -> None:
    """One clock: no answer is closed any more, and `current` lies open from now on."""
    for answer in locked.answers:
        answer.closed_at, answer.closed_by = None, ""
        answer.opened_at = locked.now if answer is current else None
        answer.save(update_fields=["closed_at", "closed_by", "opened_at"])


def run_again(locked: LockedAttempt, event: Event) -> None:
    """Let the attempt run by its new terms. Raises IllegalTransition where another one does."""
    attempt = locked.attempt
    attempt.state = lifecycle.next_state(attempt.state, event).value
    attempt.finished_at, attempt.finish_reason, attempt.score = None, "", None
    attempt.deadline_at = lifecycle.deadline_at(attempt.clock(locked.answers))
    changed = ["state", "finished_at", "finish_reason", "score"]
    terms = ["limit", "at_deadline", "deadline_at"]
    try:
        attempt.save(update_fields=[*changed, *terms])
    except IntegrityError:  # one running attempt for each owner
        raise IllegalTransition("its owner has another attempt running") from None


def record(
    locked: LockedAttempt, position: int, amount: timedelta, reason: str, note: str = ""
) -> None:
    """Remember what time was added, and why. position: with a clock each, to which question."""
    locked.attempt.added_times.create(
        position=position if locked.attempt.forward_only else None,
        amount=amount,
        reason=reason,
        note=note,
        added_at=locked.now,
    )


def _forget_the_old_bell(locked: LockedAttempt, position: int) -> None:
    """Overtime: what stood at the bell will be known when it rings."""
    for answer in locked.answers[position - 1 :] if locked.attempt.forward_only else locked.answers:
        if answer.text_at_deadline is not None:
            answer.text_at_deadline = None
            answer.save(update_fields=["text_at_deadline"])
