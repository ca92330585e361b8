"""What somebody sees who has done too much: what happened, what to do, and all that they typed."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quizsite.page_scripts import is_page_script

SECRET = ("password", "code", "credential", "csrfmiddlewaretoken")
"""Fields whose names hold one of these are never written back into a page."""


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """A 429. A page's script keeps what was typed itself, so it gets a short note.

    Anybody else gets a form that sends the same again; a file has to be chosen again.
    """
    context = {"seconds": seconds, "minutes": -(-seconds // 60), "resent": resent(request)}
    context["has_secrets"] = any(is_secret(name) for name in request.POST if "csrf" not in name)
    template = "_429_note.html" if is_page_script(request) else "429.html"
    response = render(request, template, context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "private, no-store"
    return response


def resent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form as they were sent, in order, without secrets."""
    if request.method != "POST":
        return []
    lists = request.POST.lists()
    return [(name, value) for name, values in lists if not is_secret(name) for value in values]


def is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET)
