"""When a question is due, in words. Pure."""

from datetime import UTC, datetime

_MANY_DAYS = 60


def when_due(due_at: datetime | None, now: datetime) -> str:
    """ "today", "in 3 days"; due_at as attempts.rules.recall.due.next_due has it.

    Days are those of UTC. What has been due for longer is due today.
    """
    if due_at is None:
        return "not before your interview"
    days = due_at.astimezone(UTC).toordinal() - now.astimezone(UTC).toordinal()
    if days <= 0:
        return "today"
    if days == 1:
        return "tomorrow"
    return f"in {days} days" if days < _MANY_DAYS else f"in about {round(days / 30)} months"


def due_in_words(due_at: datetime | None, now: datetime) -> str:
    """ "due today", "due in 3 days", "not due before your interview"."""
    return "not due before your interview" if due_at is None else f"due {when_due(due_at, now)}"
