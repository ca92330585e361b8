"""Requests of a page's scripts, as opposed to a person's click."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request as views get it: HtmxMiddleware has set `htmx`, which is true if htmx sent it."""

    htmx: HtmxDetails


def is_page_script(request: HttpRequest) -> bool:
    """Whether htmx or one of our scripts asks, not a person's click."""
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Page-Script"))
