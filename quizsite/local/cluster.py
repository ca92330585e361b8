"""A PostgreSQL cluster: one data folder, and the server that serves it.

The server listens on a Unix socket in a folder that only its account may enter, never on TCP.
"""

import contextlib
import functools
import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from quizsite.local import LocalPostgresError, programs

SUPERUSER = "postgres"
START_SECONDS = 60
QUIET_LOG = {
    # A statement, and the DETAIL of an error, hold what people write. %a: the id of the request.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_line_prefix": "%m [%p] %a ",
}


@dataclass(frozen=True)
class Cluster:
    """A data folder, and the account that its server runs as; None: our own.

    programs_at: the folder of programs of another version than the installed one.
    """

    data: Path
    account: programs.Account | None
    programs_at: Path | None = None

    def beside(self, ending: str) -> Path:
        """A file of ours next to the data folder."""
        return self.data.with_name(self.data.name + ending)

    @property
    def sockets(self) -> Path:
        """The socket's folder. Its path is short (107 bytes is the limit), and always the same."""
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(f"/tmp/quizsite-{os.geteuid()}-{name}")  # noqa: S108 - made for its owner alone

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@/postgres?host={quote(str(self.sockets), '')}&port=5432"

    @property
    def address(self) -> tuple[object, ...]:
        """Where PostgreSQL's programs find the server."""
        return ("-h", self.sockets, "-p", 5432, "-U", SUPERUSER)

    def postmaster(self) -> int | None:
        """The server's pid; None if it does not run.

        postmaster.pid alone proves nothing: after a crash or a reboot its number may be another
        program's, or that of a dead server which its parent has not reaped yet.
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if _serves(pid, self.data) else None

    def accepts_connections(self) -> bool:
        return self.run("pg_isready", "-q", *self.address, "-d", "postgres")[0] == 0

    def initialise(self, *options: str) -> None:
        """Make the data folder: whole, or not at all."""
        partial = self.beside(".new")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        self._give_to_account(partial)
        # The wheels are built without ICU; the built-in provider sorts alike on every system.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        access = ("--auth=trust", f"--username={SUPERUSER}", "--encoding=UTF8")
        code, output = self.run("initdb", *locale, *access, *options, "-D", partial)
        if code:
            shutil.rmtree(partial, ignore_errors=True)
            raise LocalPostgresError(
                f"The embedded database could not be made: {last_line(output)}",
                "Check that the disk is not full",
            )
        partial.rename(self.data)

    def start(self, settings: dict[str, str]) -> None:
        """Start the server with these settings, and wait until it accepts connections."""
        log = self.beside(".log")
        log.touch(mode=0o600)
        self._give_to_account(log)
        where = ("-D", self.data, "-l", log, "-o", self._options(settings))
        began = time.monotonic()
        while True:
            self._clear_socket_folder()
            size_before = log.stat().st_size
            if self.run("pg_ctl", "start", "-w", "-t", START_SECONDS, *where)[0] == 0:
                return
            logged = log.read_bytes()[size_before:].decode(errors="replace")
            # Sessions of a killed server hold its memory until their statement ends.
            if "shared memory" not in logged or time.monotonic() - began > START_SECONDS:
                raise LocalPostgresError(
                    f"The embedded database did not start: {last_line(logged)}", f"See {log}"
                )
            time.sleep(0.3)

    def _options(self, settings: dict[str, str]) -> str:
        settings = (
            settings
            | QUIET_LOG
            | {
                "listen_addresses": "",
                "port": "5432",
                "unix_socket_directories": str(self.sockets),
                "unix_socket_permissions": "0700",
            }
        )
        return shlex.join(word for item in settings.items() for word in ("-c", "=".join(item)))

    def stop(self, how: signal.Signals) -> None:
        """Stop the server and wait until it is gone. SIGINT: fast; SIGQUIT: at once."""
        pid = self.postmaster()
        if pid is not None:
            os.kill(pid, how)
        until = time.monotonic() + START_SECONDS
        while self.postmaster() is not None and time.monotonic() < until:
            time.sleep(0.05)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _clear_socket_folder(self) -> None:
        """Remove what a dead server left: its pid file, and the lock file beside its socket."""
        if self.postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            shutil.rmtree(self.sockets, ignore_errors=True)
        try:
            self.sockets.mkdir(mode=0o700)
        except FileExistsError:
            raise LocalPostgresError(
                f"The database's socket folder {self.sockets} is in use, or not yours.",
                "End what uses it",
            ) from None
        self._give_to_account(self.sockets)

    def _give_to_account(self, path: Path) -> None:
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def run(self, program: str, *arguments: object) -> tuple[int, str]:
        folder = self.programs_at or programs.folder_for(self.account)
        return programs.run(self.account, folder / program, *arguments)


@functools.cache
def find(data: Path) -> Cluster:
    """The cluster of the folder `data`; for root perhaps in ROOT_PLACE, and `data` a link to it."""
    account = programs.server_account()
    data = data.resolve()
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        if not programs.can_enter(account, data.parent):
            data = _link_to_root_place(data)
    except OSError as error:
        raise LocalPostgresError(
            f"No place for the embedded database: {error}.", "Work in a folder of your own"
        ) from None
    return Cluster(data, account)


def _link_to_root_place(data: Path) -> Path:
    """Make `data` a link to a place that the server's account can enter, and return that place."""
    note = data.with_name(data.name + ".elsewhere")
    if note.exists():  # Earlier versions named the place in a note instead of a link.
        place = Path(note.read_text())
    else:
        place = Path(tempfile.mkdtemp(prefix="data-", dir=programs.root_place()))
        place.chmod(0o711)
    try:
        data.symlink_to(place / data.name)
    except FileExistsError:  # another process was first
        with contextlib.suppress(OSError):  # it has data: the place that the note names
            place.rmdir()
    return data.resolve()


def _serves(pid: int, data: Path) -> bool:
    """Whether a process is the server of a data folder, even if that was moved meanwhile."""
    if sys.platform != "linux":
        shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True)
        return b" -D %b " % os.fsencode(data) in shown.stdout
    with contextlib.suppress(OSError):
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
        if b"\0-D\0%b\0" % os.fsencode(data) in arguments:
            return True
        return os.path.samefile(f"/proc/{pid}/cwd", data)
    return False


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if "FATAL" in line] or text.strip().splitlines()
    return lines[-1].strip() if lines else "it gave no reason."
