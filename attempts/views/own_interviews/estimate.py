"""How many questions an own interview can ask now, and how long it would take."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, Max, Min

from attempts.models import OwnInterview
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.transitions.personal.own_interviews import matching
from attempts.transitions.starting import Pace
from attempts.views.own_interviews.build_form import too_few
from questions.models import Timing


@dataclass(frozen=True)
class Estimate:
    """matching: the published questions that match. time: for `asked` of them; None: no clock.

    most: the time with as many follow-ups as there can be. is_about: it depends on which questions
    are drawn.
    """

    matching: int
    asked: int
    time: timedelta | None
    most: timedelta | None
    is_about: bool = False

    @property
    def missing(self) -> int:
        return max(0, self.asked - self.matching)

    @property
    def too_few(self) -> str:
        """What to do where questions are missing; "" where none is."""
        return too_few(self.matching) if self.missing else ""


def estimate(own: OwnInterview, owner: Owner | None, pace: Pace) -> Estimate:
    """One statement. own: need not be stored."""
    found = matching(own, owner).aggregate(
        matching=Count("pk"), mean=Avg("seconds"), least=Min("seconds"), most=Max("seconds")
    )
    if not own.has_clock or pace.time_factor is None:
        return Estimate(found["matching"], own.count, None, None)
    each = own.seconds if own.seconds is not None else float(found["mean"] or 0)
    in_all = each if own.timing == Timing.TOTAL else each * own.count
    seconds = round(in_all + pace.think_seconds * own.count)
    asking_back = own.count * own.follow_ups * own.follow_up_seconds
    return Estimate(
        found["matching"],
        own.count,
        lifecycle.scaled(seconds, pace.time_factor),
        lifecycle.scaled(seconds + asking_back, pace.time_factor),
        is_about=own.seconds is None and found["least"] != found["most"],
    )
