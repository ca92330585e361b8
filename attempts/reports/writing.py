"""The only writer of reports: candidates send them, editors answer them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction

from attempts.models import Answer, Attempt, Report
from attempts.owners import Owner

MOST_A_DAY = 20
"""Reports by one owner within 24 hours: more than anybody needs, and few enough to read."""


class TooManyReports(Exception):
    """The owner has sent MOST_A_DAY reports within 24 hours."""


@transaction.atomic
def report(
    owner: Owner, attempt_id: UUID, position: int, reason: str, text: str, *, now: datetime
) -> Report:
    """Store a report on a question of an attempt that has ended, or return the open one.

    Locks the answer, so that pressing twice sends one report, and counts the owner's reports one
    request at a time, so that many at once do not pass the bound. Raises Answer.DoesNotExist if the
    attempt is not the owner's or still runs, and TooManyReports.
    """
    owned = Answer.objects.filter(attempt__in=Attempt.objects.owned_by(owner))
    ended = owned.filter(attempt=attempt_id).exclude(attempt__in=Attempt.objects.running())
    answer = ended.select_for_update().get(position=position)
    if open_report := Report.objects.open().filter(answer=answer).first():
        return open_report
    _count_in_turn(owner)
    yesterday = now - timedelta(days=1)
    if Report.objects.owned_by(owner).filter(reported_at__gt=yesterday).count() >= MOST_A_DAY:
        raise TooManyReports
    return Report.objects.create(answer=answer, reason=reason, text=text, reported_at=now)


def _count_in_turn(owner: Owner) -> None:
    """Until the transaction ends, no other request counts the reports of this owner."""
    with connection.cursor() as cursor:
        key = "reports of {}:{}".format(*owner.column)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def handle(handled: Report, editor: User, *, now: datetime) -> None:
    """Store an editor's decision (status and reply, set by the form): by whom and when."""
    handled.handled_by, handled.handled_at = editor, now
    handled.save(update_fields=["status", "reply", "handled_by", "handled_at"])
