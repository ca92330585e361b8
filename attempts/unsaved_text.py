"""The texts that a browser keeps until they are saved are forgotten when a person leaves it."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def forgets_unsaved_text(leave: View) -> View:
    """Decorate a view by whose POST a person leaves the browser, such as a log-out.

    The view sets a cookie, by which the next page's script knows. The header Clear-Site-Data would
    also delete what somebody chose for this browser, and works with TLS alone.
    """

    @wraps(leave)
    def view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = leave(request, *args, **kwargs)
        if request.method == "POST":
            response.set_cookie(
                "forget-unsaved",
                "1",
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    return view
