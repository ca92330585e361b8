"""Middleware that refuses a request before a view reads it: unreadable text, or a long body.

Their pages are rendered without the request. Django's own error views want a CSRF token, and so
read and store the whole body if the visitor sends any cookie of that name.
"""

from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from questions.rules.limits import MAX_BYTES
from quizsite.database.outage import NO_ANSWER, outage
from quizsite.page_scripts import is_page_script

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]

SHORT = "What was sent is larger than anything this site takes here. Nothing of it was stored.\n"


def refuse_long_bodies(get_response: GetResponse) -> GetResponse:
    """Answer with a 413 if the body is longer than any form at that address allows.

    Nothing of it is read. Django itself limits fields but not files, and stores everybody's files.
    It comes before all other middleware, because what those refuse gets an error view of Django's.
    A body of unknown length gets a 411: Django would take it for an empty one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META:
            return HttpResponse("Name the length of the body.\n", "text/plain", 411)
        length = body_length(request)
        if length is None or length > longest_body(request.path):
            return _too_long(request)
        return get_response(request)

    return middleware


class LongBodiesFromStaffOnly:
    """Middleware: a body that only the import takes is read only if staff sends it.

    It comes before CsrfViewMiddleware, which is the first to read a body.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if (body_length(request) or 0) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None
        try:
            is_staff = request.user.is_active and request.user.is_staff
        except NO_ANSWER as error:
            return outage(request, error)
        return None if is_staff else _too_long(request)


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
            return render(None, "400.html", status=HTTPStatus.BAD_REQUEST)
        return get_response(request)

    return middleware


def body_length(request: HttpRequest) -> int | None:
    """In bytes, as the sender declares it; None if that is no length."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdecimal() else None


def longest_body(path: str) -> int:
    """In bytes. The import takes more than its form allows, so that the form can say so itself."""
    is_import = path == _import_address()
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE + (5 * MAX_BYTES if is_import else 0)


@cache
def _import_address() -> str:
    return reverse("admin:questions_question_import")


def _too_long(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if is_page_script(request):
        return HttpResponse(SHORT, "text/plain", status)
    return render(None, "413.html", status=status)
