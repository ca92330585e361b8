"""What a request gets while the database is away or hangs: a page that says so, status 503."""

from django.contrib.sessions import middleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.log import log_response
from psycopg_pool import PoolTimeout

from quizsite.logs import request_ids
from quizsite.logs.tracebacks import words_of
from quizsite.page_scripts import is_page_script

NO_ANSWER = (OperationalError, InterfaceError, PoolTimeout)
RETRY_SECONDS = 60
SHORT = "The site can't reach its database right now. Try again in a minute.\n"


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's, with a 503 if a view or the saving of the session gets no answer."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return outage(request, exception) if isinstance(exception, NO_ANSWER) else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except NO_ANSWER as error:
            return outage(request, error)


def outage(request: HttpRequest, error: Exception) -> HttpResponse:
    """The 503, and a line in the log. A traceback is left out: it could hold somebody's answer."""
    if is_page_script(request):
        response = HttpResponse(SHORT, status=503, content_type="text/plain")
    else:
        context = {"request_id": request_ids.current()}
        response = render(None, "503.html", context, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    reason = words_of(error)
    log_response("No answer from the database: %s", reason, response=response, request=request)
    return response
