"""A guest's attempts move to an account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from attempts.models import Attempt, FinishReason
from attempts.owners import Owner
from attempts.rules.lifecycle import Event
from attempts.transitions.locked import (
    LockedAttempt,
    end,
    end_unscored,
    lock_rows,
    settle_locked,
)
from attempts.transitions.personal.belongings import move_belongings
from attempts.transitions.personal.turns import starts_alone


class TwoRunning(Exception):
    """Guest and account each have an attempt running, and it is not known which goes on."""


@dataclass(frozen=True)
class Choice:
    """Which of two running attempts goes on, and whether the other one is discarded or submitted
    as it is."""

    goes_on: UUID
    discards_other: bool


@transaction.atomic
def claim(guest_key: str, user: User, *, now: datetime, choice: Choice | None = None) -> int:
    """Move a guest's attempts to the account of the person who says that they are theirs.

    Returns how many moved. Raises TwoRunning, and changes nothing, if both have an attempt running
    after `now` is settled and the choice names neither; choice: needed then only.
    """
    guest, account = Owner(guest_key=guest_key), Owner(user_id=user.pk)
    starts_alone(guest)
    starts_alone(account)
    running, moving = _lock(guest, account)
    settled = [settle_locked(attempt, now) for attempt in running]
    _end_other([locked for locked in settled if locked.attempt.is_running], choice)
    try:
        for attempt in moving:
            if attempt.interview_id:
                earlier = Attempt.objects.owned_by(account).filter(interview=attempt.interview_id)
                attempt.number = earlier.count() + 1
            attempt.user, attempt.guest_key = user, ""
            attempt.save(update_fields=["number", "user", "guest_key"])
    except IntegrityError:  # another one runs again since we looked
        raise TwoRunning from None
    move_belongings(guest, account)
    return len(moving)


def _lock(guest: Owner, account: Owner) -> tuple[list[Attempt], list[Attempt]]:
    """What runs of both, and all of the guest's.

    What runs is locked before all others, so that nobody locks them the other way; and all of them
    before one is settled, because its end waits for whoever schedules: they have locked another.
    """
    of_both = Attempt.objects.filter(guest.condition() | account.condition())
    running = lock_rows(of_both.running().order_by("-started_at"))
    return running, lock_rows(Attempt.objects.owned_by(guest).order_by("started_at"))


def _end_other(running: list[LockedAttempt], choice: Choice | None) -> None:
    if len(running) < 2:
        return
    others = [locked for locked in running if not choice or locked.attempt.pk != choice.goes_on]
    if choice is None or len(others) == len(running):
        raise TwoRunning
    for locked in others:
        if choice.discards_other:
            end_unscored(locked, FinishReason.REPLACED)
        else:
            end(locked, Event.FINISH, locked.now, FinishReason.REPLACED)
