"""Ways an attempt ends, and whose it is then."""

from datetime import datetime
from functools import partial

from django.db import transaction

from attempts.models import Attempt, FinishReason
from attempts.owners import Owner
from attempts.rules.lifecycle import Event
from attempts.transitions.locked import bring_up_to_date, end, lock, throw_away
from quizsite.database.safely_each import one_by_one


@transaction.atomic
def finish(owner: Owner, attempt_id, *, now: datetime) -> Attempt:
    """End an attempt: submitted before its deadline; from the deadline on it has expired by then.

    Finishing what has ended already changes nothing.
    """
    desk = lock(owner, attempt_id, now)
    if desk.attempt.is_running:
        end(desk, Event.FINISH, now, FinishReason.SUBMITTED)
    return desk.attempt


@transaction.atomic
def discard(owner: Owner, attempt_id, *, now: datetime) -> Attempt:
    """Throw a running attempt away. Its texts stay readable for the owner, and unscored."""
    desk = lock(owner, attempt_id, now)
    throw_away(desk)
    return desk.attempt


def finish_overdue(*, now: datetime) -> int:
    """End every attempt whose time is up, each in its own transaction. Returns how many ended.

    Attempts that somebody else has locked are in good hands and are passed over.
    """
    overdue = Attempt.objects.overdue(now).order_by("deadline_at").values_list("pk", flat=True)
    return one_by_one(partial(_finish_overdue, now=now), list(overdue))


@transaction.atomic
def _finish_overdue(attempt_id, *, now: datetime) -> bool:
    overdue = Attempt.objects.overdue(now).filter(pk=attempt_id)
    attempt = overdue.select_for_update(skip_locked=True).first()
    return attempt is not None and not bring_up_to_date(attempt, now).attempt.is_running


@transaction.atomic
def claim(guest_key: str, user, *, now: datetime) -> int:
    """Move a guest's attempts to the account that the guest has just opened or logged in to.

    Where both have an attempt running, the one started last goes on; the other one is finished
    as it stands. Returns how many attempts moved.
    """
    guest, account = Owner(guest_key=guest_key), Owner(user_id=user.pk)
    mine = Attempt.objects.filter(guest.condition() | account.condition())
    running = list(mine.running().select_for_update().order_by("-started_at"))
    desks = [bring_up_to_date(attempt, now) for attempt in running]
    still_running = [desk for desk in desks if desk.attempt.is_running]
    for desk in still_running[1:]:
        end(desk, Event.FINISH, now, FinishReason.REPLACED)
    moving = list(Attempt.objects.owned_by(guest).order_by("started_at").select_for_update())
    for attempt in moving:
        earlier = Attempt.objects.owned_by(account).filter(interview=attempt.interview_id)
        attempt.number = earlier.count() + 1
        attempt.user, attempt.guest_key = user, ""
        attempt.save(update_fields=["number", "user", "guest_key"])
    return len(moving)
