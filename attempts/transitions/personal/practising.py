"""Practising: one question after another, each in an attempt of its own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from attempts.models import Attempt, Practice
from attempts.owners import Owner
from attempts.transitions.personal.turns import starts_alone
from attempts.transitions.starting import Pace, Terms, running_attempt, start_on
from questions.models import Question, Timing

MOST_A_DAY = 200
"""Practices of one owner within a day: more than anybody can answer, and no table full of them."""

FOLLOW_UPS = 1
"""A practised question may have one follow-up, which is offered."""

UNUSED_FOR = timedelta(days=1)
"""A practice that never asked anything is deleted when its owner makes one after this time."""


class TooMany(Exception):
    """The owner has made so many practices that there are no more for today."""


@transaction.atomic
def start_practice(
    owner: Owner,
    source: Practice.Source,
    title: str,
    question_ids: Sequence[int],
    pace: Pace,
    *,
    now: datetime,
) -> Attempt | None:
    """The attempt that asks the first question of a new practice; None if none is published.

    If the owner has an attempt running, it is that one, and there is no new practice. Raises
    ValueError without questions, and TooMany.
    """
    starts_alone(owner)
    if running := running_attempt(owner, now):
        return running
    has_clock = pace.time_factor is not None
    practice = practise(owner, source, title, question_ids, has_clock=has_clock, now=now)
    attempt = ask_next(owner, practice.pk, pace, now=now)
    if attempt is None or attempt.practice_id != practice.pk:  # another request was faster
        practice.delete()
    return attempt


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
    without any, and TooMany.

    has_clock: whether each question has its usual time, or no limit.
    """
    if not question_ids:
        raise ValueError("a practice needs at least one question")
    mine = Practice.objects.owned_by(owner)
    mine.filter(attempts=None, created_at__lt=now - UNUSED_FOR).delete()
    if mine.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooMany
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
def ask_next(
    owner: Owner, practice_id: UUID, pace: Pace | None = None, *, now: datetime
) -> Attempt | None:
    """The attempt that asks the next question of a practice; None if all were asked.

    If the owner has an attempt running, it is that one, whatever it belongs to. Questions that are
    not published any more are left out. pace: what the owner chose last; whether there is a clock
    at all is the practice's. Raises Practice.DoesNotExist if it is not theirs.
    """
    starts_alone(owner)
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
        follow_ups=FOLLOW_UPS,
        practice=practice,
    )
    return start_on(owner, lambda: terms, _pace_of(practice, pace or Pace()), now=now, seed=0)


def _pace_of(practice: Practice, pace: Pace) -> Pace:
    if not practice.has_clock:
        return Pace(time_factor=None)
    return pace if pace.time_factor is not None else replace(pace, time_factor=Pace.time_factor)


def next_question(practice: Practice) -> Question | None:
    """The first question of a practice that it has not asked yet and that is still published."""
    asked = Attempt.objects.filter(practice=practice).values("answers__version__question")
    left = Question.objects.published().filter(pk__in=practice.question_ids).exclude(pk__in=asked)
    found = {q.pk: q for q in left.select_related("current_version").defer("phrasings")}
    return next((found[pk] for pk in practice.question_ids if pk in found), None)
