"""Which process reads an answer. Each process claims one at a time, for a short while.

A claim is a row with an end. It needs no lock that lasts, and no connection that stays, so it works
through a pooler, and over when its process is gone.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, Exists, OuterRef
from django.db.models.expressions import RawSQL

from attempts.models import Answer, AnswerQuerySet, ScorerClaim
from quizsite.clock import ARRIVAL

HOLDS_SECONDS = 30
"""How long an answer is one process's: after that it is free, because the process may be gone."""
RESTS_SECONDS = 60
"""How long an answer that failed is left alone."""
CHANGED_SECONDS = 1
"""How long one is left alone whose text has changed while it was read."""
MOST_DOUBLINGS = 6
RECENTLY = timedelta(hours=1)

_NOW = RawSQL(ARRIVAL, (), output_field=DateTimeField())  # noqa: S611 - a constant

_TAKE = """
    WITH next (id) AS ({next}),
    claim AS (
        INSERT INTO {claims} AS held (answer_id, until, tries)
        SELECT id, {now} + make_interval(secs => %s), 1 FROM next
        ON CONFLICT (answer_id) DO UPDATE
        SET until = {now} + make_interval(secs => %s * 2 ^ least(held.tries, {most})),
            tries = held.tries + 1
        WHERE held.until <= {now}
        RETURNING answer_id
    )
    SELECT claim.answer_id FROM next LEFT JOIN claim ON claim.answer_id = next.id
"""


def claim(*, newest: bool, recent: bool = True) -> int | None:
    """The id of an answer that is this process's now; None where nothing waits.

    newest: the one that was closed last, else the one that has waited longest. recent: only among
    those closed within the last hour, which costs the same however many attempts there are.
    """
    while (row := _take(newest, recent)) is not None:
        if row[0] is not None:  # else another process was quicker
            return int(row[0])
    return None


def _take(newest: bool, recent: bool) -> tuple[int | None] | None:
    sql, parameters = _statement(newest, recent)
    seconds = holds_seconds()
    with connection.cursor() as cursor:
        cursor.execute(sql, (*parameters, seconds, seconds))
        row: tuple[int | None] | None = cursor.fetchone()
    return row


@cache
def _statement(newest: bool, recent: bool) -> tuple[str, Sequence[str | int]]:
    """SQL and the parameters before the two of how long a claim lasts."""
    free = free_answers()
    if recent:
        free = free.filter(closed_at__gt=_NOW - RECENTLY)
    order = "-closed_at" if newest else "closed_at"
    one, parameters = free.order_by(order).values("pk")[:1].query.sql_with_params()
    claims = ScorerClaim._meta.db_table
    take = _TAKE.format(next=one, claims=claims, now=ARRIVAL, most=MOST_DOUBLINGS)
    return take, parameters


def free_answers() -> AnswerQuerySet:
    """Those that await a suggestion, and nobody has them."""
    held = ScorerClaim.objects.filter(answer_id=OuterRef("pk"), until__gt=_NOW)
    return Answer.objects.awaiting_suggestion().filter(~Exists(held))


def holds_seconds() -> float:
    """How long an answer is one process's. A server takes its time for a reply."""
    return HOLDS_SECONDS + (settings.SCORER.seconds if settings.SCORER else 0)


def release(answer_ids: Iterable[int]) -> None:
    """They are done, or free for any process."""
    ScorerClaim.objects.filter(answer_id__in=list(answer_ids)).delete()


def put_off(answer_id: int, seconds: float = RESTS_SECONDS) -> None:
    """Nobody tries it for so long, and twice as long after each further time, so that an answer
    that cannot be read keeps no others waiting.
    """
    rest = f"{ARRIVAL} + make_interval(secs => %s * 2 ^ least(tries - 1, %s))"
    until = RawSQL(rest, (seconds, MOST_DOUBLINGS))  # noqa: S611 - constants
    ScorerClaim.objects.filter(answer_id=answer_id).update(until=until)


def forget_old() -> None:
    """Delete the claims that have been over for a day: most are of answers that were deleted."""
    ScorerClaim.objects.filter(until__lt=_NOW - timedelta(days=1)).delete()
