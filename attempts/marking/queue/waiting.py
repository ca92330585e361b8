"""What waits to be read, and whether somebody is there to read it."""

import threading
import time
from datetime import timedelta
from uuid import UUID

from django.db.models import DateTimeField
from django.db.models.expressions import RawSQL

from attempts.models import Answer, ScorerSeen
from quizsite.clock import ARRIVAL

ALIVE_SECONDS = 30
"""A process that makes suggestions says more often than that that it is there."""
LOOK_EVERY = 0.05
MOST_WAITING = 2
"""Requests of one process that wait at a time; the others show what there is."""

_NOW = RawSQL(ARRIVAL, (), output_field=DateTimeField())  # noqa: S611 - a constant
_waiting = threading.BoundedSemaphore(MOST_WAITING)


def say_seen() -> None:
    """A process that makes suggestions is there."""
    ScorerSeen.objects.update_or_create(pk=ScorerSeen.ONLY, defaults={"seen_at": _NOW})


def say_gone() -> None:
    """This process ends. Others that are still there say so within seconds."""
    ScorerSeen.objects.all().delete()


def is_scorer_alive(seconds: float = ALIVE_SECONDS) -> bool:
    """Whether a process that makes suggestions was there within so many seconds."""
    recent = _NOW - timedelta(seconds=seconds)
    return ScorerSeen.objects.filter(seen_at__gt=recent).exists()


def wait_for_suggestions(attempt_id: UUID, seconds: float) -> bool:
    """Wait until no answer of an attempt awaits a suggestion. Returns whether it waited for any.

    At most so many seconds, and not at all where MOST_WAITING others of this process wait.
    """
    left = Answer.objects.awaiting_suggestion().filter(attempt=attempt_id)
    if not _waiting.acquire(blocking=False):
        return False
    try:
        until = time.monotonic() + seconds
        while left.exists() and time.monotonic() < until:
            time.sleep(LOOK_EVERY)
    finally:
        _waiting.release()
    return True
