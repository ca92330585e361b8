"""Whoever has just written something reads the primary, so that they see what they wrote.

A cookie says so, because a session would have to be written with every save. It has no secret and
is not signed: it can only make the primary be read.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import HttpRequest, HttpResponse

from quizsite.database.replica.routing import (
    REPLICA,
    begin_request,
    end_request,
    may_read_replica,
)
from quizsite.database.replica.watching import MOST_BEHIND

COOKIE = "recent-write"
SECONDS = 2 * MOST_BEHIND  # the replica is not read when it is further behind than half of that
SAFE = ("GET", "HEAD", "OPTIONS")


class OwnWrites:
    """Middleware, outside of the one for sessions, whose writes count too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in connections:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_free = request.method in SAFE and COOKIE not in request.COOKIES
        begin_request(may_read_replica=is_free)
        try:
            response = self.get_response(request)
            has_written = is_free and not may_read_replica()
        finally:
            end_request()
        if has_written or request.method not in SAFE:
            response.set_cookie(
                COOKIE,
                "1",
                max_age=SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
