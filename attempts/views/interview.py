"""The page of one interview before it starts: what to expect, the clock, and Start."""

import secrets

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from attempts import transitions
from attempts.forms import StartForm
from attempts.models import Attempt
from attempts.owners import owner_of, owner_or_new_guest
from attempts.preferences import remember_pace, usual_pace
from attempts.rules.draw import CannotFill
from attempts.transitions.starting import Pace, draw_questions
from attempts.views.room_page import running_room
from questions.models import Interview
from quizsite.clock import database_now


def _start(request, chosen: Interview, pace: Pace) -> Attempt:
    owner = owner_or_new_guest(request)
    attempt = transitions.start(owner, chosen, pace, now=database_now())
    if attempt.interview_id != chosen.pk:
        messages.warning(request, f"You have “{attempt.interview_title}” in progress: here it is.")
    remember_pace(request, pace)
    return attempt


@require_http_methods(["GET", "POST"])
@never_cache
def interview(request, slug):
    """What is coming, with Start. An interview that can't be filled says so here."""
    chosen = get_object_or_404(Interview.objects.active(), slug=slug)
    usual = usual_pace(request)
    if request.method == "POST":
        form = StartForm(request.POST, interview=chosen)
    else:
        form = StartForm.with_usual(usual, chosen)
    try:
        if form.is_valid():
            return redirect(_start(request, chosen, form.pace(chosen)))
        drawn = draw_questions(owner_of(request), chosen, secrets.randbits(62))
        missing = 0 if drawn else 1
    except CannotFill as error:
        drawn, missing = [], len(error.empty)
    context = {
        "interview": chosen,
        "form": form,
        "asked": len(drawn),
        "seconds": chosen.seconds or sum(seconds for _, seconds in drawn),
        "seconds_each": sorted({seconds for _, seconds in drawn}),
        "missing": missing,
        "running": running_room(owner_of(request)),
        "adjusted": usual not in (None, Pace()),
    }
    return render(request, "attempts/interview.html", context, status=409 if missing else 200)
