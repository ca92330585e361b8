"""The result: what was asked and written, and which key points the candidate ticks."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from attempts import transitions
from attempts.forms import MarkForm
from attempts.marking.suggesting import suggest_soon, wait_until_suggested
from attempts.models import Attempt
from attempts.owners import Owner
from attempts.views.access import for_owner, go_to_attempt, load_current
from attempts.views.refused_text import refused_text_response
from attempts.views.result_page import result_page
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest

WAIT_SECONDS = 3
"""How long the page waits for suggestions, so that it need not change while somebody reads it."""


@require_GET
@ensure_csrf_cookie
@for_owner
def review(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """The result of an attempt that has ended."""
    now = database_now()
    attempt, _ = load_current(owner, pk, now)
    if attempt.is_running:
        return go_to_attempt(request, attempt)
    page = result_page(attempt, now)
    if page.is_waiting:
        suggest_soon(page.answers)
        if wait_until_suggested(WAIT_SECONDS):
            attempt.refresh_from_db()
            page = result_page(attempt, now)
    return render(request, "attempts/review.html", {"result": page})


@require_POST
@for_owner
def mark(request: HtmxRequest, owner: Owner, pk: UUID, position: int) -> HttpResponse:
    """Set the ticks of one answer. htmx gets what follows from them, anybody else the page."""
    now = database_now()
    attempt = Attempt.objects.owned_by(owner).get(pk=pk)
    answer = attempt.answers.select_related("version").get(position=position)
    form = MarkForm(request.POST, key_points=len(answer.version.key_points))
    if not form.is_valid():  # no page of the attempt, because it may still be running
        reason = "The question has no such key point."
        return refused_text_response(request, status=HTTPStatus.BAD_REQUEST, reason=reason)
    transitions.mark(owner, pk, position, form.ticks(), now=now)
    if not request.htmx:
        return redirect(f"{attempt.get_absolute_url()}#answer-{position}")
    attempt.refresh_from_db()
    page = result_page(attempt, now)
    pressed_accept = "confirmed" in request.POST
    context = {"result": page, "row": page.row_at(position), "takes_focus": pressed_accept}
    return render(request, "attempts/_after_mark.html", context)


@require_POST
@for_owner
def confirm(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Accept the suggestions for all answers that the candidate has not checked."""
    locked = transitions.confirm(owner, pk, now=database_now())
    return redirect(f"{locked.attempt.get_absolute_url()}#score")
