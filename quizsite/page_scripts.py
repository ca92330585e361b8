"""Requests of a page's scripts, as opposed to a person's click, and what marks our replies."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django_htmx.middleware import HtmxDetails

OWN_REPLY = "X-Own-Reply"
GetResponse = Callable[[HttpRequest], HttpResponse]


class HtmxRequest(HttpRequest):
    """A request as views get it: HtmxMiddleware has set `htmx`, which is true if htmx sent it."""

    htmx: HtmxDetails


def is_page_script(request: HttpRequest) -> bool:
    """Whether htmx or one of our scripts asks, not a person's click."""
    return bool(request.META.get("HTTP_HX_REQUEST") or request.META.get("HTTP_X_PAGE_SCRIPT"))


def mark_own_replies(get_response: GetResponse) -> GetResponse:
    """Middleware: a reply to a page's script says that it is the site's own, and its length.

    A proxy or the page of a network's log-in may answer in the site's place, also with a 200, and
    a reply may be cut off. The script takes neither for an answer (static/js/page/own-reply.js).
    The length is in bytes, before any compression.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_page_script(request) and not response.streaming:
            response[OWN_REPLY] = str(len(response.content))
            patch_cache_control(response, no_transform=True)
        return response

    return middleware
