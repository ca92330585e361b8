"""The texts that a browser keeps until they are saved are forgotten when a person leaves it, and
with an attempt that is deleted.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]

COOKIE = "forget-unsaved"
ALL = "1"
MOST_NAMED = 20
"""Attempts that the cookie names; if there are more, all texts are forgotten."""


def forgets_unsaved_text(leave: View) -> View:
    """Decorate a view by whose POST a person leaves the browser, such as a log-out."""

    @wraps(leave)
    def view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = leave(request, *args, **kwargs)
        if request.method == "POST":
            forget_unsaved_text(response)
        return response

    return view


def forget_unsaved_text(response: HttpResponseBase, which: str = ALL) -> None:
    """Set a cookie, by which the next page's script knows what to forget.

    The header Clear-Site-Data would also delete what somebody chose for this browser, and works
    with TLS alone.
    """
    response.set_cookie(
        COOKIE,
        which,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget_unsaved_of(request: HttpRequest, response: HttpResponseBase, attempt_id: UUID) -> None:
    """Forget the texts of this attempt, beside those that no page has forgotten yet."""
    named = [name for name in request.COOKIES.get(COOKIE, "").split(".") if name]
    is_all = ALL in named or len(named) >= MOST_NAMED
    forget_unsaved_text(response, ALL if is_all else ".".join([*named, str(attempt_id)]))
