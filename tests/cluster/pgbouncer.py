"""A PgBouncer of our own, with the settings of deploy/pgbouncer.ini."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg

from quizsite.local import programs
from tests.waiting import wait_until

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SAMPLE = Path(__file__).resolve().parents[2] / "deploy/pgbouncer.ini"
PORT = 6432  # of its socket, in a folder of its own
OURS = "quizsite = host=db port=5432"  # the line of the sample that names the server
PASSWORD = "only-for-this-test"


class PgBouncer:
    """Passes connections on to the server in the libpq parameters `server`. It does not run as
    root, so for root the account of PostgreSQL runs it."""

    def __init__(self, server: str, user: str, database: str, **settings: object):
        self.server, self.user, self.database = server, user, database
        self.settings = settings
        self.account = programs.server_account()
        self.folder = Path(tempfile.mkdtemp(prefix="quizsite-pooler-", dir="/tmp"))
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return self.url_of(self.database)

    def url_of(self, database: str) -> str:
        place = quote(str(self.folder), "")
        return f"postgresql://{self.user}:{PASSWORD}@/{database}?host={place}&port={PORT}"

    def start(self) -> None:
        self._configure()
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, self.folder / "pgbouncer.ini"],
                **{"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "cwd": "/"},
                user=self.account.pw_uid if self.account else None,
                group=self.account.pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
            )
        socket = self.folder / f".s.PGSQL.{PORT}"
        assert wait_until(socket.exists, 10), (self.folder / "log").read_text()

    def _configure(self) -> None:
        own = {
            "listen_addr": "",
            "listen_port": PORT,
            "unix_socket_dir": self.folder,
            "auth_file": self.folder / "users",
            "admin_users": self.user,
            **self.settings,
        }
        lines = [f"{name} = {value}" for name, value in own.items()]
        (self.folder / "users").write_text(f'"{self.user}" "{PASSWORD}"\n')
        sample = SAMPLE.read_text()
        assert OURS in sample
        named = sample.replace(OURS, f"{self.database} = {self.server}")
        # Not by %include: a second section [pgbouncer] sets back what the first one has set.
        (self.folder / "pgbouncer.ini").write_text("\n".join([named, *lines, ""]))
        for path in (self.folder / "users", self.folder / "pgbouncer.ini"):
            path.chmod(0o644)

    def lead_to(self, server: str) -> None:
        """Another server from now on; connections move as their transactions end."""
        self.server = server
        self._configure()
        self.say("RELOAD")

    def say(self, command: str) -> None:
        """A command of the console."""
        console = psycopg.connect(self.url_of("pgbouncer"), autocommit=True, connect_timeout=5)
        with console:
            console.execute(command)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        (self.folder / f".s.PGSQL.{PORT}").unlink(missing_ok=True)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)
