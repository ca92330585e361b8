"""Flagging a question."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event
from attempts.transitions.locked import LockedAttempt, lock


@transaction.atomic
def flag(
    owner: Owner, attempt_id: UUID, position: int, flagged: bool, *, now: datetime
) -> LockedAttempt:
    """Flag a question to come back to, or remove the flag; only while the attempt runs."""
    locked = lock(owner, attempt_id, now)
    lifecycle.next_state(locked.attempt.state, Event.SAVE)
    answer = locked.answer_at(position)
    answer.flagged = flagged
    answer.save(update_fields=["flagged"])
    return locked
