"""Deleting attempts, one or all of an owner's, with everything that belongs to them.

Whoever adds a row to an attempt locks the attempt or the answer first; so both are locked here, and
no row can be added to what is being deleted.
"""

from uuid import UUID

from django.db import transaction

from attempts.models import Answer, Attempt, AttemptQuerySet
from attempts.owners import Owner
from attempts.transitions.locked import lock_row, lock_rows
from attempts.transitions.personal.belongings import forget_belongings
from attempts.transitions.personal.turns import starts_alone
from attempts.transitions.scheduling import reschedule


@transaction.atomic
def delete(owner: Owner, attempt_id: UUID) -> None:
    """Delete an attempt, whatever its state. Its questions are due as the other answers say.

    Raises Attempt.DoesNotExist if it is not theirs.
    """
    attempt = lock_row(Attempt.objects.owned_by(owner).filter(pk=attempt_id))
    answers = Answer.objects.filter(attempt=attempt).order_by("position")
    asked = answers.select_for_update(of=["self"]).values_list("version__question", flat=True)
    question_ids = list(asked)
    attempt.delete()
    reschedule(owner, question_ids)


@transaction.atomic
def delete_all(owner: Owner) -> list[UUID]:
    """Delete the owner's attempts, and what they have beside them. Returns the ids of the attempts,
    newest first.
    """
    starts_alone(owner)
    attempts = Attempt.objects.owned_by(owner)
    lock_rows(attempts.running().order_by("-started_at"))  # first, as claim() does
    ids = _lock_all(attempts.order_by("-started_at"))
    Attempt.objects.filter(pk__in=ids).delete()
    forget_belongings(owner)
    return ids


def _lock_all(attempts: AttemptQuerySet) -> list[UUID]:
    ids = list(attempts.select_for_update().values_list("pk", flat=True))
    answers = Answer.objects.filter(attempt__in=ids).order_by("pk")
    list(answers.select_for_update().values_list("pk", flat=True))
    return ids
