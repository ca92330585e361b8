"""Schedules for answers that were scored before there were schedules.

The sweep does it bit by bit, because replaying the answers of a large site takes longer than a
migration may, while the site is down. Doing it again changes nothing.
"""

import time
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from attempts.models import Answer, Attempt, AttemptQuerySet, Schedule, ScheduleCatchUp
from attempts.transitions.locked import lock_rows
from attempts.transitions.scheduling import reschedule
from quizsite.database.safely_each import safely_each

BATCH = 200
ROUND_SECONDS = 5
"""How long it may take in a round of the sweep, which has attempts to end as well."""


def catch_up_schedules(seconds: float = ROUND_SECONDS) -> int:
    """Schedule what was left out. Returns for how many owners. One statement when all is done.

    After so many seconds it begins no further batch; the next call goes on from there.
    """
    progress, _ = ScheduleCatchUp.objects.get_or_create(pk=1)
    until, owners = time.monotonic() + seconds, 0
    while not progress.is_done and time.monotonic() < until:
        owners += _next_batch(progress)
    return owners


def _next_batch(progress: ScheduleCatchUp) -> int:
    attempts = Attempt.objects.finished().order_by("pk")
    if progress.after is not None:
        attempts = attempts.filter(pk__gt=progress.after)
    ids = list(attempts.values_list("pk", flat=True)[:BATCH])
    left_out = _with_unscheduled(Attempt.objects.filter(pk__in=ids)).order_by("pk")
    owners = safely_each(_schedule_owner, list(left_out.values_list("pk", flat=True)))
    progress.after, progress.is_done = (ids[-1] if ids else progress.after), len(ids) < BATCH
    progress.save()
    return owners


@transaction.atomic
def _schedule_owner(attempt_id: UUID) -> bool:
    """Schedule all questions of the attempt's owner, who keeps it meanwhile.

    Whether there was something left to do: an earlier attempt has perhaps led to the same owner.
    """
    for attempt in lock_rows(_with_unscheduled(Attempt.objects.filter(pk=attempt_id))):
        mine = Answer.objects.reviews().filter(attempt.owner.condition("attempt__")).order_by()
        reschedule(attempt.owner, mine.values_list("version__question", flat=True).distinct())
        return True
    return False


def _with_unscheduled(attempts: AttemptQuerySet) -> AttemptQuerySet:
    """Those with an answer that counts, to a question without a schedule."""
    of_question = Schedule.objects.filter(question=OuterRef("version__question"))
    of_user = of_question.filter(user=OuterRef("attempt__user"))
    of_guest = of_question.exclude(guest_key="").filter(guest_key=OuterRef("attempt__guest_key"))
    answers = Answer.objects.reviews().filter(attempt=OuterRef("pk"))
    return attempts.filter(Exists(answers.filter(~Exists(of_user), ~Exists(of_guest))))
