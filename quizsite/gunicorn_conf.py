"""gunicorn's settings, in production and under `make run`. Its command line may override them.

It uses threads, because requests spend most of their time waiting for PostgreSQL. It belongs
behind a proxy that keeps slow clients away, like that of docker-compose.yml: each half-sent request
occupies a thread until its client gives up.
"""

import ipaddress
import os
import subprocess
import sys
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from quizsite.logs.settings import logging_settings
from quizsite.metrics import shared_numbers
from quizsite.serving import sockets

# With WEB_SOCKET, a server that starts takes the place of the one that serves, without a gap.
LINK = Path(os.environ["WEB_SOCKET"]).absolute() if os.environ.get("WEB_SOCKET") else None
bind = os.environ.get("WEB_ADDRESS") or "127.0.0.1:8000"
if LINK is not None:
    bind = f"unix:{sockets.own_socket(LINK, os.getpid())}"

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
# One connection for each thread, and one to spare while the pool replaces a broken one. The
# settings read it.
os.environ.setdefault("DATABASE_POOL_MAX", str(threads + 1))
timeout = 30
graceful_timeout = 60  # of who stops: an import may take so long, everything else less
keepalive = 5
control_socket_disable = True

# The site writes a line for each request itself, with the id of the request (quizsite/logs).
accesslog = None
logconfig_dict = logging_settings()
shared_numbers.prepare()

OPEN = (
    "gunicorn listens on the network, and BEHIND_PROXY=1 does not say that a proxy is in front. "
    "A few slow clients can then block the site: put one in front, as docker-compose.yml does."
)


def is_open(address: object) -> bool:
    """Whether other machines reach the address: (host, port, …), a path, or a descriptor."""
    if not isinstance(address, tuple):
        return False
    host = str(address[0])
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, or "" for all addresses
        return host != "localhost"


def on_starting(server: Arbiter) -> None:
    """Warn of an address that is open without a proxy. With --preload, load the scorer's model
    once, so that the workers share it."""
    if any(map(is_open, server.cfg.address)) and os.environ.get("BEHIND_PROXY", "0") in ("", "0"):
        server.log.warning(OPEN)
    if server.cfg.preload_app:
        from attempts import scoring

        scoring.engine_name()


def when_ready(server: Arbiter) -> None:
    """Have the link taken once the workers answer."""
    addresses = [Path(each) for each in server.cfg.address if isinstance(each, str)]
    if LINK is not None and addresses:
        helper = [sys.executable, "-m", "quizsite.serving.take_over", str(LINK), str(addresses[0])]
        started = subprocess.Popen(helper, stdin=subprocess.DEVNULL)
        started.returncode = 0  # gunicorn waits for every child


def child_exit(server: Arbiter, worker: Worker) -> None:
    shared_numbers.forget(worker.pid)


def on_exit(server: Arbiter) -> None:
    shared_numbers.remove()
