"""What a visitor sees when a request is refused."""

from django.shortcuts import render

CARRIED = ("position", "revision", "writer", "sequence", "cause", "go_to", "flagged", "extend")


def is_page_script(request) -> bool:
    """Whether htmx or a script of ours asks, rather than a person's click."""
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Page-Script"))


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
        return render(request, "_resend_note.html", context, status=status)
    carried = {name: request.POST[name] for name in CARRIED if name in request.POST}
    context = {
        "text": request.POST.get("text"),
        "carried": carried,
        "status": status,
        "reason": reason,
    }
    return render(request, "resend.html", context, status=status)
