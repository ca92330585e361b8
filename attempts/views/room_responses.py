"""Responses to the room's forms: what became of a text, the room itself, or what to do now."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect, retarget

from attempts import transitions
from attempts.asking.scorer import get_ready
from attempts.forms import AnswerForm
from attempts.models import Answer, Attempt, answer_at
from attempts.owners import GUEST_KEY, Owner
from attempts.rules.follow_ups.places import has_room_after
from attempts.rules.save_verdicts import Save, Verdict
from attempts.transitions import Saved
from attempts.views.access import go_to_attempt, load_current
from attempts.views.refused_text import refused_text_response
from attempts.views.room_page import RoomPage, room_page
from attempts.views.windows import window_of
from quizsite.page_scripts import HtmxRequest, is_page_script
from quizsite.permissions_policy import allow_microphone

HAVE_TEXT = "X-Have-Text"
STATUS = {Verdict.CONFLICT: HTTPStatus.CONFLICT, Verdict.LATE: HTTPStatus.GONE}


def acknowledgement(submitted: Save) -> str:
    """Names the very text that the site has now, stored or kept.

    The page compares it with what it sent. So the reply to another request is none, nor is one to
    a request that was cut off. The length is in characters, as the text is stored.
    """
    return f"{submitted.writer}:{submitted.sequence}:{len(submitted.text)}"


def save_response(saved: Saved, submitted: Save) -> JsonResponse:
    """For the page's script: what became of the text that it sent."""
    reply = {
        "verdict": saved.verdict,
        "revision": saved.answer.revision,
        "running": saved.attempt.is_running,
        "open": saved.answer.clock().is_open or not saved.attempt.forward_only,
        "has": acknowledgement(submitted),
    }
    if saved.verdict in (Verdict.CONFLICT, Verdict.NOT_EMPTIED):
        reply["stored"] = saved.answer.text
    return JsonResponse(reply, status=STATUS.get(saved.verdict, HTTPStatus.OK))


def acknowledged(response: HttpResponse, submitted: Save) -> HttpResponse:
    """The response to a button that sent a text along, with the acknowledgement of that text."""
    response[HAVE_TEXT] = acknowledgement(submitted)
    return response


def room_response(
    request: HtmxRequest, page: RoomPage, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The whole page, or for htmx the room alone, whatever element the button had as its target.

    It is recorded that the question was shown. Raises IllegalTransition if another one is open now.
    """
    attempt, current = page.attempt, page.current
    if attempt.forward_only and current.shown_at is None:
        transitions.show(attempt.owner, attempt.pk, current.position, now=page.now)
        if has_room_after(current.position, attempt.follow_ups):
            get_ready(current)
    template = "attempts/_room.html" if request.htmx else "attempts/room.html"
    context = {"room": page, "guest_pass": guest_pass(page.attempt)}
    response = render(request, template, context, status=status)
    return retarget(allow_microphone(response), "#room")


def guest_pass(attempt: Attempt) -> str:
    """Lets a page whose guest lost the session cookie restore it; "" for users."""
    return signing.dumps(attempt.guest_key, salt=GUEST_KEY) if attempt.guest_key else ""


def current_response(request: HtmxRequest, owner: Owner, pk: UUID, now: datetime) -> HttpResponse:
    """The page where the attempt is now: for htmx the room itself, else a redirect."""
    attempt, answers = load_current(owner, pk, now)
    if request.htmx and attempt.is_running:
        return room_response(request, room_page(attempt, answers, now))
    return go_to_attempt(request, attempt)


def finish_response(request: HtmxRequest, pk: UUID) -> HttpResponse:
    """Go to the page before the end. It has an address, so Back leads from it to the question."""
    address = reverse("attempts:finish", args=[pk])
    if request.htmx:
        return HttpResponseClientRedirect(address)
    window = window_of(request)
    return redirect(f"{address}?{urlencode({'window': window})}" if window else address)


def blank_response(
    request: HtmxRequest, owner: Owner, pk: UUID, form: AnswerForm, now: datetime
) -> HttpResponse | None:
    """Go to the page that asks whether to skip a question submitted blank; None if not to ask.

    Nothing is asked where the candidate can return, and where the question was left before. The
    page has an address, so Back leads from it to the question.
    """
    if form.cleaned_data["text"].strip():
        return None
    attempt, answers = load_current(owner, pk, now)
    answer = _writable_answer(attempt, answers, form)
    if answer is None or not attempt.forward_only:
        return None
    seen = {"position": answer.position, "revision": form.cleaned_data["revision"] or 0}
    address = f"{reverse('attempts:skip_question', args=[pk])}?{urlencode(seen)}"
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def invalid_form_response(
    request: HtmxRequest, owner: Owner, pk: UUID, form: forms.Form, now: datetime
) -> HttpResponse:
    """The text can't be stored as it is: it stays in the box, beside the reason.

    If its question takes no text any more, a page of its own gives the text back. A 422 would make
    htmx swap that page into the room, so a script gets a 400, for which nothing is swapped.
    """
    attempt, answers = load_current(owner, pk, now)
    answer, reason = _writable_answer(attempt, answers, form), first_error(form)
    if answer is None or "text" not in form.data:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if is_page_script(request):
            status = HTTPStatus.BAD_REQUEST
        return refused_text_response(request, status=status, reason=reason)
    revision = form.cleaned_data.get("revision") or 0
    page = RoomPage(attempt, answers, now, answer, form.data["text"], revision, error=reason)
    return room_response(request, page, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def conflict_response(
    request: HtmxRequest, owner: Owner, pk: UUID, form: AnswerForm, now: datetime
) -> HttpResponse:
    """Another tab or device has stored a text since: show both, so that the candidate chooses."""
    attempt, answers = load_current(owner, pk, now)
    answer, submitted = _writable_answer(attempt, answers, form), form.sent()
    if answer is None:  # too late to choose: the text is kept with the result
        return acknowledged(current_response(request, owner, pk, now), submitted)
    page = RoomPage(
        attempt, answers, now, answer, submitted.text, submitted.revision, other=answer.text
    )
    return acknowledged(room_response(request, page, status=HTTPStatus.CONFLICT), submitted)


def first_error(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])


def _writable_answer(attempt: Attempt, answers: list[Answer], form: forms.Form) -> Answer | None:
    """The answer that the form was sent for; None if it takes no text any more."""
    position = form.cleaned_data.get("position")
    if position is None or not attempt.is_running:
        return None
    try:
        answer = answer_at(answers, position)
    except Answer.DoesNotExist:
        return None
    return None if attempt.forward_only and not answer.clock().is_open else answer
