"""The clock of a running attempt: how it stands, more time, lost time given back."""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from attempts import transitions
from attempts.forms import AnswerForm, MoreTimeForm, OutageForm
from attempts.models import Answer, Attempt
from attempts.owners import Owner
from attempts.rules.save_verdicts import Verdict
from attempts.views.access import for_owner, go_to_attempt, load_current
from attempts.views.refused_text import refused_text_response
from attempts.views.room_page import room_page
from attempts.views.room_responses import (
    acknowledged,
    conflict_response,
    invalid_form_response,
    room_response,
)
from attempts.views.windows import address_of
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest


@require_safe
@ensure_csrf_cookie
@for_owner
def read_clock(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """For the page's script: how the clock and the open question stand."""
    now = database_now()
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running:
        return JsonResponse({"running": False, "url": address_of(request, attempt)})
    return JsonResponse(_clock_state(attempt, answers, now))


def _clock_state(attempt: Attempt, answers: list[Answer], now: datetime) -> dict[str, object]:
    """What a page of a running attempt sets its clock by; times in milliseconds from now."""
    page = room_page(attempt, answers, now)
    return {
        "running": True,
        "position": page.current.position,
        "revision": page.current.revision,
        "left": page.left_ms,
        "limit": page.limit_ms,
        "closes": page.closes_in_ms,
    }


@require_POST
@for_owner
def more_time(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Add five minutes. If the form carries the text in the box, the text is stored first.

    For htmx the box stays as it is and the page saves its text, unless the form's own question
    is replaced by the one that gets the time.
    """
    now, form, answer_form = database_now(), MoreTimeForm(request.POST), AnswerForm(request.POST)
    changes_question = request.POST.get("extend") != request.POST.get("position")
    stores_text = "text" in request.POST and (changes_question or not request.htmx)
    for submitted in [form, answer_form] if stores_text else [form]:
        if not submitted.is_valid():
            return invalid_form_response(request, owner, pk, submitted, now)
    saved = None
    if stores_text:
        position = answer_form.cleaned_data["position"]
        saved = transitions.save(owner, pk, position, answer_form.sent(), now=now)
    transitions.add_time(owner, pk, form.cleaned_data["extend"], now=now)
    if saved and saved.verdict == Verdict.CONFLICT:
        return conflict_response(request, owner, pk, answer_form, now)
    response = _more_time_response(request, owner, pk, now)
    return acknowledged(response, answer_form.sent()) if saved else response


def _more_time_response(
    request: HtmxRequest, owner: Owner, pk: UUID, now: datetime
) -> HttpResponse:
    """For htmx the clock alone, so that the box stays as it is, unless the question changes."""
    attempt, answers = load_current(owner, pk, now)
    if not request.htmx or not attempt.is_running:
        return go_to_attempt(request, attempt)
    page = room_page(attempt, answers, now)
    if str(page.current.position) == request.POST.get("position"):
        return render(request, "attempts/_clock.html", {"room": page})
    return room_response(request, page)


@require_POST
@for_owner
def give_back_outage(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Give back the time in which the page could not reach the site."""
    form = OutageForm(request.POST)
    if not form.is_valid():
        reason = "This time can't be given back."
        return refused_text_response(request, status=HTTPStatus.BAD_REQUEST, reason=reason)
    seconds = timedelta(seconds=form.cleaned_data["seconds"])
    position = form.cleaned_data["position"]
    transitions.give_back_outage(owner, pk, position, seconds, now=database_now())
    return go_to_attempt(request, Attempt.objects.owned_by(owner).get(pk=pk))
