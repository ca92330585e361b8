"""Saying how sure one is of an answer, in the room and on the page before the end."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from attempts import transitions
from attempts.forms import SurenessForm
from attempts.models import answer_at
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.views.access import for_owner, load_current
from attempts.views.beside_text.stored_text import store_text_and
from attempts.views.room_responses import current_response, finish_response
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest


@require_POST
@for_owner
def say_sureness(request: HtmxRequest, owner: Owner, pk: UUID, position: int) -> HttpResponse:
    """Store how sure the candidate is of an answer, or that they say nothing.

    The page before the end has no text to store.
    """
    now, form = database_now(), SurenessForm(request.POST)

    def change() -> None:
        sureness = form.cleaned_data["sureness"] or None
        transitions.say_sureness(owner, pk, position, sureness, now=now)

    if "text" not in request.POST and form.is_valid() and not request.htmx:
        change()
        return finish_response(request, pk)
    try:
        response = store_text_and(request, owner, pk, form, now, change)
    except IllegalTransition:
        if not request.htmx:
            raise
        return HttpResponse(status=HTTPStatus.NO_CONTENT)  # the page goes on by itself
    if request.htmx:
        return response or _sureness_response(request, owner, pk, position, now)
    return response or current_response(request, owner, pk, now)


def _sureness_response(
    request: HtmxRequest, owner: Owner, pk: UUID, position: int, now: datetime
) -> HttpResponse:
    attempt, answers = load_current(owner, pk, now)
    context = {"attempt": attempt, "answer": answer_at(answers, position)}
    return render(request, "attempts/_sureness.html", context)
