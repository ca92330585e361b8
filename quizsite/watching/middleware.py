"""The outermost middleware: each request has an id, a line in the log, and counts."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from quizsite.logs import request_ids
from quizsite.logs.access import log_request
from quizsite.metrics import process, requests
from quizsite.watching.scrape import is_scrape, scrape

META_NAME = f"HTTP_{request_ids.HEADER.upper().replace('-', '_')}"
"""Where WSGI has the header: request.headers would read all of them."""

GetResponse = Callable[[HttpRequest], HttpResponse]


def watch_requests(get_response: GetResponse) -> GetResponse:
    """Middleware. It answers those who may read the metrics itself: their machine knows the site by
    an address that ALLOWED_HOSTS does not name, and has no TLS."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        # Without a proxy of ours in front, the header says whatever a visitor wants.
        given = request.META.get(META_NAME, "") if settings.BEHIND_PROXY else ""
        request_id = request_ids.begin(given)
        if is_scrape(request):
            return scrape()
        response = get_response(request)
        response.headers[request_ids.HEADER] = request_id
        seconds, route = time.perf_counter() - began, requests.route_of(request)
        if route != requests.PROBE or response.status_code >= 400:
            log_request(request, response, route, seconds)
        if settings.METRICS_TOKEN:
            requests.count(request, response.status_code, route, seconds)
            process.note_now_and_then()
        return response

    return middleware
