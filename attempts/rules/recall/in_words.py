"""When a question is due again, in words. Pure."""

from datetime import UTC, datetime

_MANY_DAYS = 60


def due_in_words(due_at: datetime | None, now: datetime) -> str:
    """ "due today", "due again in 3 days"; due_at as attempts.rules.recall.due.next_due has it.

    Days are those of UTC. What has been due for longer is due today.
    """
    if due_at is None:
        return "not due again before your interview"
    days = due_at.astimezone(UTC).toordinal() - now.astimezone(UTC).toordinal()
    if days <= 0:
        return "due today"
    if days == 1:
        return "due again tomorrow"
    if days < _MANY_DAYS:
        return f"due again in {days} days"
    return f"due again in about {round(days / 30)} months"
