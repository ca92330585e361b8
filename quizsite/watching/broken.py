"""The page for an error of ours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quizsite.logs import request_ids


def server_error(request: HttpRequest) -> HttpResponse:
    """It is rendered without the request, of which anything may be broken."""
    return render(None, "500.html", {"request_id": request_ids.current()}, status=500)
