"""What a page that is still open is told of an attempt that was removed."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django_htmx.http import reswap

from attempts.owners import Removal
from quizsite.page_scripts import is_page_script

REMOVED = "X-Attempt-Removed"
"""Marks the reply for all of the page's scripts."""

REASON = "These attempts were removed: “Forget this browser” was pressed in another tab or window."
REASONS = {
    Removal.FORGOTTEN: REASON,
    Removal.DELETED: "This attempt was deleted in another tab or window.",
    Removal.ACCOUNT: "The account was deleted, with all its attempts.",
}


def removed_response(request: HttpRequest, how: Removal) -> HttpResponse:
    """A page that says what happened. A text that was sent is in a box, to be copied.

    A page's script keeps its text itself; what it shows stays as it is.
    """
    if is_page_script(request):
        response = JsonResponse({"removed": True, "reason": REASONS[how]}, status=HTTPStatus.GONE)
        response[REMOVED] = how.value
        return reswap(response, "none")
    context = {"how": how.value, "reason": REASONS[how], "text": request.POST.get("text", "")}
    return render(request, "attempts/forgotten.html", context, status=HTTPStatus.GONE)
