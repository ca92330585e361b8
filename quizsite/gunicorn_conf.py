"""gunicorn's settings, in production and under `make run`. Its command line may override them.

It uses threads, because requests spend most of their time waiting for PostgreSQL. It belongs
behind a proxy that keeps slow clients away: two hundred half-sent requests would occupy every
thread.
"""

import os
import re

from gunicorn import glogging
from gunicorn.arbiter import Arbiter

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
# One connection for each thread, and one for the thread that scores. The settings read it.
os.environ.setdefault("DATABASE_POOL_MAX", str(threads + 1))
timeout = 30
graceful_timeout = 10
keepalive = 5
control_socket_disable = True

accesslog = "-"
# The path without the query string, and nothing of what was sent.
access_log_format = '%(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(M)sms'
SECRET_PARTS = re.compile(r"(/reset/key/|/confirm-email/)[^/]+")


def on_starting(server: Arbiter) -> None:
    """With --preload, load the scorer's model once, so that the workers share it."""
    if server.cfg.preload_app:
        from attempts import scoring

        scoring.engine_name()


class logger_class(glogging.Logger):  # noqa: N801 - gunicorn takes the setting of this name
    """Keeps the one-time keys of emailed links out of the log."""

    def atoms(
        self, resp: object, req: object, environ: dict[str, object], request_time: object
    ) -> dict[str, str]:
        atoms: dict[str, str] = super().atoms(resp, req, environ, request_time)
        return atoms | {"U": SECRET_PARTS.sub(r"\1...", atoms["U"] or "")}
