"""Flagging a question to come back to it."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from attempts import transitions
from attempts.forms import FlagForm
from attempts.owners import Owner
from attempts.views.access import for_owner, go_to_attempt, load_current
from attempts.views.beside_text.stored_text import store_text_and
from attempts.views.room_page import room_page
from attempts.views.room_responses import current_response
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest


@require_POST
@for_owner
def flag(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Flag or unflag the question. htmx leaves the box alone, so its text is not stored."""
    now, form = database_now(), FlagForm(request.POST)

    def change() -> None:
        sent = form.cleaned_data
        transitions.flag(owner, pk, sent["position"], sent["flagged"], now=now)

    if response := store_text_and(request, owner, pk, form, now, change):
        return response
    if request.htmx:
        return _flag_response(request, owner, pk, now)
    return current_response(request, owner, pk, now)


def _flag_response(request: HtmxRequest, owner: Owner, pk: UUID, now: datetime) -> HttpResponse:
    """The navigator and the flag button alone."""
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running:
        return go_to_attempt(request, attempt)
    return render(request, "attempts/_flagged.html", {"room": room_page(attempt, answers, now)})
