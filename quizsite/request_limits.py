"""Middleware that refuses a request before any view reads it: unreadable text, a body too long."""

from django.conf import settings
from django.urls import reverse
from django.views.defaults import bad_request

from questions.rules.limits import MAX_BYTES


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
