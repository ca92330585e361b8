"""What changes an attempt's clock: looking at it, more time, lost time given back."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from attempts.models import AddedTime, Answer, ClosedBy
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event, IllegalTransition
from attempts.transitions.locked import Desk, apply_steps, lock


@transaction.atomic
def look(owner: Owner, attempt_id, *, now: datetime) -> Desk:
    """Write down what the clock has done up to `now`. Any request may ask for it."""
    return lock(owner, attempt_id, now)


@transaction.atomic
def add_time(owner: Owner, attempt_id, position: int, *, now: datetime) -> Desk:
    """Five more minutes, shortly before the bell or a moment after it, as often as wanted.

    With a clock for each question they go to question `position`, which opens again if its time
    ran out a moment ago. Raises IllegalTransition at any other time.
    """
    desk = lock(owner, attempt_id, now)
    bell = _bell_of(desk, position)
    if not lifecycle.may_extend(bell, now, overtime=desk.attempt.has_overtime):
        raise IllegalTransition("time can be added in the last two minutes")
    new_bell = lifecycle.extended_bell(bell, now, lifecycle.EXTENSION)
    move_bell(desk, position, new_bell, AddedTime.Reason.ASKED, new_bell - bell)
    return desk


@transaction.atomic
def give_back_outage(
    owner: Owner, attempt_id, position: int, lost: timedelta, *, now: datetime
) -> Desk:
    """Give back minutes in which the page could not reach the server.

    lost: as the page counted them; at most the time since question `position` was opened (one
    clock: since the start) and since time was last given back is believed, so that a second
    click gives nothing. If the bell rang meanwhile, the question or the attempt opens again.
    Raises IllegalTransition where there is nothing to give back.
    """
    desk = lock(owner, attempt_id, now)
    bell = _bell_of(desk, position)
    if bell is None:
        raise IllegalTransition("there is no clock to give time back to")
    lost = min(lost, now - _last_sure_at(desk, position))
    if lost < timedelta(seconds=1):
        raise IllegalTransition("there is no lost time to give back")
    if bell + lost <= now:
        raise IllegalTransition("the time was up before the outage")
    move_bell(desk, position, bell + lost, AddedTime.Reason.OUTAGE, lost)
    return desk


def _last_sure_at(desk: Desk, position: int) -> datetime:
    """From when on time may have been lost to an outage that was not given back yet."""
    attempt, answer = desk.attempt, desk.answer_at(position)
    since = answer.opened_at if attempt.forward_only else attempt.started_at
    given_back = attempt.added_times.filter(reason=AddedTime.Reason.OUTAGE)
    return max([since, *given_back.values_list("added_at", flat=True)])


def _bell_of(desk: Desk, position: int) -> datetime | None:
    """When time is or was up for a question that is open, or that the clock has closed."""
    attempt, answer = desk.attempt, desk.answer_at(position)
    if attempt.finish_reason not in ("", "deadline"):
        return None
    if attempt.forward_only and answer.closed_by not in ("", ClosedBy.DEADLINE):
        return None
    return desk.bell_of(answer)


def move_bell(
    desk: Desk, position: int, bell: datetime, reason: str, amount: timedelta, note: str = ""
) -> None:
    """Let the bell ring at `bell`, reopening what it had closed, and record why."""
    attempt, answer = desk.attempt, desk.answer_at(position)
    if attempt.forward_only:
        steps = attempt.sitting(desk.answers).steps
        apply_steps(desk, lifecycle.rewind(steps, desk.answers.index(answer), bell))
    else:
        attempt.limit = bell - attempt.started_at
        if not attempt.is_running:
            open_again(desk, answer)
    _forget_the_old_bell(desk, position)
    run_again(desk, Event.EXTEND)
    record(desk, position, amount, reason, note)


def open_again(desk: Desk, current: Answer) -> None:
    """One clock: no answer is closed any more, and `current` lies open from now on."""
    for answer in desk.answers:
        answer.closed_at, answer.closed_by = None, ""
        answer.opened_at = desk.now if answer is current else None
        answer.save(update_fields=["closed_at", "closed_by", "opened_at"])


def run_again(desk: Desk, event: Event) -> None:
    """Let the attempt run by its new terms. Raises IllegalTransition where another one does."""
    attempt = desk.attempt
    attempt.state = lifecycle.next_state(attempt.state, event).value
    attempt.finished_at, attempt.finish_reason, attempt.score = None, "", None
    attempt.deadline_at = lifecycle.deadline_at(attempt.sitting(desk.answers))
    changed = ["state", "finished_at", "finish_reason", "score"]
    terms = ["limit", "at_deadline", "deadline_at"]
    try:
        attempt.save(update_fields=[*changed, *terms])
    except IntegrityError:  # one running attempt for each owner
        raise IllegalTransition("its owner has another attempt running") from None


def record(desk: Desk, position: int, amount: timedelta, reason: str, note: str = "") -> None:
    """Remember what time was added, and why. position: with a clock each, to which question."""
    desk.attempt.added_times.create(
        position=position if desk.attempt.forward_only else None,
        amount=amount,
        reason=reason,
        note=note,
        added_at=desk.now,
    )


def _forget_the_old_bell(desk: Desk, position: int) -> None:
    """Overtime: what stood at the bell will be known when it rings."""
    for answer in desk.answers[position - 1 :] if desk.attempt.forward_only else desk.answers:
        if answer.text_at_deadline is not None:
            answer.text_at_deadline = None
            answer.save(update_fields=["text_at_deadline"])
