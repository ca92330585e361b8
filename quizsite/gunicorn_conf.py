"""gunicorn's settings, in production and under `make run`; the command line has the last word.

Threads, because requests wait for Postgres most of their time. gunicorn stands behind a proxy
that takes slow clients off its hands: two hundred half-sent requests would occupy every thread.
"""

import os
import re

from gunicorn import glogging

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
# A connection for each thread that may ask, and for the one that scores: read by the settings.
os.environ.setdefault("DATABASE_POOL_MAX", str(threads + 1))
timeout = 30
graceful_timeout = 10
keepalive = 5
control_socket_disable = True

accesslog = "-"
# The path without the query string, and nothing of what was sent.
access_log_format = '%(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(M)sms'
SECRET_PARTS = re.compile(r"(/reset/key/|/confirm-email/)[^/]+")


def on_starting(server):
    """With --preload the scorer's model is loaded once, and the workers share it."""
    if server.cfg.preload_app:
        from attempts import scoring

        scoring.engine_name()


class logger_class(glogging.Logger):  # noqa: N801
    """Keeps the one-time keys of e-mailed links out of the log."""

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        return atoms | {"U": SECRET_PARTS.sub(r"\1...", atoms["U"] or "")}
