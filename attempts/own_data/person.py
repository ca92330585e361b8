"""Whose data: a user or a guest, with what only the session knows of a guest."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from attempts.models import Preference
from attempts.owners import Owner, owner_of
from attempts.preferences import interview_on, usual_pace
from attempts.transitions.starting import Pace


@dataclass(frozen=True)
class Person:
    """pace, interview_on: what they chose last; None for what they never chose."""

    owner: Owner
    pace: Pace | None = None
    interview_on: date | None = None

    def preferences(self) -> list[Preference]:
        """One row at most; that of a guest is not stored."""
        if self.owner.user_id is not None:
            return list(Preference.objects.filter(user=self.owner.user_id))
        if self.pace is None and self.interview_on is None:
            return []
        pace = self.pace or Pace()
        return [
            Preference(
                time_factor=pace.time_factor or 1,
                untimed=pace.time_factor is None,
                think_seconds=pace.think_seconds if self.pace else None,
                at_deadline=pace.at_deadline,
                interview_on=self.interview_on,
            )
        ]


def person_of(request: HttpRequest) -> Person | None:
    """Who asks; None for a visitor who has nothing here."""
    owner = owner_of(request)
    if owner is None:
        return None
    if owner.user_id is not None:
        return Person(owner)
    return Person(owner, usual_pace(request), interview_on(request))
