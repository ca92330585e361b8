"""A page that gives a refused text back to its writer, to send it again."""

from django.shortcuts import render

from attempts.forms import FlagForm, MoreTimeForm, MoveForm
from quizsite.page_scripts import is_page_script

FIELDS = {*MoveForm.base_fields, *FlagForm.base_fields, *MoreTimeForm.base_fields} - {"text"}
"""What the room's forms send beside the text; the page sends it along again."""


def csrf_failure(request, reason=""):
    """The security token was out of date: say so, and hand back what was written to send again.

    Without JavaScript this page is all that stands between an expired token and a lost answer.
    """
    return resend(request, status=403)


def resend(request, *, status: int, reason: str = ""):
    """A page that holds the text which a refused POST carried, with a fresh token to resend it.

    reason: what the sender can do about it, where the status does not say it.
    For a page's scripts the status says all; they keep the text themselves.
    """
    if is_page_script(request):
        context = {"status": status, "reason": reason}
        return render(request, "attempts/_resend_note.html", context, status=status)
    carried = {name: request.POST[name] for name in FIELDS if name in request.POST}
    context = {
        "text": request.POST.get("text"),
        "carried": carried,
        "status": status,
        "reason": reason,
    }
    return render(request, "attempts/resend.html", context, status=status)
