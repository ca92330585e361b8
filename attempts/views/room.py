"""The interview room: one question at a time, against the server's clock."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from attempts import transitions
from attempts.asking.choosing import choose
from attempts.forms import AnswerForm, BlankForm, MoveForm
from attempts.models import Attempt
from attempts.owners import GUEST_KEY, Owner, may_return
from attempts.rules.save_verdicts import Verdict
from attempts.views.access import for_owner, go_to_attempt, load_current
from attempts.views.room_page import room_page
from attempts.views.room_responses import (
    acknowledged,
    blank_response,
    conflict_response,
    current_response,
    finish_response,
    first_error,
    guest_pass,
    invalid_form_response,
    room_response,
    save_response,
)
from attempts.views.windows import window_of
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest

PASS_MAX_AGE = timedelta(days=1)


@require_safe
@ensure_csrf_cookie
@vary_on_headers("HX-Request")
@for_owner
def room(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """The open question of a running attempt."""
    now = database_now()
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running:
        return go_to_attempt(request, attempt)
    return room_response(request, room_page(attempt, answers, now))


@require_POST
def restore_guest(request: HttpRequest) -> HttpResponse:
    """For the page's script: give a guest who lost the session cookie a new one."""
    try:
        key = signing.loads(request.POST.get("pass", ""), salt=GUEST_KEY, max_age=PASS_MAX_AGE)
    except signing.BadSignature:
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    if not may_return(request, key) or not Attempt.objects.owned_by(Owner(guest_key=key)).exists():
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    request.session[GUEST_KEY] = key
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@for_owner
def save(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """For the page's script: store the text in the box. The JSON says what became of it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        invalid = {"verdict": "invalid", "message": first_error(form)}
        return JsonResponse(invalid, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    saved = transitions.save(owner, pk, form.cleaned_data["position"], form.sent())
    return save_response(saved, form.sent())


@require_POST
@for_owner
def submit(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Store the text and go on to the next question. Without a text, ask first."""
    now, form = database_now(), AnswerForm(request.POST)
    if not form.is_valid():
        return invalid_form_response(request, owner, pk, form, now)
    if asked := blank_response(request, owner, pk, form, now):
        return asked
    position, window = form.cleaned_data["position"], window_of(request)
    follow_up = choose(owner, pk, position, form.sent(), now=now)
    saved = transitions.submit(
        owner, pk, position, form.sent(), now=now, window=window, follow_up=follow_up
    )
    return _response_to_left(request, owner, pk, form, saved)


@require_safe
@for_owner
def skip_question(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Ask whether to skip the open question, which was submitted blank.

    Leads to the attempt where that question is not open, or has a text that its page did not have.
    """
    now, form = database_now(), BlankForm(request.GET)
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running or not form.is_valid():
        return go_to_attempt(request, attempt)
    page, seen = room_page(attempt, answers, now), form.cleaned_data
    has_other_text = page.text.strip() and page.revision != seen["revision"]
    if page.current.position != seen["position"] or has_other_text or not attempt.forward_only:
        return go_to_attempt(request, attempt)
    context = {"room": page, "guest_pass": guest_pass(attempt)}
    return render(request, "attempts/skip_question.html", context)


@require_POST
@for_owner
def skip(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Go on to the next question; a text in the box is still stored."""
    now, form = database_now(), AnswerForm(request.POST)
    if not form.is_valid():
        return invalid_form_response(request, owner, pk, form, now)
    position, window = form.cleaned_data["position"], window_of(request)
    saved = transitions.skip(owner, pk, position, form.sent(), now=now, window=window)
    return _response_to_left(request, owner, pk, form, saved)


@require_POST
@for_owner
def move(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Store the text and open the question that was chosen in the navigator."""
    now, form = database_now(), MoveForm(request.POST)
    if not form.is_valid():
        return invalid_form_response(request, owner, pk, form, now)
    position, go_to = form.cleaned_data["position"], form.cleaned_data["go_to"]
    saved = transitions.move(owner, pk, position, form.sent(), go_to, now=now)
    return _response_to_saved(request, owner, pk, form, saved)


def _response_to_left(
    request: HtmxRequest, owner: Owner, pk: UUID, form: AnswerForm, saved: transitions.Saved
) -> HttpResponse:
    """The next question; with one clock for all, after the last one the page before the end."""
    is_left = saved.attempt.is_running and saved.verdict != Verdict.CONFLICT
    is_current = saved.answer.clock().is_open  # it stays so only if none comes after it
    if is_left and is_current and not saved.attempt.forward_only:
        return acknowledged(finish_response(request, pk), form.sent())
    return _response_to_saved(request, owner, pk, form, saved)


def _response_to_saved(
    request: HtmxRequest, owner: Owner, pk: UUID, form: AnswerForm, saved: transitions.Saved
) -> HttpResponse:
    """The choice between two texts, or the page where the attempt is now."""
    if saved.verdict == Verdict.CONFLICT:
        return conflict_response(request, owner, pk, form, saved.now)
    return acknowledged(current_response(request, owner, pk, saved.now), form.sent())


@require_POST
@for_owner
def open_question(request: HtmxRequest, owner: Owner, pk: UUID, position: int) -> HttpResponse:
    """Open a question from the page before the finish, which has no text to store."""
    now = database_now()
    transitions.visit(owner, pk, position, now=now)
    return current_response(request, owner, pk, now)
