"""A line for each request, by whatever server: without the query, and nothing of what was sent."""

import logging

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import escape_uri_path

from quizsite.logs.secret_addresses import without_secrets

logger = logging.getLogger("quizsite.access")


def log_request(
    request: HttpRequest, response: HttpResponseBase, route: str, seconds: float
) -> None:
    """seconds: until the response was there; of a streamed one, until it began."""
    if not logger.isEnabledFor(logging.INFO):
        return
    path = without_secrets(escape_uri_path(request.path))
    size, milliseconds = response.headers.get("Content-Length", "-"), round(seconds * 1000, 1)
    logger.info(
        "%s %s %d, %s bytes, %.1f ms",
        *(request.method, path, response.status_code, size, milliseconds),
        extra={
            "method": request.method,
            "path": path,
            "route": route,
            "status": response.status_code,
            "bytes": int(size) if size.isdecimal() else None,
            "milliseconds": milliseconds,
        },
    )
