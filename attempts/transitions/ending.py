"""Ways an attempt ends: finished, discarded, or overdue."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from attempts.models import Attempt, FinishReason
from attempts.owners import Owner
from attempts.rules.lifecycle import Event
from attempts.transitions.locked import end, end_unscored, lock, lock_each
from quizsite.database.safely_each import safely_each


@transaction.atomic
def finish(owner: Owner, attempt_id: UUID, *, now: datetime, window: str = "") -> Attempt:
    """Submit a running attempt. From its deadline on it has expired instead.

    Changes nothing if the attempt has ended already. window: in which its owner does so.
    """
    locked = lock(owner, attempt_id, now)
    if locked.attempt.is_running:
        end(locked, Event.FINISH, now, FinishReason.SUBMITTED, window=window)
    return locked.attempt


@transaction.atomic
def discard(owner: Owner, attempt_id: UUID, *, now: datetime, window: str = "") -> Attempt:
    """Discard a running attempt. It gets no score; its owner can still read its texts.

    window: in which its owner does so.
    """
    locked = lock(owner, attempt_id, now)
    end_unscored(locked, window=window)
    return locked.attempt


def finish_overdue(*, now: datetime) -> int:
    """End every attempt whose time is up, each in its own transaction. Returns how many ended.

    Locked attempts are skipped: another request is handling them.
    """
    overdue = Attempt.objects.overdue(now).order_by("deadline_at").values_list("pk", flat=True)
    return safely_each(partial(_finish_overdue, now=now), list(overdue))


@transaction.atomic
def _finish_overdue(attempt_id: UUID, *, now: datetime) -> bool:
    """Whether it has ended. It has not if it is locked, or in overtime."""
    overdue = Attempt.objects.overdue(now).filter(pk=attempt_id)
    settled = lock_each(overdue, now, skip_locked=True)
    return any(not locked.attempt.is_running for locked in settled)
