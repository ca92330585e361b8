"""A guest's attempts move to the account that the guest opens."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from attempts.models import Attempt, FinishReason
from attempts.owners import Owner
from attempts.rules.lifecycle import Event
from attempts.transitions.locked import end, lock_each, lock_rows


@transaction.atomic
def claim(guest_key: str, user: User, *, now: datetime) -> int:
    """Move a guest's attempts to the account that the guest has just opened or logged in to.

    If both have an attempt running, the one started last goes on, and the other one is finished
    as it is. Returns how many attempts moved.
    """
    guest, account = Owner(guest_key=guest_key), Owner(user_id=user.pk)
    of_both = Attempt.objects.filter(guest.condition() | account.condition())
    newest_first = lock_each(of_both.running().order_by("-started_at"), now)
    running = [locked for locked in newest_first if locked.attempt.is_running]
    for locked in running[1:]:
        end(locked, Event.FINISH, now, FinishReason.REPLACED)
    moving = lock_rows(Attempt.objects.owned_by(guest).order_by("started_at"))
    for attempt in moving:
        earlier = Attempt.objects.owned_by(account).filter(interview=attempt.interview_id)
        attempt.number = earlier.count() + 1
        attempt.user, attempt.guest_key = user, ""
        attempt.save(update_fields=["number", "user", "guest_key"])
    return len(moving)
