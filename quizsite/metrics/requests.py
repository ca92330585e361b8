"""Requests, counted by the name of their route. Paths hold ids, so they would be too many."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from prometheus_client import Histogram

from quizsite.metrics.registry import REQUEST_SECONDS

METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
"""A visitor may make up any other."""
PROBE = "probe"
PROBES = {"/healthz", "/readyz"}
"""Asked every few seconds: a good answer is no news."""


def route_of(request: HttpRequest) -> str:
    """The name of the route; PROBE, "static" for files, "none" where nothing is found."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or match.route
    if request.path_info in PROBES:
        return PROBE
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def count(request: HttpRequest, status: int, route: str, seconds: float) -> None:
    method = request.method if request.method in METHODS else "other"
    _series(route, method or "other", status // 100).observe(seconds)


@cache
def _series(route: str, method: str, hundreds: int) -> Histogram:
    return REQUEST_SECONDS.labels(route, method, f"{hundreds}xx")
