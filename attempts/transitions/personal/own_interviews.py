"""Starting an interview that its candidate put together."""

import secrets
from datetime import datetime

from django.db import transaction

from attempts.models import Answer, Attempt, Only, OwnInterview, Schedule
from attempts.owners import Owner
from attempts.rules.draw import DrawSlot, Prefer
from attempts.transitions.starting import Pace, Terms, draw_from, start_on
from questions.models import Question, QuestionQuerySet

UNNAMED = "My own interview"


def matching(own: OwnInterview, owner: Owner | None) -> QuestionQuerySet:
    """The published questions that it may ask its owner; `own` need not be stored."""
    questions = Question.objects.published().filter(
        difficulty__range=(own.difficulty_from, own.difficulty_to)
    )
    if own.topic_ids:
        questions = questions.filter(topic__in=own.topic_ids)
    if own.only == Only.UNSEEN:
        seen = Answer.objects.last_seen(owner).values("version__question")
        questions = questions.exclude(pk__in=seen)
    elif own.only == Only.WEAK:
        weak = Schedule.objects.owned_by(owner).weak()
        questions = questions.filter(pk__in=weak.values("question"))
    return questions


@transaction.atomic
def start_own(own: OwnInterview, pace: Pace, *, now: datetime, seed: int | None = None) -> Attempt:
    """A new running attempt, or the one that its owner has running already.

    Raises CannotFill if fewer questions match than it asks.
    """
    owner, seed = own.owner, secrets.randbits(62) if seed is None else seed

    def terms() -> Terms:
        bank, slots = matching(own, owner), [DrawSlot()] * own.count
        drawn = draw_from(bank, owner, slots, seed, Prefer.UNSEEN)
        return Terms(
            title=own.name or UNNAMED,
            timing=own.timing,
            questions=[(question, own.seconds or question.seconds) for question in drawn],
            number=1 + own.attempts.count(),
            seconds=own.seconds,
            own_interview=own,
        )

    return start_on(owner, terms, pace, now=now, seed=seed)
