"""A streaming replica of a running PostgreSQL server of the same version, with its programs."""

import contextlib
import os
import shutil
import signal
import tempfile
from pathlib import Path

import psycopg

from quizsite.local import programs, users
from quizsite.local.cluster import Cluster
from tests.waiting import wait_until

NAME = "replica"  # by which the primary's synchronous_standby_names knows it


class Replica(Cluster):
    """Its data folder lies in a folder of its own, below `where`."""

    primary: str
    slot: str

    @classmethod
    def of(cls, server: str, where: Path, **settings: str) -> "Replica":
        """A new one of the server in these libpq parameters, which runs and follows."""
        account = programs.server_account()
        folder = Path(tempfile.mkdtemp(prefix="replica-", dir=where))
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        replica = cls(folder / "data", account)
        users.add_this_process(replica, remove=True)
        program = programs.folder_for(account) / "pg_basebackup"
        replica.primary, replica.slot = server, folder.name.replace("-", "_")
        copy = ("-D", replica.data, "-R", "-X", "stream", "-c", "fast", "--no-sync", "-d", server)
        # With a slot the primary keeps what it has not sent yet, however much others write.
        code, said = programs.run(account, program, *copy, "-C", "-S", replica.slot)
        assert code == 0, said
        replica.data.chmod(0o700)
        replica.begin(settings)
        return replica

    def begin(self, settings: dict[str, str]) -> None:
        self.start({"cluster_name": NAME, "hot_standby": "on", **settings})

    def kill(self) -> None:
        """At once, as when the machine is gone."""
        os.kill(self.postmaster(), signal.SIGKILL)
        assert wait_until(lambda: self.postmaster() is None, 10)

    def promote(self) -> None:
        program = programs.folder_for(self.account) / "pg_ctl"
        code, said = programs.run(self.account, program, "promote", "-w", "-D", self.data)
        assert code == 0, said

    def catch_up(self, primary: str) -> None:
        """Wait until it has what the primary had when this was called."""
        with psycopg.connect(primary, autocommit=True) as link:
            # A commit of ours, because those of the tests may not be in the log yet.
            link.execute("SET synchronous_commit = 'local'")
            link.execute("SELECT pg_logical_emit_message(true, 'test', 'here')")
            (position,) = link.execute("SELECT pg_current_wal_lsn()::text").fetchone()
        with psycopg.connect(self.url, autocommit=True) as link:
            sql = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
            assert wait_until(lambda: link.execute(sql, [position]).fetchone()[0], 20)

    def say(self, sql: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as link:
            link.execute(sql)

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.data.parent, ignore_errors=True)
        # A primary that was killed has it no more.
        with (
            contextlib.suppress(psycopg.OperationalError, psycopg.errors.UndefinedObject),
            psycopg.connect(self.primary, autocommit=True, connect_timeout=2) as link,
        ):
            assert wait_until(lambda: self._dropped(link), 20)

    def _dropped(self, link: psycopg.Connection) -> bool:
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            link.execute("SELECT pg_drop_replication_slot(%s)", [self.slot])
            return True
        return False
