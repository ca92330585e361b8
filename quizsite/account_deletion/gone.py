"""A request whose account is deleted while it is being served."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from attempts.views.refused_text import refused_text_response
from quizsite.page_scripts import is_page_script


class GoneAccount:
    """Middleware: what such a request would have added belongs to nobody, and PostgreSQL refuses
    it. The person is logged out by then, and is told so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, IntegrityError):
            return None
        user_id = request.session.get(SESSION_KEY)
        if user_id is None or User.objects.filter(pk=user_id).exists():
            return None
        if is_page_script(request) or request.POST.get("text"):
            return refused_text_response(request, status=401)
        return redirect("home")
