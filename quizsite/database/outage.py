"""A database that is away or hangs: said in words, as a 503 that passes."""

from django.contrib.sessions import middleware
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.log import log_response
from psycopg_pool import PoolTimeout

from quizsite.page_scripts import is_page_script

NO_ANSWER = (OperationalError, InterfaceError, PoolTimeout)
RETRY_SECONDS = 60
SHORT = "The site can't reach its database right now: try again in a minute.\n"


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's, whose own statements may fail like a view's: here both are caught."""

    def process_exception(self, request, exception):
        if isinstance(exception, NO_ANSWER):
            return outage(request, exception)

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except NO_ANSWER as error:
            return outage(request, error)


def outage(request, error: Exception) -> HttpResponse:
    """The 503, and a line in the log: without a trace, which could hold what somebody wrote."""
    if is_page_script(request):
        response = HttpResponse(SHORT, status=503, content_type="text/plain")
    else:
        response = render(None, "503.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    add_never_cache_headers(response)
    reason = str(error).strip().partition("\n")[0]
    log_response("No answer from the database: %s", reason, response=response, request=request)
    return response
