"""The site as in production, on a database of its own, which tests can break."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from quizsite.local.cluster import SUPERUSER, Cluster
from tests.faults.proxy import HOST, Proxy
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """gunicorn with two workers, and a durable PostgreSQL; each of the two behind a proxy.

    settings, application: the modules that the site runs. proxied=False: without the proxies.
    """

    tls = False  # whether its port is asked by HTTPS

    def __init__(
        self,
        settings: str = "tests.faults.settings",
        application: str = "quizsite.wsgi",
        *,
        proxied: bool = True,
    ):
        self.folder = Path(tempfile.mkdtemp(prefix="quizsite-site-", dir="/tmp"))
        self.folder.chmod(0o711)  # for root, PostgreSQL runs as another account
        self.data = self.folder / "data"
        self.static = self.folder / "source"
        self.log = self.folder / "site.log"
        self.settings, self.application, self.proxied = settings, application, proxied
        self.supervisor: subprocess.Popen | None = None
        self.master: subprocess.Popen | None = None
        self.scorer: subprocess.Popen | None = None
        self.database_proxy: Proxy | None = None
        self.listener: socket.socket | None = None
        self.cluster: Cluster | None = None
        self.site_proxy: Proxy | None = None

    def start(self) -> None:
        self.prepare()
        self.serve()

    def prepare(self) -> None:
        """A database with the bank, and the static files; nothing is served yet."""
        shutil.copytree(ROOT / "static", self.static)
        self.supervisor = self.start_process(
            "tests.faults.database_supervisor", str(self.data), stdout=subprocess.PIPE
        )
        self.url = self.supervisor.stdout.readline().decode().strip()
        self.cluster = Cluster(self.data, None)
        self.database_proxy = Proxy(str(self.cluster.sockets / ".s.PGSQL.5432"))
        self.run("tests.faults.prepare", "tables", "files")

    def run(self, module: str, *arguments: str, seconds: int = 180) -> str:
        """Run one of our modules against the database, without the proxy, as a deploy does.

        Returns what it printed.
        """
        completed = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.variables(self.url),
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        if completed.returncode:
            raise RuntimeError(f"{module} failed:\n{completed.stderr}")
        return completed.stdout

    def serve(self) -> None:
        self.listener = socket.create_server((HOST, 0), backlog=256)
        descriptor = self.listener.fileno()
        self.master = self.start_process(
            *("gunicorn", "--config", "python:quizsite.gunicorn_conf", "--log-level", "warning"),
            *("--access-logfile", "/dev/null", "--bind", f"fd://{descriptor}"),
            *("--graceful-timeout", "10", self.application),
            pass_fds=(descriptor,),
            env=self.variables(self.proxied_url if self.proxied else self.url),
        )
        self.port = self.listener.getsockname()[1]
        if self.proxied:
            self.site_proxy = Proxy(self.port)
            self.port = self.site_proxy.port
        if not wait_until(lambda: self.health() == 200, 30):
            raise RuntimeError(f"the site did not start:\n{self.log_tail()}")

    def make_suggestions(self) -> None:
        """Start the process that makes them, too."""
        url = self.proxied_url if self.proxied else self.url
        self.scorer = self.start_process("manage", "make_suggestions", env=self.variables(url))

    def start_process(self, *module: str, **how) -> subprocess.Popen:
        """A process that ends with this one, and leads a group, so that all of it can be ended."""
        with open(self.log, "ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "quizsite.local.die_with_parent", str(os.getpid()), *module],
                **{"cwd": ROOT, "stdout": log, "stderr": log, "start_new_session": True} | how,
            )

    @property
    def proxied_url(self) -> str:
        """The database's URL through the proxy."""
        port = self.database_proxy.port
        return f"postgresql://{SUPERUSER}@{HOST}:{port}/postgres?sslmode=disable"

    def variables(self, url: str) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "DEBUG": "0",
            "HTTPS": "0",
            "SECRET_KEY": "only-for-the-tests-of-this-run-and-nothing-else",
            "ALLOWED_HOSTS": HOST,
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "LOG_LEVEL": "WARNING",
            "STATIC_ROOT": str(self.folder / "static"),
            "STATIC_SOURCE": str(self.static),
            "WEB_CONCURRENCY": "2",
        }

    # What can happen to it

    def kill_workers(self) -> None:
        """One after the other, so that both are likely to be in the middle of something."""
        for pid in self.workers():
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.5)

    def deploy(self) -> None:
        """New workers take over; the old ones finish what they have begun."""
        self.master.send_signal(signal.SIGHUP)

    def kill_database(self) -> None:
        """Its supervisor starts it again."""
        os.kill(self.cluster.postmaster(), signal.SIGKILL)

    def cut(self, proxy: Proxy, seconds: float) -> None:
        """Cut all connections of a proxy, and refuse new ones for some time."""
        proxy.refuses = True
        proxy.cut()
        time.sleep(seconds)
        proxy.refuses = False

    # Its state

    def workers(self) -> list[int]:
        return children(self.master.pid)

    def health(self) -> int | None:
        """The status of /readyz from gunicorn itself; None where nothing answers."""
        client = http.client.HTTPConnection(*self.listener.getsockname(), timeout=20)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(client):
            client.request("GET", "/readyz", headers={"Connection": "close"})
            return client.getresponse().status
        return None

    def log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-4_000:] if self.log.exists() else ""

    def stop(self) -> None:
        """End every process of the site, whatever its state."""
        for proxy in filter(None, (self.site_proxy, self.database_proxy)):
            proxy.close()
        for process in filter(None, (self.scorer, self.master, self.supervisor)):
            end_group(process)
        if self.listener is not None:
            self.listener.close()
        if self.cluster is not None:
            self.cluster.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


def end_group(process: subprocess.Popen) -> None:
    """Kill a process and the group that it leads. Until we wait, its pid belongs to no other."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def children(pid: int) -> list[int]:
    """The living processes that `pid` started."""
    if Path("/proc/self/stat").exists():
        stats = (_stat(entry) for entry in Path("/proc").glob("[0-9]*/stat"))
        rows = [(words[0], words[3]) for words in stats if words and words[2] != "Z"]
    else:
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
        )
        rows = [line.split() for line in listed.stdout.splitlines()]
    return sorted(int(child) for child, parent in rows if int(parent) == pid)


def _stat(entry: Path) -> list[str]:
    """pid, name, state, parent, …; the name, which may hold spaces, is left empty."""
    with contextlib.suppress(OSError):
        text = entry.read_text(errors="replace")
        return [text.split(" ", 1)[0], "", *text.rpartition(")")[2].split()]
    return []
