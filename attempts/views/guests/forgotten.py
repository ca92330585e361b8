"""What a page that is still open is told of an attempt that was removed from this browser."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import reswap

from quizsite.page_scripts import is_page_script

REMOVED = "X-Attempt-Removed"
"""Marks the reply for the page's scripts, because a late text is told by the same status."""

REASON = "These attempts were removed: “Forget this browser” was pressed in another tab or window."


def forgotten_response(request: HttpRequest) -> HttpResponse:
    """A page that says what happened. A text that was sent is in a box, to be copied.

    A page's script keeps its text itself; what it shows stays as it is.
    """
    if is_page_script(request):
        response = HttpResponse(REASON, status=HTTPStatus.GONE, content_type="text/plain")
        response[REMOVED] = "1"
        return reswap(response, "none")
    context = {"reason": REASON, "text": request.POST.get("text", "")}
    return render(request, "attempts/forgotten.html", context, status=HTTPStatus.GONE)
