"""A PostgreSQL server whose write-ahead log is streamed away, and its way back to an instant.

docs/backups.md says the same in shell.
"""

import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg

from quizsite.local import programs
from quizsite.local.cluster import Cluster
from tests.waiting import wait_until


@dataclass
class Recoverable:
    """A server in `folder`, its base backup and its log beside it. at: its programs' folder."""

    folder: Path
    at: Path

    def __post_init__(self):
        self.account = programs.server_account()
        self.server = Cluster(self.folder / "data", self.account, self.at)
        self.base, self.log = self.folder / "base", self.folder / "wal"
        self.receiver: subprocess.Popen | None = None

    def start(self):
        """Begin the server; from here on its log is received, and a base backup is made."""
        for place in (self.server.data, self.log):
            self._make(place)
        options = ("-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._must("initdb", *options, "-D", self.server.data)
        self.server.start({"wal_level": "replica", "max_connections": "60"})
        slot = (*self.server.address, "--slot=recovery", "-D", self.log)
        self._must("pg_receivewal", *slot, "--create-slot", "--if-not-exists")
        self.receiver = subprocess.Popen(
            list(map(str, (self.at / "pg_receivewal", *slot, "--synchronous", "--no-loop"))),
            cwd="/",
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
        )

    def back_up(self):
        """The base: a copy of the data folder, while the site runs."""
        how = ("--checkpoint=fast", "--wal-method=none", "--no-manifest")
        self._must("pg_basebackup", *self.server.address, "-D", self.base, *how)

    def instant(self):
        """Now, by the server's clock."""
        with psycopg.connect(self.server.url) as link:
            return str(link.execute("SELECT clock_timestamp()").fetchone()[0])

    def destroy(self):
        """The machine is gone: the server at once, its data with it. What was received stays."""
        self.server.stop(signal.SIGQUIT)
        shutil.rmtree(self.server.data)
        self.receiver.wait(30)

    def recover(self, instant: str):
        """The base, and the log up to the instant."""
        shutil.copytree(self.base, self.server.data)
        (self.server.data / "recovery.signal").touch()
        for path in (self.server.data, *self.server.data.rglob("*")):
            self._give(path)
        wal = self.log  # the segment that was being received still has the ending .partial
        self.server.start(
            {
                "restore_command": f"cp {wal}/%f %p || cp {wal}/%f.partial %p",
                "recovery_target_time": instant,
                "recovery_target_action": "promote",
            }
        )
        assert wait_until(self.is_promoted, 60)

    def is_promoted(self):
        with psycopg.connect(self.server.url) as link:
            return link.execute("SELECT NOT pg_is_in_recovery()").fetchone()[0]

    def stop(self):
        if self.receiver is not None:
            self.receiver.terminate()
            self.receiver.wait()
        self.server.stop(signal.SIGQUIT)

    def _make(self, place):
        place.mkdir(mode=0o700)
        self._give(place)

    def _give(self, path):
        if self.account is not None:
            shutil.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _must(self, program, *arguments):
        code, output = self.server.run(program, *arguments)
        assert code == 0, output
