"""What somebody chose once: the pace of the last start, and the day of their interview.

A user's is stored with the account, a guest's in the session.
"""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest

from attempts.models import Preference
from attempts.transitions.starting import Pace

SESSION_KEY = "pace"
INTERVIEW_ON = "interview_on"
"""Where the session has the day of a guest's interview, as YYYY-MM-DD."""


def usual_pace(request: HttpRequest) -> Pace | None:
    """What was chosen last; None for somebody who never chose."""
    if request.user.is_authenticated:
        row = Preference.objects.filter(user=request.user).first()
        if row is None or row.think_seconds is None:
            return None
        return Pace(None if row.untimed else row.time_factor, row.think_seconds, row.at_deadline)
    if stored := request.session.get(SESSION_KEY):
        factor, think_seconds, at_deadline = stored
        return Pace(factor and Decimal(factor), think_seconds, at_deadline)
    return None


def remember_pace(request: HttpRequest, pace: Pace) -> None:
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


def interview_on(request: HttpRequest) -> date | None:
    """The day of their interview as they said it, which may be over."""
    if request.user.is_authenticated:
        of_user = Preference.objects.filter(user=request.user)
        return of_user.values_list("interview_on", flat=True).first()
    stored = request.session.get(INTERVIEW_ON)
    return date.fromisoformat(stored) if stored else None


def remember_interview_on(request: HttpRequest, day: date | None) -> None:
    """None: there is no interview to come."""
    if request.user.is_authenticated:
        Preference.objects.update_or_create(user=request.user, defaults={"interview_on": day})
    elif day:
        request.session[INTERVIEW_ON] = day.isoformat()
    else:
        request.session.pop(INTERVIEW_ON, None)


def bring_interview_on(request: HttpRequest) -> None:
    """The day of the browser's guest goes to the user, unless the user has one."""
    stored = request.session.pop(INTERVIEW_ON, None)
    if stored and interview_on(request) is None:
        remember_interview_on(request, date.fromisoformat(stored))
