"""Scoring by the candidate: which key points an answer made."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from attempts import totals
from attempts.lifecycle import IllegalTransition
from attempts.models import Answer
from attempts.owners import Owner
from attempts.transitions.desk import Desk, lock, rescore


@transaction.atomic
def mark(
    owner: Owner, attempt_id, position: int, ticks: Sequence[bool], *, now: datetime
) -> tuple[Desk, Answer]:
    """Set which key points the candidate finds in an answer, and what follows for the score.

    ticks: shape (number of key points of the version asked,); any other length raises ValueError.
    Raises IllegalTransition unless the attempt is finished and the question was answered.
    """
    desk = lock(owner, attempt_id, now)
    answer = desk.answer_at(position)
    if not desk.attempt.is_finished or not answer.is_answered:
        raise IllegalTransition("only an answer of a finished attempt can be marked")
    if len(ticks) != len(answer.version.key_points):
        raise ValueError("one tick for each key point, please")
    answer.confirmed, answer.share = list(ticks), totals.share(ticks)
    answer.save(update_fields=["confirmed", "share"])
    rescore(desk)
    desk.attempt.save(update_fields=["score"])
    return desk, answer
