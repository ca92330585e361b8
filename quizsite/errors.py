"""What a visitor sees when a request is refused."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.defaults import bad_request, page_not_found

from questions.formats.encoding import MAX_BYTES

CARRIED = ("position", "revision", "writer", "sequence", "cause", "go_to", "flagged", "extend")


def is_page_script(request) -> bool:
    """Whether htmx or a script of ours asks, rather than a person's click."""
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Page-Script"))


def text_only(get_response):
    """Middleware: a 400 for what no text can be read from, before it fails deep inside.

    Forms in parts may claim any of Python's codecs, which yield lone surrogates or raise; and a
    NUL, which Postgres refuses to look up, may come in a quoted cookie or in the query.
    """

    def middleware(request):
        charset = request.content_params.get("charset", "utf-8").lower()
        query = request.META.get("QUERY_STRING", "")
        nul = "%00" in query or "\0" in query or any("\0" in v for v in request.COOKIES.values())
        if charset != "utf-8" or nul:
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


def no_longer_than_asked(get_response):
    """Middleware: a 400 for a body that no form of ours has, before any of it is read.

    Django limits only what is no file, and keeps the files of anybody in the folder for such.
    """

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > longest_body(request.path):
            return bad_request(request, None)
        return get_response(request)

    return middleware


def longest_body(path: str) -> int:
    """In bytes. The import's form may be sent files too large for it, to say so in its words."""
    is_import = path == reverse("admin:questions_question_import")
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE + (5 * MAX_BYTES if is_import else 0)


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
