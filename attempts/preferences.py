"""How somebody likes the clock, remembered from one start to the next.

Users keep it with the account, guests in the session.
"""

from decimal import Decimal

from attempts.models import Preference
from attempts.transitions.starting import Pace

SESSION_KEY = "pace"


def usual_pace(request) -> Pace | None:
    """What was chosen last; None for somebody who never chose."""
    if request.user.is_authenticated:
        kept = Preference.objects.filter(user=request.user).first()
        return kept and Pace(
            None if kept.untimed else kept.time_factor, kept.think_seconds, kept.at_deadline
        )
    if kept := request.session.get(SESSION_KEY):
        factor, think_seconds, at_deadline = kept
        return Pace(factor and Decimal(factor), think_seconds, at_deadline)
    return None


def remember_pace(request, pace: Pace) -> None:
    if not request.user.is_authenticated:
        factor = pace.time_factor and str(pace.time_factor)
        request.session[SESSION_KEY] = [factor, pace.think_seconds, pace.at_deadline]
        return
    Preference.objects.update_or_create(
        user=request.user,
        defaults={
            "time_factor": pace.time_factor or 1,
            "untimed": pace.time_factor is None,
            "think_seconds": pace.think_seconds,
            "at_deadline": pace.at_deadline,
        },
    )
