"""The site as on many machines: two copies behind nginx, PgBouncer, a primary and its replica."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from quizsite.local import programs, users
from quizsite.local.cluster import SUPERUSER, Cluster
from tests.cluster import nginx
from tests.cluster.pgbouncer import PgBouncer
from tests.cluster.replica import NAME, Replica
from tests.faults.site import ROOT, children, end_group
from tests.waiting import wait_until

SCORER = ROOT / "attempts/management/commands/make_suggestions.py"


class ManyMachines:
    """port: of nginx, by which candidates come."""

    tls = False

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="quizsite-cluster-", dir="/tmp"))
        self.folder.chmod(0o711)  # for root, PostgreSQL runs as another account
        self.log = self.folder / "site.log"
        self.primary = Cluster(self.folder / "primary/data", programs.server_account())
        self.processes: list[subprocess.Popen] = []
        self.copies: list[subprocess.Popen] = []
        self.port, *self.ports = free_ports(3)
        self.replica: Replica | None = None
        self.bouncer: PgBouncer | None = None

    def start(self) -> None:
        self._start_primary()
        self._run(self.primary.url, "tests.faults.prepare", "tables", "files")
        self._run(self.primary.url, "manage", "set_time_outs")
        self.replica = Replica.of(conninfo(self.primary), self.folder)
        self.bouncer = PgBouncer(conninfo(self.primary), SUPERUSER, "postgres")
        self.bouncer.start()
        self._run(self.url, "manage", "check", "--database", "default", PGBOUNCER="1")
        self.say(f"ALTER SYSTEM SET synchronous_standby_names = '{NAME}'")
        self.say("SELECT pg_reload_conf()")
        self.copies = [self._serve(port) for port in self.ports]
        self._start("manage", "finish_overdue", "--every", "5")
        if SCORER.exists():
            self._start("manage", "make_suggestions")
        self.processes.append(nginx.start(self.folder, self.port, self.ports))
        for port in self.ports:
            assert wait_until(lambda p=port: answers(p), 60), self.log_tail()

    def _start_primary(self) -> None:
        self.primary.data.parent.mkdir(mode=0o711)
        users.add_this_process(self.primary, remove=True)
        self.primary.initialise("--no-sync")
        self.primary.start({"wal_keep_size": "256MB"})

    def _serve(self, port: int) -> subprocess.Popen:
        return self._start(
            *("gunicorn", "--config", "python:quizsite.gunicorn_conf", "--log-level", "warning"),
            *("--access-logfile", "/dev/null", "--bind", f"{nginx.HOST}:{port}", "quizsite.wsgi"),
        )

    def _start(self, *module: str) -> subprocess.Popen:
        """One of our modules, which ends with this process."""
        with open(self.log, "ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "quizsite.local.die_with_parent", str(os.getpid()), *module],
                **{"cwd": ROOT, "stdout": log, "stderr": log, "start_new_session": True},
                env=self._variables(self.url, PGBOUNCER="1", REPLICA_URL=self.replica.url),
            )
        self.processes.append(process)
        return process

    def _run(self, url: str, *module: str, **more: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *module],
            **{"cwd": ROOT, "capture_output": True, "text": True, "timeout": 90},
            env=self._variables(url, **more),
        )
        assert done.returncode == 0, done.stderr

    def _variables(self, url: str, **more: str) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": url,
            "DATABASE_DIRECT_URL": self.primary.url,
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            **{"DEBUG": "0", "HTTPS": "0", "BEHIND_PROXY": "1", "LOG_LEVEL": "WARNING"},
            "SECRET_KEY": "only-for-the-tests-of-this-run-and-nothing-else",
            "ALLOWED_HOSTS": nginx.HOST,
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "STATIC_ROOT": str(self.folder / "static"),
            "STATIC_SOURCE": str(ROOT / "static"),
            "WEB_CONCURRENCY": "1",
            **more,
        }

    @property
    def url(self) -> str:
        """By way of PgBouncer."""
        return self.bouncer.url

    def say(self, sql: str) -> list[tuple]:
        """Ask the primary itself."""
        with psycopg.connect(self.primary.url, autocommit=True) as link:
            return link.execute(sql).fetchall() if "SELECT" in sql else link.execute(sql) and []

    # What can happen

    def kill_copy(self) -> None:
        """A copy of the site is gone, with its workers, and starts again as on a new machine."""
        gone = self.copies[0]
        workers = children(gone.pid)
        os.killpg(gone.pid, signal.SIGKILL)
        for pid in workers:
            kill(pid)
        gone.wait()
        self.copies[0] = self._serve(self.ports[0])
        assert wait_until(lambda: answers(self.ports[0]), 60), self.log_tail()

    def kill_bouncer(self) -> None:
        self.bouncer.kill()
        self.bouncer.start()

    def kill_replica(self) -> None:
        """A save waits for it meanwhile, because an acknowledged one must be in both."""
        self.replica.kill()
        self.replica.begin({})

    def replica_is_in_step(self) -> bool:
        found = self.say("SELECT sync_state FROM pg_stat_replication")
        return ("sync",) in found

    def fail_over(self) -> None:
        """The primary is gone for good. The replica becomes the primary."""
        os.kill(self.primary.postmaster(), signal.SIGKILL)
        self.replica.promote()
        self.bouncer.lead_to(conninfo(self.replica))

    def log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-4_000:] if self.log.exists() else ""

    def stop(self) -> None:
        for process in self.processes:
            end_group(process)
        if self.bouncer is not None:
            self.bouncer.stop()
        for server in filter(None, (self.replica, self.primary)):
            server.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


def conninfo(server: Cluster) -> str:
    return f"host={server.sockets} port=5432 user={SUPERUSER}"


def answers(port: int) -> bool:
    try:
        with socket.create_connection((nginx.HOST, port), 1):
            return True
    except OSError:
        return False


def free_ports(count: int) -> list[int]:
    held = [socket.create_server((nginx.HOST, 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
