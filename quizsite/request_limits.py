"""Middleware that refuses a request before a view reads it: unreadable text, or a long body."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.defaults import bad_request

from questions.rules.limits import MAX_BYTES

GetResponse = Callable[[HttpRequest], HttpResponse]


def refuse_unreadable_text(get_response: GetResponse) -> GetResponse:
    """Answer with a 400 if text cannot be read or stored, before it fails deep inside.

    The parts of a form may name any of Python's codecs; some yield lone surrogates, some raise.
    A NUL, which PostgreSQL cannot store, may come in a quoted cookie or in the query.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8").lower()
        query = request.META.get("QUERY_STRING", "")
        has_nul = "%00" in query or any("\0" in t for t in (query, *request.COOKIES.values()))
        if charset != "utf-8" or has_nul:
            return bad_request(request, BadRequest("unreadable text"))
        return get_response(request)

    return middleware


def refuse_long_bodies(get_response: GetResponse) -> GetResponse:
    """Answer with a 400 if the body is longer than any form at that address allows.

    Nothing of it is read. Django itself limits fields but not files, and stores everybody's files.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > longest_body(request.path):
            return bad_request(request, BadRequest("a body longer than any form allows"))
        return get_response(request)

    return middleware


def longest_body(path: str) -> int:
    """In bytes. The import takes more than its form allows, so that the form can say so itself."""
    is_import = path == reverse("admin:questions_question_import")
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE + (5 * MAX_BYTES if is_import else 0)
