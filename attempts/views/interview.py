"""The page of one interview before it starts: what to expect, the clock, and Start."""

import secrets
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from attempts import transitions
from attempts.models import Attempt
from attempts.owners import Owner, owner_of, owner_or_new_guest
from attempts.preferences import remember_pace, usual_pace
from attempts.rules.draw import CannotFill, Prefer
from attempts.start_forms import DrawForm, StartForm
from attempts.transitions.starting import Pace
from attempts.transitions.starts.drawing import draw_questions, weak_questions
from attempts.views.in_progress import say_what_runs
from attempts.views.room_page import running_page
from questions.models import Interview, Timing
from quizsite.clock import database_now


@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: HttpRequest, slug: str) -> HttpResponse:
    """What to expect, with Start. 409 if the question bank can't fill the interview."""
    active = Interview.objects.active().prefetch_related("slots")
    chosen = get_object_or_404(active, slug=slug)
    owner, usual = owner_of(request), usual_pace(request)
    form, drawing = _forms(request, chosen, usual)
    try:
        if form.is_valid() and drawing.is_valid():
            pace = form.pace(chosen)
            return redirect(_start(request, chosen, pace, drawing.chosen()))
        expected = _what_to_expect(owner, chosen, drawing.chosen())
    except CannotFill as error:
        expected = {"missing": len(error.empty)}
    context = {
        "interview": chosen,
        "form": form,
        "drawing": drawing,
        "running": running_page(owner),
        "scorer": settings.SCORER,
        "is_adjusted": usual not in (None, Pace()),
        **expected,
    }
    status = HTTPStatus.CONFLICT if expected["missing"] else HTTPStatus.OK
    return render(request, "attempts/interview.html", context, status=status)


def _forms(
    request: HttpRequest, chosen: Interview, usual: Pace | None
) -> tuple[StartForm, DrawForm]:
    weak = weak_questions(owner_of(request), chosen)
    if request.method == "POST":
        return StartForm(request.POST, interview=chosen), DrawForm(request.POST, weak=weak)
    return StartForm.with_usual(usual, chosen), DrawForm(weak=weak)


def _start(request: HttpRequest, chosen: Interview, pace: Pace, prefer: Prefer) -> Attempt:
    owner = owner_or_new_guest(request)
    attempt = transitions.start(owner, chosen, pace, now=database_now(), prefer=prefer)
    if attempt.interview_id != chosen.pk:
        say_what_runs(request, attempt)
    remember_pace(request, pace)
    return attempt


def _what_to_expect(owner: Owner | None, chosen: Interview, prefer: Prefer) -> dict[str, object]:
    """How many questions and how much time there would be if they were drawn now.

    Raises CannotFill.
    """
    drawn = draw_questions(owner, chosen, secrets.randbits(62), prefer)
    answering = chosen.seconds or sum(seconds for _, seconds in drawn)
    seconds = answering + len(drawn) * chosen.think_seconds
    return {
        "missing": 0 if drawn else 1,
        "asked": len(drawn),
        "is_drawn": any(slot.question_id is None for slot in chosen.slots.all()),
        "has_one_clock": chosen.timing == Timing.TOTAL,
        "seconds": seconds,
        "most_seconds": seconds + len(drawn) * chosen.follow_ups * chosen.follow_up_seconds,
        "seconds_each": sorted({seconds for _, seconds in drawn}),
    }
