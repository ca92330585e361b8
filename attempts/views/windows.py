"""In which window of its owner an attempt was ended, so that the others can say so.

A page names its window in each request of its room: in a form, an address or a script's header.
Scripts use one name for all pages of a tab (static/js/page/this-window.js). Without them each page
has its own, and hands it on to the page that asks before the end.
"""

import re
import secrets

from django.http import HttpRequest

from attempts.models import Attempt

WINDOW = re.compile(r"[A-Za-z0-9_.-]{1,36}")
ELSEWHERE = "elsewhere"


def new_name() -> str:
    """Of a page, or of its window."""
    return secrets.token_urlsafe(16)


def window_of(request: HttpRequest) -> str:
    """ "" where the request names none."""
    named = request.POST.get("window") or request.GET.get("window")
    named = named or request.headers.get("X-Window", "")
    return named if WINDOW.fullmatch(named) else ""


def address_of(request: HttpRequest, attempt: Attempt) -> str:
    """Where the attempt is now: its room, or its result, which says that it ended elsewhere.

    It does not say so where the window is not known, nor where time or somebody else ended it.
    """
    window, address = window_of(request), attempt.get_absolute_url()
    is_elsewhere = not attempt.is_running and window and attempt.ended_in not in ("", window)
    return f"{address}?ended={ELSEWHERE}" if is_elsewhere else address
