"""What a file of pg_dump in its custom format says of itself."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from quizsite.backups import BackupError, programs

Migrations = set[tuple[str, str]]  # names of apps and of their migrations


@dataclass(frozen=True)
class Archive:
    file: Path

    @cached_property
    def contents(self) -> str:
        """The list of what is in it. Raises BackupError if that cannot be read."""
        return b"".join(self._restored("--list")).decode(errors="replace")

    @property
    def dumped_from(self) -> int:
        """The major version of the server that it comes from."""
        return self._version("Dumped from database version")

    @property
    def dumped_by(self) -> int:
        """The major version of the pg_dump that wrote it."""
        return self._version("Dumped by pg_dump version")

    @property
    def tables(self) -> set[tuple[str, str]]:
        """Schema and name of every table in it."""
        return set(re.findall(r"^\d+; \d+ \d+ TABLE (?!DATA )(\S+) (\S+) ", self.contents, re.M))

    def rows(self) -> dict[str, int]:
        """How many rows of each table are in it. Reads all of it, so damage is found."""
        counts: dict[str, int] = {}
        table = None
        for line in self._restored("--data-only", "--file=-"):
            if table is None:
                begins = re.match(rb"COPY (\S+) .*FROM stdin;", line)
                if begins:
                    table = begins[1].decode().replace('"', "")
                    counts[table] = 0
            elif line == b"\\.\n":
                table = None
            else:
                counts[table] += 1
        return counts

    def migrations(self) -> Migrations:
        """The migrations that its database had; none: it is no database of this site."""
        lines = self._restored("--data-only", "--table=django_migrations", "--file=-")
        rows = (line.decode(errors="replace").split("\t") for line in lines)
        return {(row[1], row[2]) for row in rows if len(row) == 4 and row[0].isdigit()}

    def _version(self, label: str) -> int:
        found = re.search(rf"{label}: (\d+)", self.contents)
        return int(found[1]) if found else 0

    def _restored(self, *options: str) -> Iterator[bytes]:
        """Lines of what pg_restore makes of it without a database."""
        command = [str(programs.newest("pg_restore")), *options, str(self.file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            yield from process.stdout or ()
            said = process.stderr.read().decode(errors="replace") if process.stderr else ""
        if process.returncode:
            raise BackupError(f"{self.file} cannot be read: {_reason(said)}.")


def _reason(said: str) -> str:
    lines = [line.partition("error:")[2].strip() for line in said.splitlines() if "error:" in line]
    return (lines or said.splitlines() or ["pg_restore gave no reason"])[0].rstrip(".")
