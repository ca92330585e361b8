"""Ways an attempt ends: finished, discarded, or overdue."""

from datetime import datetime
from functools import partial

from django.db import transaction

from attempts.models import Attempt, FinishReason
from attempts.owners import Owner
from attempts.rules.lifecycle import Event
from attempts.transitions.locked import bring_up_to_date, end, lock, throw_away
from quizsite.database.safely_each import safely_each


@transaction.atomic
def finish(owner: Owner, attempt_id, *, now: datetime) -> Attempt:
    """End an attempt: submitted before its deadline; from the deadline on it has expired by then.

    Finishing what has ended already changes nothing.
    """
    locked = lock(owner, attempt_id, now)
    if locked.attempt.is_running:
        end(locked, Event.FINISH, now, FinishReason.SUBMITTED)
    return locked.attempt


@transaction.atomic
def discard(owner: Owner, attempt_id, *, now: datetime) -> Attempt:
    """Throw a running attempt away. Its texts stay readable for the owner, and unscored."""
    locked = lock(owner, attempt_id, now)
    throw_away(locked)
    return locked.attempt


def finish_overdue(*, now: datetime) -> int:
    """End every attempt whose time is up, each in its own transaction. Returns how many ended.

    Attempts that somebody else has locked are in good hands and are passed over.
    """
    overdue = Attempt.objects.overdue(now).order_by("deadline_at").values_list("pk", flat=True)
    return safely_each(partial(_finish_overdue, now=now), list(overdue))


@transaction.atomic
def _finish_overdue(attempt_id, *, now: datetime) -> bool:
    overdue = Attempt.objects.overdue(now).filter(pk=attempt_id)
    attempt = overdue.select_for_update(skip_locked=True).first()
    return attempt is not None and not bring_up_to_date(attempt, now).attempt.is_running
