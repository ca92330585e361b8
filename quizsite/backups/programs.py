"""Which pg_dump and pg_restore fit a server, and running them.

pg_dump reads servers of its own major version and of older ones. What pg_restore says suits
servers of its own version and newer ones. So the nearest version that is not older than the
server is taken.
"""

import contextlib
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from quizsite.backups import BackupError
from quizsite.local import versions

WHERE = "the PostgreSQL client programs of that version (Debian: postgresql-client-{0})"


def fitting(program: str, major: int) -> Path:
    """The program of the lowest major version that is at least `major`. Raises BackupError."""
    found = versions.with_programs(program)
    fit = min((version for version in found if version >= major), default=None)
    if fit is None:
        here = ", ".join(str(version) for version in sorted(found)) or "none"
        raise BackupError(
            f"{program} {major} or newer is needed and was not found (here: {here})."
            f" Install {WHERE.format(major)}, or run this in the image postgres:{major}."
        )
    return found[fit] / program


def newest(program: str) -> Path:
    """The program of the highest major version, which reads what all others wrote."""
    found = versions.with_programs(program)
    return fitting(program, max(found, default=18))


def run(command: list[str], environment: dict[str, str], on_table: Callable[[str], None]) -> None:
    """Run pg_dump or pg_restore with --verbose. on_table: called with each table it comes to.

    The program ends with us: at an interrupt we end it, and if we are killed, it has nobody left
    to write its messages to. Raises BackupError with what it said last.
    """
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # not ours, which somebody may wait for
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,  # a Ctrl-C in the terminal reaches us first, and we end it
    )
    errors = []
    try:
        for line in process.stderr or ():
            table = re.search(r'(?:contents of|data for) table "([^"]+)"', line)
            if table:
                on_table(table[1])
            elif "error:" in line or "ERROR:" in line or "FATAL:" in line:
                errors.append(line.partition("rror:")[2].strip() or line.strip())
        code = process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()
    if code:
        raise BackupError(errors[0] if errors else f"{Path(command[0]).name} {ending(code)}")


def ending(code: int) -> str:
    """How a program ended, in words."""
    if code >= 0:
        return f"ended with code {code}"
    by = signal.Signals(-code)
    if by is signal.SIGXFSZ:
        return "was ended: the file would be larger than is allowed here (ulimit -f)"
    return f"was ended by {by.name}"
