"""A text that the site refused goes back to its writer, who can send it again."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from attempts.forms import FlagForm, MoreTimeForm, MoveForm
from quizsite.page_scripts import is_page_script

RESENT_FIELDS = {*MoveForm.base_fields, *FlagForm.base_fields, *MoreTimeForm.base_fields} - {"text"}
"""What the room's forms send beside the text; the page sends it along again."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The security token was out of date. Give the text back, with a fresh token.

    Without JavaScript this page is the only copy of an answer whose token has expired.
    """
    return refused_text_response(request, status=HTTPStatus.FORBIDDEN)


def refused_text_response(request: HttpRequest, *, status: int, reason: str = "") -> HttpResponse:
    """A page with the text of a refused POST, and a form to send it again.

    reason: what the sender can do about it, if the status does not say so. A page's script
    keeps its text itself, so it gets the status and a short note.
    """
    context = {
        "reason": reason,
        "is_logged_out": status == HTTPStatus.UNAUTHORIZED,
        "is_of_another_account": status == HTTPStatus.NOT_FOUND,
    }
    if is_page_script(request):
        return render(request, "attempts/_refused_text_note.html", context, status=status)
    context["text"] = request.POST.get("text")
    context["resent"] = {name: request.POST[name] for name in RESENT_FIELDS & request.POST.keys()}
    return render(request, "attempts/refused_text.html", context, status=status)
