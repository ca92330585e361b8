"""When a question is due, in words. Pure."""

from datetime import UTC, datetime

from attempts.rules.recall.due import day_after


def due_in_words(due_at: datetime | None, now: datetime) -> str:
    """Such as "due today", "due tomorrow", "due in 12 days"; "" if it is not due again.

    Days begin at midnight UTC. What has been due for long is due today.
    """
    if due_at is None:
        return ""
    if due_at < day_after(now):
        return "due today"
    days = (due_at.astimezone(UTC).date() - now.astimezone(UTC).date()).days
    return "due tomorrow" if days == 1 else f"due in {days} days"
