"""When a question is due again, in words. Pure."""

from datetime import UTC, datetime

_MANY_DAYS = 60


def due_in_words(due_at: datetime | None, now: datetime) -> str:
    """ "due now", "due again in 3 days"; due_at as attempts.rules.recall.due.next_due has it.

    Days are those of UTC, as everywhere: what is due later today is due again today.
    """
    if due_at is None:
        return "not due again before your interview"
    if due_at <= now:
        return "due now"
    days = due_at.astimezone(UTC).toordinal() - now.astimezone(UTC).toordinal()
    if days < 2:
        return "due again tomorrow" if days else "due again later today"
    if days < _MANY_DAYS:
        return f"due again in {days} days"
    return f"due again in about {round(days / 30)} months"
