"""When a question is due, in words. Pure."""

import math
from datetime import datetime, timedelta

_DAY = timedelta(days=1)


def due_in_words(due_at: datetime | None, now: datetime) -> str:
    """Such as "due now", "due within a day", "due in 12 days"; "" if nothing schedules it."""
    if due_at is None:
        return ""
    if due_at <= now:
        return "due now"
    days = math.ceil((due_at - now) / _DAY)
    return "due within a day" if days == 1 else f"due in {days} days"
