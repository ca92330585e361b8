"""The own interviews that somebody saved under a name, to be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from attempts.models import Only, OwnInterview
from attempts.owners import Owner, owners_of
from questions.models import Difficulty, Timing, Topic

ASKED_ONLY = {Only.UNSEEN.value: "only unseen ones", Only.WEAK.value: "only weak ones"}


@dataclass(frozen=True)
class OwnInTerms:
    """An own interview, and what it asks in words.

    topics: their names. Empty: any topic. One that was removed from the bank since is not named.
    """

    own: OwnInterview
    topics: Sequence[str]

    @property
    def levels(self) -> str:
        """Empty: any level."""
        own = self.own
        low, high = (Difficulty(each) for each in (own.difficulty_from, own.difficulty_to))
        if (low, high) == (Difficulty.EASY, Difficulty.HARD):
            return ""
        return low.label if low == high else f"{low.label} to {high.label}"

    @property
    def only(self) -> str:
        return ASKED_ONLY.get(self.own.only, "")

    @property
    def each(self) -> timedelta | None:
        """The time for each question, if all have the same."""
        is_each = self.own.timing == Timing.PER_QUESTION and self.own.seconds is not None
        return timedelta(seconds=self.own.seconds or 0) if is_each else None

    @property
    def in_all(self) -> timedelta | None:
        """The time of the one clock for all, if there is one."""
        is_total = self.own.timing == Timing.TOTAL and self.own.has_clock
        return timedelta(seconds=self.own.seconds or 0) if is_total else None


def in_terms(owns: "QuerySet[OwnInterview]") -> list[OwnInTerms]:
    """One statement."""
    place = Func(
        OuterRef("topic_ids"), F("pk"), function="array_position", output_field=IntegerField()
    )
    chosen = Topic.objects.annotate(place=place).filter(place__isnull=False)
    rows = owns.annotate(topics=ArraySubquery(chosen.values("name")))
    return [OwnInTerms(row, row.topics) for row in rows]


def saved_interviews(owner: Owner | None) -> list[OwnInTerms]:
    """For templates/attempts/own/_saved.html; one statement."""
    return in_terms(OwnInterview.objects.owned_by(owner).saved())


def own_of(request: HttpRequest, pk: UUID) -> OwnInterview:
    """An own interview of the person who asks, saved or not. Raises Http404."""
    theirs = [owner.condition() for owner in owners_of(request)]
    mine = OwnInterview.objects.filter(Q(*theirs, _connector=Q.OR) if theirs else Q(pk=None))
    return get_object_or_404(mine, pk=pk)
