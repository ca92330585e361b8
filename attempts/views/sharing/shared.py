"""One result, shown to whoever has a link to it.

The page knows nothing of who looks at it: it reads no session and sets no cookie. The secret is in
its address, so no page that it links to is told that.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attempts.models import Attempt, ResultLink
from attempts.models.personal.result_link import hash_of
from attempts.rules.lifecycle import IllegalTransition
from attempts.views.results.reading import read_result
from attempts.views.results.result_page import ResultPage
from quizsite.clock import database_now

View = Callable[[HttpRequest, str], HttpResponse]


def keeps_its_address(view: View) -> View:
    """Decorator: search engines leave the page out, and no other site learns its address."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return wrapped


@keeps_its_address
@require_safe
def shared_result(request: HttpRequest, token: str) -> HttpResponse:
    """The result; the same 404 for a link that expired or was taken back and for one that never
    was.
    """
    now = database_now()
    link = ResultLink.objects.live(now).filter(token_hash=hash_of(token)).first()
    page = _result(link, now) if link else None
    if link is None or page is None:
        return render(request, "404.html", {"hides_address": True}, status=HTTPStatus.NOT_FOUND)
    return render(request, "attempts/sharing/shared.html", {"result": page, "link": link})


def _result(link: ResultLink, now: datetime) -> ResultPage | None:
    """As its owner sees it now; None if it was deleted or reopened meanwhile."""
    try:
        return read_result(link.attempt.owner, link.attempt_id, now)
    except (Attempt.DoesNotExist, IllegalTransition):
        return None
