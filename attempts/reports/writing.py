"""Reports of wrong questions: candidates send them, editors answer them. Writes them all."""

from datetime import datetime, timedelta

from django.db import transaction

from attempts.models import Answer, Attempt, Report
from attempts.owners import Owner

MOST_A_DAY = 20
"""Reports by one owner within 24 hours: more than anybody means, and few enough to read."""


class TooMany(Exception):
    """The owner has sent MOST_A_DAY within 24 hours."""


@transaction.atomic
def report(
    owner: Owner, attempt_id, position: int, reason: str, text: str, *, now: datetime
) -> Report:
    """Say that a question of an attempt that has ended is wrong.

    The answer is locked, so that pressing twice sends one report: while one is open, that one
    comes back. Raises Answer.DoesNotExist for what is not the owner's or still running, TooMany.
    """
    mine = Answer.objects.filter(attempt__in=Attempt.objects.owned_by(owner))
    ended = mine.filter(attempt=attempt_id).exclude(attempt__in=Attempt.objects.running())
    answer = ended.select_for_update().get(position=position)
    if there := Report.objects.open().filter(answer=answer).first():
        return there
    yesterday = now - timedelta(days=1)
    if Report.objects.owned_by(owner).filter(reported_at__gt=yesterday).count() >= MOST_A_DAY:
        raise TooMany
    return Report.objects.create(answer=answer, reason=reason, text=text, reported_at=now)


def handle(handled: Report, editor, *, now: datetime) -> None:
    """Store an editor's decision (status and reply, set by the form): by whom and when."""
    handled.handled_by, handled.handled_at = editor, now
    handled.save(update_fields=["status", "reply", "handled_by", "handled_at"])
