"""Starting an own interview from its pages."""

from django.http import HttpRequest, QueryDict

from attempts.models import Attempt, OwnInterview
from attempts.preferences import remember_pace, usual_pace
from attempts.start_forms import StartForm
from attempts.transitions.personal.own_interviews import start_own
from attempts.transitions.starting import Pace
from attempts.views.in_progress import say_what_runs
from quizsite.clock import database_now


def pace_form(
    request: HttpRequest, sent: QueryDict, own: OwnInterview
) -> tuple[StartForm, Pace | None]:
    """The form of the clock, as sent or else as usual, and its pace; None if it is refused."""
    if request.method == "POST" or any(name in sent for name in StartForm.base_fields):
        form = StartForm(sent, interview=own)
        return form, form.pace(own) if form.is_valid() else None
    usual = usual_pace(request)
    return StartForm.with_usual(usual, own), usual or Pace()


def begin(request: HttpRequest, own: OwnInterview, pace: Pace) -> Attempt:
    """Start it for its owner, and remember the pace. Raises CannotFill."""
    attempt = start_own(own, pace, now=database_now())
    asked = attempt.own_interview
    if asked is None or asked.terms != own.terms:
        say_what_runs(request, attempt)
    remember_pace(request, pace)
    return attempt
