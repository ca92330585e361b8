"""What a visitor sees when a request is refused."""

from django.http import Http404
from django.shortcuts import render
from django.views.defaults import bad_request, page_not_found

CARRIED = ("position", "revision", "writer", "sequence", "cause", "go_to", "flagged", "extend")


def is_page_script(request) -> bool:
    """Whether htmx or a script of ours asks, rather than a person's click."""
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Page-Script"))


def text_only(get_response):
    """Middleware: a 400 for what no text can be read from, before it fails deep inside.

    Forms in parts may claim any of Python's codecs, which yield lone surrogates or raise; and a
    quoted cookie may hold a NUL, which Postgres refuses to look up.
    """

    def middleware(request):
        charset = request.content_params.get("charset", "utf-8").lower()
        if charset != "utf-8" or any("\0" in value for value in request.COOKIES.values()):
            return bad_request(request, None)
        return get_response(request)

    return middleware


def own_not_found(get_response):
    """Middleware: the site's own page for what is not found, on somebody's own machine too.

    With DEBUG, Django would show its list of addresses instead.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return page_not_found(request, None)
        return response

    def process_exception(request, exception):
        return page_not_found(request, exception) if isinstance(exception, Http404) else None

    middleware.process_exception = process_exception
    return middleware


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
