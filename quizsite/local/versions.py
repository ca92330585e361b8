"""Which versions of PostgreSQL's programs this machine has, and where."""

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from quizsite.local import LocalPostgresError, programs

SYSTEM_PLACES = (  # one folder for each major version, as packages install them
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Fedora, Red Hat
    "/usr/libexec/postgresql*",  # Alpine
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


def with_programs(*names: str) -> dict[int, Path]:
    """By major version, a folder that has all the programs named, of that version."""
    found: dict[int, Path] = {}
    for folder in _folders():
        if all(os.access(folder / name, os.X_OK) for name in names):
            major = major_of(folder / names[0])
            if major is not None:
                found.setdefault(major, folder)
    return found


def major_of(program: Path) -> int | None:
    """The major version that a program says it has; None if it does not run."""
    with contextlib.suppress(OSError):
        said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        numbers = re.search(r"\(PostgreSQL\) (\d+)", said)
        return int(numbers[1]) if numbers else None
    return None


def _folders() -> Iterator[Path]:
    """Every folder that may have PostgreSQL's programs: the wheel's first, the system's last."""
    with contextlib.suppress(LocalPostgresError):
        yield programs.folder_for(None)
    for place in SYSTEM_PLACES:
        yield from sorted(Path("/").glob(place.removeprefix("/")))
    yield from (Path(word) for word in os.get_exec_path() if word)
