"""Metrics of a process that serves no pages: the sweep, and what makes suggestions."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from quizsite.metrics import process
from quizsite.metrics.registry import REGISTRY
from quizsite.watching.scrape import PATH, may_read


class _Handler(BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self) -> None:
        if self.path != PATH or not may_read(self.headers.get("Authorization", "")):
            self.send_error(404)
            return
        process.note()
        body = generate_latest(REGISTRY)
        self.send_response(200)
        self.send_header("Content-Type", CONTENT_TYPE_LATEST)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """No line for each scrape."""


def serve_metrics() -> ThreadingHTTPServer | None:
    """Answer at METRICS_LISTEN ("host:port") in a thread that ends with the process; None if unset.

    Raises ImproperlyConfigured where that is no address that can be had.
    """
    address = settings.METRICS_LISTEN
    if not address:
        return None
    host, _, port = address.rpartition(":")
    try:
        server = ThreadingHTTPServer((host.strip("[]"), int(port)), _Handler)
    except (ValueError, OverflowError, OSError) as error:
        raise ImproperlyConfigured(f"METRICS_LISTEN={address}: {error}") from None
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
