"""Writes the file: a zip with everything as JSON, each table as CSV, and a text that explains both.

The rows are read one after another, so that ten thousand answers take no more memory than ten. What
they say agrees only if the caller has them read as of one moment.
"""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attempts.own_data.read_me import read_me
from attempts.own_data.table import Table, Value
from questions.formats.tabular.cells import disarm

encoded = json.JSONEncoder(ensure_ascii=False).encode


def folder_of(now: datetime) -> str:
    """What the file and the folder in it are called."""
    return f"mock-interview-{now:%Y-%m-%d}"


def write_archive(out: IO[bytes], tables: list[Table], *, now: datetime) -> None:
    """Write the zip. JSON and CSV are written side by side, so that each row is read once."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive, TemporaryFile("w+b") as everything:
        with _entry(archive, "README.txt", now) as entry:
            entry.write(read_me(tables, now=now).encode())
        _write(everything, "{", f'"made_at": {json.dumps(now.isoformat())}')
        for table in tables:
            with _entry(archive, f"{table.name}.csv", now) as entry:
                _write_table(table, entry, everything)
        _write(everything, "}\n")
        everything.seek(0)
        with _entry(archive, "everything.json", now) as entry:
            while part := everything.read(1 << 16):
                entry.write(part)


def _write_table(table: Table, as_csv: IO[bytes], as_json: IO[bytes]) -> None:
    """CSV in UTF-8 with a byte order mark, without which Excel takes it for Windows-1252."""
    text = io.TextIOWrapper(as_csv, "utf-8-sig", newline="")
    cells = csv.writer(text)
    cells.writerow([column.name for column in table.columns])
    _write(as_json, f",\n{json.dumps(table.name)}: [")
    between = "\n"
    for row in table.rows():
        values = {column.name: column.value(row) for column in table.columns}
        cells.writerow([cell(value) for value in values.values()])
        _write(as_json, between, encoded(values))
        between = ",\n"
    _write(as_json, "\n]")
    text.flush()
    text.detach()


def cell(value: Value) -> str:
    """A value in a table: nothing as an empty cell, a list as JSON, and a text as it is, with an
    apostrophe in front of what a spreadsheet would take for a formula or an error.
    """
    if value is None:
        return ""
    return disarm(value) if isinstance(value, str) else encoded(value)


def _write(out: IO[bytes], *texts: str) -> None:
    out.write("".join(texts).encode())


@contextmanager
def _entry(archive: ZipFile, name: str, now: datetime) -> Iterator[IO[bytes]]:
    """A file within the archive, in the folder of the day."""
    info = ZipInfo(f"{folder_of(now)}/{name}", now.timetuple()[:6])
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    with archive.open(info, "w") as entry:
        yield entry
