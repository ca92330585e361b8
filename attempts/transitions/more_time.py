"""What changes an attempt's clock: settling it, more time, lost time given back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from attempts.models import AddedTime, Answer, ClosedBy, FinishReason
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event, IllegalTransition
from attempts.rules.reopening import rewind
from attempts.transitions.locked import LockedAttempt, apply_clocks, lock
from attempts.transitions.scheduling import schedule_questions


@transaction.atomic
def settle(owner: Owner, attempt_id: UUID, *, now: datetime) -> LockedAttempt:
    """Write down what the clock has done to an attempt up to `now`."""
    return lock(owner, attempt_id, now)


@transaction.atomic
def add_time(owner: Owner, attempt_id: UUID, position: int, *, now: datetime) -> LockedAttempt:
    """Five more minutes, shortly before the bell or until a minute after it, as often as wanted.

    With per-question timing, question `position` gets them; it opens again if its time has just
    run out. After the end only the last question does, because the result shows all of them.
    Raises IllegalTransition at any other time.
    """
    locked = lock(owner, attempt_id, now)
    bell = _movable_bell(locked, position)
    if not locked.attempt.is_running and _is_followed_by_opened(locked, position):
        raise IllegalTransition("after the end only the last question gets more time")
    overtime = locked.attempt.has_overtime
    if bell is None or not lifecycle.may_extend(bell, now, overtime=overtime):
        raise IllegalTransition("time can be added in the last two minutes")
    new_bell = lifecycle.extended_bell(bell, now, lifecycle.EXTENSION)
    move_bell(locked, position, new_bell, AddedTime.Reason.ASKED, new_bell - bell)
    return locked


@transaction.atomic
def give_back_outage(
    owner: Owner, attempt_id: UUID, position: int, lost: timedelta, *, now: datetime
) -> LockedAttempt:
    """Give back minutes in which the page could not reach the server.

    lost: as the page counted them. They can be no more than the time since question `position` was
    opened (with one clock for all: since the start), and since time was last given back, so that
    a second click gives nothing. If the bell rang meanwhile, the question or the attempt opens
    again. Raises IllegalTransition if there is nothing to give back.
    """
    locked = lock(owner, attempt_id, now)
    bell = _movable_bell(locked, position)
    if bell is None:
        raise IllegalTransition("there is no clock to give time back to")
    lost = min(lost, now - _last_certain_at(locked, position))
    if lost < timedelta(seconds=1):
        raise IllegalTransition("there is no lost time to give back")
    if bell + lost <= now:
        raise IllegalTransition("the time was up before the outage")
    move_bell(locked, position, bell + lost, AddedTime.Reason.OUTAGE, lost)
    return locked


def _last_certain_at(locked: LockedAttempt, position: int) -> datetime:
    """No time before this instant can be given back: it was not lost, or was given back already.

    Who has seen a later question had reached the site.
    """
    attempt, opened_at = locked.attempt, locked.answer_at(position).opened_at
    since = opened_at if attempt.forward_only and opened_at else attempt.started_at
    given_back = attempt.added_times.filter(reason=AddedTime.Reason.OUTAGE)
    shown = [a.shown_at for a in locked.answers if a.position > position and a.shown_at]
    return max([since, *shown, *given_back.values_list("added_at", flat=True)])


def _movable_bell(locked: LockedAttempt, position: int) -> datetime | None:
    """The bell of a question that is open or was closed by the clock; None if it cannot move.

    It cannot once the candidate has submitted or skipped it, or one that came after it.
    """
    attempt, answer = locked.attempt, locked.answer_at(position)
    if attempt.finish_reason not in ("", FinishReason.DEADLINE):
        return None
    from_here_on = locked.answers[locked.answers.index(answer) :] if attempt.forward_only else []
    if any(each.closed_by not in ("", ClosedBy.DEADLINE) for each in from_here_on):
        return None
    return answer.bell_at


def _is_followed_by_opened(locked: LockedAttempt, position: int) -> bool:
    """Whether a later question was opened (per-question timing only)."""
    later = [answer for answer in locked.answers if answer.position > position]
    return locked.attempt.forward_only and any(answer.opened_at for answer in later)


def move_bell(
    locked: LockedAttempt,
    position: int,
    bell: datetime,
    reason: str,
    amount: timedelta,
    note: str = "",
) -> None:
    """Let the bell ring at `bell`: reopen what the old bell had closed, and record why."""
    attempt, answer = locked.attempt, locked.answer_at(position)
    if attempt.forward_only:
        questions = attempt.clock(locked.answers).questions
        apply_clocks(locked, rewind(questions, locked.answers.index(answer), bell, locked.now))
    else:
        attempt.limit = bell - attempt.started_at
        if not attempt.is_running:
            reopen_answers(locked, answer)
    _forget_texts_at_bell(locked, position)
    run_again(locked, Event.EXTEND)
    record_added_time(locked, position, amount, reason, note)


def reopen_answers(locked: LockedAttempt, current: Answer) -> None:
    """One clock for all: no answer is closed any more, and `current` is open from now on."""
    for answer in locked.answers:
        answer.closed_at, answer.closed_by = None, ""
        answer.opened_at = locked.now if answer is current else None
        answer.save(update_fields=["closed_at", "closed_by", "opened_at"])


def run_again(locked: LockedAttempt, event: Event) -> None:
    """Let the attempt run again, and no longer hidden. What it offered was for its end.

    Raises IllegalTransition if the owner has another one running.
    """
    attempt = locked.attempt
    attempt.state = lifecycle.next_state(attempt.state, event).value
    attempt.finished_at, attempt.finish_reason, attempt.ended_in = None, "", ""
    attempt.score, attempt.is_hidden = None, False
    attempt.deadline_at = lifecycle.deadline_at(attempt.clock(locked.answers))
    changed = ["state", "finished_at", "finish_reason", "ended_in", "score", "is_hidden"]
    terms = ["limit", "at_deadline", "deadline_at"]
    try:
        attempt.save(update_fields=[*changed, *terms])
    except IntegrityError:  # the database allows one running attempt for each owner
        raise IllegalTransition("its owner has another attempt running") from None
    for answer in locked.answers:
        if answer.offered_point is not None:
            answer.offered_point = None
            answer.save(update_fields=["offered_point"])
    schedule_questions(attempt, locked.answers)  # what is open again does not count


def record_added_time(
    locked: LockedAttempt, position: int, amount: timedelta, reason: str, note: str = ""
) -> None:
    """Store what time was added, and why. position: unused with one clock for all."""
    locked.attempt.added_times.create(
        position=position if locked.attempt.forward_only else None,
        amount=amount,
        reason=reason,
        note=note,
        added_at=locked.now,
    )


def _forget_texts_at_bell(locked: LockedAttempt, position: int) -> None:
    """Overtime: forget the texts at the old bell, because the new bell keeps its own."""
    for answer in locked.answers:
        is_due_again = answer.position >= position or not locked.attempt.forward_only
        if is_due_again and answer.text_at_deadline is not None:
            answer.text_at_deadline = None
            answer.save(update_fields=["text_at_deadline"])
