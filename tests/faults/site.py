"""The site as in production, on a database of its own: started, broken, and ended by its pids."""

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

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """gunicorn with two workers and a durable Postgres; a proxy stands before each of the two.

    settings, application: the modules that the site runs. proxied=False: nothing stands between.
    """

    def __init__(
        self,
        settings: str = "tests.faults.settings",
        application: str = "quizsite.wsgi",
        *,
        proxied: bool = True,
    ):
        self.place = Path(tempfile.mkdtemp(prefix="quizsite-site-", dir="/tmp"))
        self.place.chmod(0o711)  # where root starts it, Postgres runs as another account
        self.data = self.place / "data"
        self.static = self.place / "source"
        self.log = self.place / "site.log"
        self.settings, self.application, self.proxied = settings, application, proxied
        self.watcher: subprocess.Popen | None = None
        self.master: subprocess.Popen | None = None
        self.database_link: Proxy | None = None
        self.door: socket.socket | None = None
        self.cluster: Cluster | None = None
        self.front: Proxy | None = None

    def start(self) -> None:
        shutil.copytree(ROOT / "static", self.static)
        self.watcher = self._begin("tests.faults.watcher", str(self.data), stdout=subprocess.PIPE)
        self.url = self.watcher.stdout.readline().decode().strip()
        self.cluster = Cluster(self.data, None)
        self.database_link = Proxy(str(self.cluster.sockets / ".s.PGSQL.5432"))
        self.run("tests.faults.prepare", "tables", "files")
        self.serve()

    def run(self, module: str, *arguments: str) -> None:
        """Run one of our modules against the database itself, as a deploy does."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self._variables(self.url),
            capture_output=True,
            text=True,
            timeout=60,
        )
        if done.returncode:
            raise RuntimeError(f"{module} failed:\n{done.stderr}")

    def serve(self) -> None:
        self.door = socket.create_server((HOST, 0), backlog=256)
        number = self.door.fileno()
        self.master = self._begin(
            *("gunicorn", "--config", "python:quizsite.gunicorn_conf", "--log-level", "warning"),
            *("--access-logfile", "/dev/null", "--bind", f"fd://{number}", self.application),
            pass_fds=(number,),
            env=self._variables(self.link_url if self.proxied else self.url),
        )
        self.port = self.door.getsockname()[1]
        if self.proxied:
            self.front = Proxy(self.port)
            self.port = self.front.port
        if not wait_until(lambda: self.health() == 200, 30):
            raise RuntimeError(f"the site did not start:\n{self.last_words()}")

    def _begin(self, *module: str, **how) -> subprocess.Popen:
        """A process that ends with this one, and that leads a group, to be ended as one."""
        with open(self.log, "ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "quizsite.local.die_with_parent", str(os.getpid()), *module],
                **{"cwd": ROOT, "stdout": log, "stderr": log, "start_new_session": True} | how,
            )

    @property
    def link_url(self) -> str:
        """The database's address by way of the proxy."""
        who, port = SUPERUSER, self.database_link.port
        return f"postgresql://{who}@{HOST}:{port}/postgres?sslmode=disable"

    def _variables(self, url: str) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "DEBUG": "0",
            "HTTPS": "0",
            "SECRET_KEY": "only-for-the-tests-of-this-run-and-nothing-else",
            "ALLOWED_HOSTS": HOST,
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "LOG_LEVEL": "WARNING",
            "STATIC_ROOT": str(self.place / "static"),
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
        """Its watcher starts it again."""
        os.kill(self.cluster.postmaster(), signal.SIGKILL)

    def cut(self, link: Proxy, seconds: float) -> None:
        """Cut all connections of a link, and let no new one through for some time."""
        link.refuses = True
        link.cut()
        time.sleep(seconds)
        link.refuses = False

    # How it is

    def workers(self) -> list[int]:
        return children(self.master.pid)

    def health(self) -> int | None:
        """The status of /healthz, asked of gunicorn itself; None where nothing answers."""
        link = http.client.HTTPConnection(*self.door.getsockname(), timeout=20)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(link):
            link.request("GET", "/healthz", headers={"Connection": "close"})
            return link.getresponse().status
        return None

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-4_000:] if self.log.exists() else ""

    def stop(self) -> None:
        """End every process of the site, whatever state it is in."""
        for proxy in filter(None, (self.front, self.database_link)):
            proxy.close()
        for process in filter(None, (self.master, self.watcher)):
            end_group(process)
        if self.door is not None:
            self.door.close()
        if self.cluster is not None:
            self.cluster.stop(signal.SIGQUIT)
        shutil.rmtree(self.place, ignore_errors=True)


def end_group(process: subprocess.Popen) -> None:
    """Kill a process that leads a group, and the group with it; its pid is ours until we wait."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def children(pid: int) -> list[int]:
    """The processes that `pid` started and that live."""
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


def wait_until(true, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
