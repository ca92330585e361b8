"""Ways an attempt ends: finished, discarded, or overdue."""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import Attempt, FinishReason
from attempts.owners import Owner
from attempts.rules.lifecycle import Event
from attempts.transitions.locked import end, end_unscored, lock, lock_each
from quizsite.database.lost_link import is_link_lost
from quizsite.database.safely_each import safely_each

AT_ONCE = 20
"""Attempts that the sweep ends in one transaction, so that their locks last a moment."""

logger = logging.getLogger(__name__)


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
    """End every attempt whose time is up. Returns how many ended.

    Some of them in each transaction, because so few statements serve many. If one of them fails,
    each has a transaction of its own. Locked attempts are skipped: another request handles them.
    """
    overdue = Attempt.objects.overdue(now).order_by("deadline_at").values_list("pk", flat=True)
    ids = list(overdue)
    return sum(_finish_some(ids[i : i + AT_ONCE], now) for i in range(0, len(ids), AT_ONCE))


def _finish_some(ids: Sequence[UUID], now: datetime) -> int:
    try:
        return _finish_overdue(ids, now)
    except Exception as error:
        if is_link_lost(error):
            raise
        logger.warning("Of %s attempts one can't end; each is tried alone now", len(ids))
    return safely_each(lambda one: _finish_overdue([one], now), ids)


@transaction.atomic
def _finish_overdue(ids: Sequence[UUID], now: datetime) -> int:
    """How many have ended. One that is locked has not, nor one in overtime."""
    overdue = Attempt.objects.overdue(now).filter(pk__in=ids).order_by("pk")
    settled = lock_each(overdue, now, skip_locked=True)
    return sum(not locked.attempt.is_running for locked in settled)
