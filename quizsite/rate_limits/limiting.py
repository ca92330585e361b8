"""Middleware: nobody does more of anything than LIMITS says, and is told so calmly."""

from collections.abc import Callable

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from attempts.owners import owner_of
from quizsite.database.outage import NO_ANSWER
from quizsite.rate_limits.counting import seconds_to_wait
from quizsite.rate_limits.rates import LIMITS, Limit
from quizsite.rate_limits.reply import too_many

View = Callable[..., HttpResponseBase]


class RateLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """A 429 if there was too much. Without a database the view itself says what is wrong."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        limit = LIMITS.get(name)
        if limit is None or request.method not in limit.methods or not settings.RATE_LIMITS:
            return None
        try:
            seconds = wait_of(request, name, limit)
        except NO_ANSWER:
            return None
        return too_many(request, seconds) if seconds else None


def wait_of(request: HttpRequest, action: str, limit: Limit) -> int:
    """Count the request for its person and its network; how many seconds it has to wait."""
    if owner := owner_of(request):
        seconds = seconds_to_wait(action, "{}:{}".format(*owner.column), limit.person)
        if seconds:
            return seconds
    return seconds_to_wait(action, network_of(request), limit.network)


def network_of(request: HttpRequest) -> str:
    try:
        return f"network:{get_ip(request)}"
    except PermissionDenied:  # the server was not told the address
        return "network:unknown"
