"""Interviews that their candidate put together: what they ask, saving them, starting them."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from attempts.models import Answer, Attempt, Only, OwnInterview, Schedule
from attempts.owners import Owner
from attempts.rules.draw import DrawSlot, Prefer
from attempts.transitions.personal.turns import starts_alone
from attempts.transitions.starting import Pace, Terms, start_on
from attempts.transitions.starts.drawing import draw_from
from questions.models import Question, QuestionQuerySet

MOST_SAVED = 50
"""Own interviews that one owner may have under a name."""


class TooManySaved(Exception):
    """The owner has MOST_SAVED already."""


class NameTaken(Exception):
    """Another own interview of the owner's has this name."""


def matching(own: OwnInterview, owner: Owner | None) -> QuestionQuerySet:
    """The published questions that it may ask its owner; `own` need not be stored."""
    questions = Question.objects.published().filter(
        difficulty__range=(own.difficulty_from, own.difficulty_to)
    )
    if own.topic_ids:
        questions = questions.filter(topic__in=own.topic_ids)
    if own.only == Only.UNSEEN and owner:
        seen = Answer.objects.drawn_for(owner).values("version__question")
        questions = questions.exclude(pk__in=seen)
    elif own.only == Only.WEAK:
        weak = Schedule.objects.owned_by(owner).weak()
        questions = questions.filter(pk__in=weak.values("question"))
    return questions


@transaction.atomic
def start_own(own: OwnInterview, pace: Pace, *, now: datetime, seed: int | None = None) -> Attempt:
    """A new running attempt, or the one that its owner has running already.

    own: need not be stored; it is when the attempt starts, unless its owner has one without a name
    on the same terms, which is used again. Raises CannotFill if fewer questions match than it asks.
    """
    starts_alone(own.owner)
    owner, seed = own.owner, secrets.randbits(62) if seed is None else seed

    def terms() -> Terms:
        bank, slots = matching(own, owner), [DrawSlot()] * own.count
        first = Prefer.WEAK if own.only == Only.WEAK else Prefer.UNSEEN
        drawn = draw_from(bank, owner, slots, seed, first)
        stored = _stored(own)
        return Terms(
            title=stored.title,
            timing=stored.timing,
            questions=[(question, stored.seconds or question.seconds) for question in drawn],
            number=1 + stored.attempts.count(),
            seconds=stored.seconds,
            follow_ups=stored.follow_ups,
            follow_up_seconds=stored.follow_up_seconds,
            own_interview=stored,
        )

    pace = pace if own.has_clock else replace(pace, time_factor=None)
    return start_on(owner, terms, pace, now=now, seed=seed)


def _stored(own: OwnInterview) -> OwnInterview:
    """The row of it, locked. What its owner did not save and uses no more goes on the way.

    Raises OwnInterview.DoesNotExist if it was deleted meanwhile.
    """
    mine = OwnInterview.objects.owned_by(own.owner)
    if not own._state.adding:
        return mine.select_for_update().get(pk=own.pk)
    if same := mine.filter(name="", **own.terms).select_for_update().first():
        return same
    mine.left_over().delete()
    own.save(force_insert=True)
    return own


@transaction.atomic
def save_own(
    own: OwnInterview, name: str, *, instead_of: OwnInterview | None = None
) -> OwnInterview:
    """Store it under a name. A second save of the same changes nothing. Returns the row.

    own: not stored yet. instead_of: a row of its owner's, which gets the name if it has the same
    terms. If it has others, it loses its name and stays only for its attempts, because a result is
    compared with earlier ones on the same terms. Raises NameTaken and TooManySaved; then nothing
    is stored. Raises OwnInterview.DoesNotExist if instead_of was deleted meanwhile.
    """
    starts_alone(own.owner)
    mine = OwnInterview.objects.owned_by(own.owner)
    if instead_of is not None:
        instead_of = mine.select_for_update().get(pk=instead_of.pk)
    saved = mine.saved().exclude(pk=(instead_of or own).pk)
    if same_name := saved.filter(name__iexact=name).first():
        if instead_of is None and same_name.terms == own.terms:
            return same_name
        raise NameTaken
    if saved.count() >= MOST_SAVED:
        raise TooManySaved
    if instead_of is not None and instead_of.terms == own.terms:
        own = instead_of
    elif instead_of is not None:
        mine.filter(pk=instead_of.pk).update(name="")
        mine.left_over().delete()
    own.name = name
    own.save()
    return own


@transaction.atomic
def delete_left_over(*, now: datetime) -> int:
    """Delete what nobody saved and no attempt has, if it was made over a day ago. Returns how many.

    Starting another one deletes its owner's at once; this is for those who do not come back.
    """
    left_over = OwnInterview.objects.left_over()
    old = left_over.filter(created_at__lt=now - timedelta(days=1))
    # Whoever starts one has it locked; the second statement sees whether somebody just did.
    locked = old.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
    count, _ = left_over.filter(pk__in=list(locked)).delete()
    return count


@transaction.atomic
def delete_own(own: OwnInterview) -> None:
    """Take it from the list. Its attempts stay, and with them what they asked."""
    starts_alone(own.owner)
    own.delete()
