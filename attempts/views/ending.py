"""The two ways out of the room: finish the attempt, or discard it."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attempts import transitions
from attempts.forms import AnswerForm
from attempts.owners import Owner
from attempts.rules.save_verdicts import Verdict
from attempts.views.access import for_owner, go_to_attempt, load_current
from attempts.views.room_page import room_page
from attempts.views.room_responses import (
    acknowledged,
    conflict_response,
    finish_response,
    guest_pass,
    invalid_form_response,
)
from attempts.views.windows import new_name, window_of
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def finish(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Store the text and say what is unanswered; once that is confirmed, finish."""
    now = database_now()
    if request.POST.get("confirmed"):
        attempt = transitions.finish(owner, pk, now=now, window=window_of(request))
        return go_to_attempt(request, attempt)
    if request.method == "POST":
        return _save_and_go_to_finish(request, owner, pk, now)
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running:
        return go_to_attempt(request, attempt)
    page = room_page(attempt, answers, now)
    page.window = window_of(request) or page.window
    context = {"room": page, "guest_pass": guest_pass(attempt)}
    return render(request, "attempts/finish.html", context)


def _save_and_go_to_finish(
    request: HtmxRequest, owner: Owner, pk: UUID, now: datetime
) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return invalid_form_response(request, owner, pk, form, now)
    saved = transitions.save(owner, pk, form.cleaned_data["position"], form.sent(), now=now)
    if saved.verdict == Verdict.CONFLICT:
        return conflict_response(request, owner, pk, form, now)
    if not saved.attempt.is_running:
        return acknowledged(go_to_attempt(request, saved.attempt), form.sent())
    return acknowledged(finish_response(request, pk), form.sent())


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def discard(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Ask first, then end the running attempt without a score."""
    now = database_now()
    if request.method == "POST":
        transitions.discard(owner, pk, now=now, window=window_of(request))
        return redirect("attempts:history")
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running:
        return go_to_attempt(request, attempt)
    answered = sum(answer.is_answered for answer in answers if not answer.is_follow_up)
    context = {"attempt": attempt, "answered": answered, "window": new_name()}
    return render(request, "attempts/discard.html", context)
