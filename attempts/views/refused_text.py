"""A text that the site refused goes back to its writer, who can send it again."""

from enum import StrEnum
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from attempts.forms import FlagForm, MoreTimeForm, MoveForm
from quizsite.page_scripts import is_page_script

RESENT_FIELDS = {
    *("window", *MoveForm.base_fields, *FlagForm.base_fields, *MoreTimeForm.base_fields)
} - {"text"}
"""What the room's forms send beside the text; the page sends it along again."""


class Cause(StrEnum):
    """Why the site could not be sure that a request was the person's own."""

    NO_COOKIE = "no cookie"
    NO_ORIGIN = "no origin"
    RENEWED = "renewed"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do about it, and give the text back with a fresh token.

    Without JavaScript this page is the only copy of an answer whose token has expired. The reply
    sets the cookie in any case: a page that still has none then knows that it is blocked.
    """
    get_token(request)
    status, cause = HTTPStatus.FORBIDDEN, cause_of(request, reason)
    return refused_text_response(request, status=status, cause=cause)


def cause_of(request: HttpRequest, reason: str) -> Cause:
    """reason: Django's words for it, whose beginnings are those of its log."""
    ours = {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME}
    if ours.isdisjoint(request.COOKIES):
        return Cause.NO_COOKIE
    if reason.startswith(("Origin checking", "Referer checking")):
        return Cause.NO_ORIGIN
    return Cause.RENEWED


def refused_text_response(
    request: HttpRequest, *, status: int, reason: str = "", cause: Cause = Cause.RENEWED
) -> HttpResponse:
    """A page with the text of a refused POST, and a form to send it again.

    reason: what the sender can do about it, if the status does not say so. cause: of a 403. A
    page's script keeps its text itself, so it gets the status and a short note.
    """
    context = {
        "reason": reason,
        "lacks_cookies": cause == Cause.NO_COOKIE,
        "lacks_origin": cause == Cause.NO_ORIGIN,
        "is_logged_out": status == HTTPStatus.UNAUTHORIZED,
        "is_of_another_account": status == HTTPStatus.NOT_FOUND,
    }
    if is_page_script(request):
        return render(request, "attempts/_refused_text_note.html", context, status=status)
    context["text"] = request.POST.get("text")
    context["resent"] = {name: request.POST[name] for name in RESENT_FIELDS & request.POST.keys()}
    return render(request, "attempts/refused_text.html", context, status=status)
