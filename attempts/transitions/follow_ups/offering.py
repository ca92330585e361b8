"""A practised question's follow-up is an offer: taken, or declined, or still on offer."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import Answer, Attempt
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event, IllegalTransition
from attempts.transitions.follow_ups.asking import append
from attempts.transitions.locked import LockedAttempt, apply_clocks, lock
from attempts.transitions.more_time import run_again


@transaction.atomic
def take_offer(owner: Owner, attempt_id: UUID, *, now: datetime) -> Attempt:
    """Ask the follow-up that is on offer. The attempt runs again, with that follow-up alone.

    Changes nothing if the attempt runs already. Raises IllegalTransition if nothing is on offer,
    or if the owner has another attempt running.
    """
    locked = lock(owner, attempt_id, now)
    if locked.attempt.is_running:
        return locked.attempt
    question = _offering(locked)
    lifecycle.next_state(locked.attempt.state, Event.REOPEN)
    if question is None or question.offered_point is None:
        raise IllegalTransition("no follow-up is on offer")
    asked = append(locked, question, question, question.offered_point)
    _open(locked, asked)
    run_again(locked, Event.REOPEN)
    return locked.attempt


def _open(locked: LockedAttempt, asked: Answer) -> None:
    clocks = list(locked.attempt.clock(locked.answers).questions)
    place = locked.answers.index(asked)
    clocks[place] = replace(clocks[place], opened_at=locked.now)
    apply_clocks(locked, clocks)


@transaction.atomic
def decline_offer(owner: Owner, attempt_id: UUID, *, now: datetime) -> Attempt:
    """Take the offer back. Changes nothing if there is none."""
    locked = lock(owner, attempt_id, now)
    question = _offering(locked)
    if question is not None:
        question.offered_point = None
        question.save(update_fields=["offered_point"])
    return locked.attempt


def _offering(locked: LockedAttempt) -> Answer | None:
    return next((a for a in locked.answers if a.offered_point is not None), None)
