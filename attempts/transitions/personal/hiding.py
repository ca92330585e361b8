"""Leaving an attempt out of its owner's list, and showing it there again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import Attempt
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions.locked import lock


@transaction.atomic
def hide(owner: Owner, attempt_id: UUID, is_hidden: bool, *, now: datetime) -> Attempt:
    """Store whether an attempt that has ended is left out of the list. Nothing else changes.

    Raises IllegalTransition while it runs, because it is in no list yet.
    """
    attempt = lock(owner, attempt_id, now).attempt
    if attempt.is_running:
        raise IllegalTransition("only an attempt that has ended can be hidden")
    attempt.is_hidden = is_hidden
    attempt.save(update_fields=["is_hidden"])
    return attempt
