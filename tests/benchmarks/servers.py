"""Servers for the same WSGI application and the same database, to be measured in one run."""

import importlib.util
import os
import signal
import socket
import subprocess
from dataclasses import dataclass

from tests.faults.proxy import HOST
from tests.faults.site import Site, children
from tests.waiting import wait_until

TICKS = os.sysconf("SC_CLK_TCK")
HAS_C_PARSER = importlib.util.find_spec("gunicorn_h1c") is not None
HAS_GRANIAN = importlib.util.find_spec("granian") is not None
LOGGED = '[%(time)s] "%(method)s %(path)s %(protocol)s" %(status)d %(dt_ms).3f'


@dataclass(frozen=True)
class Kind:
    """A server and its settings. Both write an access log, which goes nowhere."""

    server: str
    workers: int
    threads: int

    def __str__(self) -> str:
        return f"{self.server} {self.workers} × {self.threads}"

    def command(self, port: int, module: str) -> tuple[str, ...]:
        if self.server in ("gunicorn", "gunicorn, C"):
            log = ("--access-logfile", "/dev/null", "--log-level", "warning")
            config = ("--config", "python:quizsite.gunicorn_conf")
            parser = ("--http-parser", "python" if self.server == "gunicorn" else "fast")
            return ("gunicorn", *config, *log, *parser, "--bind", f"{HOST}:{port}", module)
        where = ("--host", HOST, "--port", str(port), "--interface", "wsgi", "--http", "1")
        size = ("--workers", str(self.workers), "--blocking-threads", str(self.threads))
        log = ("--access-log", "--access-log-fmt", LOGGED, "--log-level", "warning", "--no-ws")
        return ("granian", *where, *size, *log, f"{module}:application")


class Served:
    """A running server in front of the database of `site`."""

    def __init__(self, kind: Kind, site: Site, module: str = "quizsite.wsgi"):
        with socket.create_server((HOST, 0)) as any_port:
            self.port = any_port.getsockname()[1]
        size = {
            "WEB_CONCURRENCY": str(kind.workers),
            "WEB_THREADS": str(kind.threads),
            "DATABASE_POOL_MAX": str(kind.threads + 1),
        }
        self.process = site.start_process(
            *kind.command(self.port, module),
            env=site.variables(site.url) | size,
            stdout=subprocess.DEVNULL,
        )
        if not wait_until(self.answers, 60):
            raise RuntimeError(f"{kind} did not start:\n{site.log_tail()}")

    def answers(self) -> bool:
        try:
            socket.create_connection((HOST, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def processor_seconds(self) -> float:
        """CPU time of the server and of all that it started. Linux only."""
        total, left = 0, [self.process.pid]
        while left:
            pid = left.pop()
            left += children(pid)
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
