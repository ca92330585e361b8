"""A guest's attempts move to the account that the guest opens."""

from datetime import datetime

from django.db import transaction

from attempts.models import Attempt, FinishReason
from attempts.owners import Owner
from attempts.rules.lifecycle import Event
from attempts.transitions.locked import bring_up_to_date, end


@transaction.atomic
def claim(guest_key: str, user, *, now: datetime) -> int:
    """Move a guest's attempts to the account that the guest has just opened or logged in to.

    Where both have an attempt running, the one started last goes on; the other one is finished
    as it stands. Returns how many attempts moved.
    """
    guest, account = Owner(guest_key=guest_key), Owner(user_id=user.pk)
    mine = Attempt.objects.filter(guest.condition() | account.condition())
    running = list(mine.running().select_for_update().order_by("-started_at"))
    locked_attempts = [bring_up_to_date(attempt, now) for attempt in running]
    still_running = [locked for locked in locked_attempts if locked.attempt.is_running]
    for locked in still_running[1:]:
        end(locked, Event.FINISH, now, FinishReason.REPLACED)
    moving = list(Attempt.objects.owned_by(guest).order_by("started_at").select_for_update())
    for attempt in moving:
        earlier = Attempt.objects.owned_by(account).filter(interview=attempt.interview_id)
        attempt.number = earlier.count() + 1
        attempt.user, attempt.guest_key = user, ""
        attempt.save(update_fields=["number", "user", "guest_key"])
    return len(moving)
