"""The own interviews that somebody saved under a name, to be repeated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from attempts.models import Only, OwnInterview
from attempts.owners import Owner, owners_of
from questions.models import Difficulty, Timing, Topic

ASKED_ONLY = {Only.UNSEEN.value: "only unseen", Only.WEAK.value: "only weak"}


@dataclass(frozen=True)
class OwnInTerms:
    """An own interview, and what it asks in words. names: of topics, by id."""

    own: OwnInterview
    names: Mapping[int, str]

    @property
    def topics(self) -> list[str]:
        """Empty: any topic. One that was removed from the bank since is not named."""
        return [self.names[pk] for pk in self.own.topic_ids if pk in self.names]

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


def in_terms(*owns: OwnInterview) -> list[OwnInTerms]:
    """One statement, or none where no topic is chosen."""
    ids = {pk for own in owns for pk in own.topic_ids}
    names = dict(Topic.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [OwnInTerms(own, names) for own in owns]


def saved_interviews(owner: Owner | None) -> list[OwnInTerms]:
    """For templates/attempts/own/_saved.html; two statements at most."""
    return in_terms(*OwnInterview.objects.owned_by(owner).saved())


def own_of(request: HttpRequest, pk: UUID) -> OwnInterview:
    """An own interview of the person who asks, saved or not. Raises Http404."""
    theirs = [owner.condition() for owner in owners_of(request)]
    mine = OwnInterview.objects.filter(Q(*theirs, _connector=Q.OR) if theirs else Q(pk=None))
    return get_object_or_404(mine, pk=pk)
