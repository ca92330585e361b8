"""Practising: one question after another, each in an attempt of its own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import Attempt, Practice
from attempts.owners import Owner
from attempts.transitions.starting import Pace, Terms, start_on
from questions.models import Question, Timing


def practise(
    owner: Owner,
    source: Practice.Source,
    title: str,
    question_ids: Sequence[int],
    *,
    has_clock: bool = True,
    now: datetime,
) -> Practice:
    """A practice of these questions, in this order; none is asked yet. Raises ValueError
    without any.

    has_clock: whether each question has its usual time, or no limit.
    """
    if not question_ids:
        raise ValueError("a practice needs at least one question")
    return Practice.objects.create(
        user_id=owner.user_id,
        guest_key=owner.guest_key,
        source=source.value,
        title=title,
        question_ids=list(dict.fromkeys(question_ids)),
        has_clock=has_clock,
        created_at=now,
    )


@transaction.atomic
def ask_next(owner: Owner, practice_id: UUID, *, now: datetime) -> Attempt | None:
    """The attempt that asks the next question of a practice; None if all were asked.

    If the owner has an attempt running, it is that one, whatever it belongs to. Questions that
    are not published any more are left out. Raises Practice.DoesNotExist if it is not theirs.
    """
    mine = Practice.objects.owned_by(owner).select_for_update()
    practice = mine.get(pk=practice_id)
    question = next_question(practice)
    if question is None:
        return Attempt.objects.owned_by(owner).running().first()
    terms = Terms(
        title=practice.title,
        timing=Timing.PER_QUESTION.value,
        questions=[(question, question.seconds)],
        number=1 + practice.question_ids.index(question.pk),
        practice=practice,
    )
    pace = Pace() if practice.has_clock else Pace(time_factor=None)
    return start_on(owner, lambda: terms, pace, now=now, seed=0)


def next_question(practice: Practice) -> Question | None:
    """The first question of a practice that it has not asked yet and that is still published."""
    asked = Attempt.objects.filter(practice=practice).values("answers__version__question")
    left = Question.objects.published().filter(pk__in=practice.question_ids).exclude(pk__in=asked)
    found = {q.pk: q for q in left.select_related("current_version").defer("phrasings")}
    return next((found[pk] for pk in practice.question_ids if pk in found), None)
