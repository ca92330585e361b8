"""How sure a candidate is of an answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions.locked import lock


@transaction.atomic
def say_sureness(
    owner: Owner, attempt_id: UUID, position: int, sureness: int | None, *, now: datetime
) -> None:
    """Store how sure its candidate is of an answer; None: they say nothing.

    While its text can be written and has no score, so that nobody says it after the result. Else
    raises IllegalTransition.
    """
    locked = lock(owner, attempt_id, now)
    answer = locked.answer_at(position)
    if not answer.may_say_sureness:
        raise IllegalTransition("it is said before the answer is closed and scored")
    answer.sureness = sureness
    answer.save(update_fields=["sureness"])
