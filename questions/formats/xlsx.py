"""XLSX, on openpyxl, which reads with defusedxml. The archive is checked before it is unpacked."""

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment

from questions.formats import tables
from questions.formats.encoding import check_size
from questions.formats.fields import COLUMNS
from questions.formats.fields.statements import PHRASINGS
from questions.formats.records import (
    ExchangeFile,
    FormatError,
    Mistake,
    StoredQuestion,
    TopicRecord,
)

MAX_ENTRIES = 500
MAX_UNPACKED = 150_000_000
MAX_RATIO = 150
"""Unpacked to packed size of an entry over a megabyte. Tables reach 20, bombs over 1,000."""
MAX_CELL = 32_767
LAST_ROW = 100_000
WIDTHS = {
    **{"uid": 14, "slug": 24, "topic": 20, "topic_name": 20, "prompt": 50, "key_points": 50},
    **dict.fromkeys(PHRASINGS, 50),
}

# XML has no control characters, so a spreadsheet writes them as _x0001_. In a text that looks like
# that, the x is written so. This also keeps openpyxl from removing every x005F_ that it reads.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|x(?=[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")


def write(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    """A workbook of one sheet whose cells are all text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("questions")
    sheet.freeze_panes = "A2"
    for index, field in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + index)].width = WIDTHS.get(field, 12)
    layout = Alignment(wrap_text=True, vertical="top")
    for row in tables.rows_of(topics, questions):
        sheet.append([_cell(sheet, text, layout) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str, layout: Alignment) -> Any:
    value = _UNWRITABLE.sub(lambda char: f"_x{ord(char[0]):04X}_", text)
    if len(value) > MAX_CELL:
        raise FormatError(f"a text is too long for a cell of a spreadsheet: {text[:40]!r}")
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # never a formula, nor #N/A
    cell.number_format = "@"  # so that what people type stays text
    cell.alignment = layout
    return cell


def read(data: bytes) -> ExchangeFile:
    """The questions of the first sheet. Raises FormatError; a formula is a mistake in its row."""
    check_size(len(data))
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        try:
            return tables.items_of(_rows(book.worksheets[0]))
        finally:
            book.close()
    except FormatError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        kind = type(error).__name__
        raise FormatError(
            f"not readable as XLSX ({kind}). Open it in a spreadsheet and save it again"
        ) from error


def _check_archive(data: bytes) -> None:
    """Refuse what no spreadsheet writes, by the archive's list of entries: nothing is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise FormatError("not readable as XLSX: it is not a zip archive") from None
    if len(entries) > MAX_ENTRIES:
        raise FormatError(f"not an XLSX file: its archive has {len(entries):,} entries")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise FormatError(f"the archive would unpack to more than {MAX_UNPACKED // 1_000_000} MB")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise FormatError("not an XLSX file: its archive has the same entry twice")
    for entry in entries:
        name = entry.orig_filename
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            raise FormatError(f"not an XLSX file: its archive has the entry {name[:60]!r}")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise FormatError(f"not an XLSX file: its archive has a link, {name[:60]!r}")
        if entry.flag_bits & 1:
            raise FormatError("the file is encrypted. Save it without a password")
        if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * entry.compress_size:
            raise FormatError(f"the archive's entry {name[:60]!r} unpacks to a suspicious size")


def _rows(sheet: Any) -> Iterator[tables.Row]:
    columns: list[str] = []
    width = len(COLUMNS) + 10
    rows = sheet.iter_rows(max_row=LAST_ROW + 1, max_col=width)
    for number, cells in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise FormatError(f"the sheet goes on after row {LAST_ROW:,}. Remove the rows there")
        if all(cell.value is None for cell in cells):
            continue
        read = [_text(cell) for cell in cells]
        mistakes = [
            Mistake(columns[index] if index < len(columns) else f"column {index + 1}", *wrong)
            for index, (_, wrong) in enumerate(read)
            if wrong
        ]
        texts = [text for text, _ in read]
        columns = columns or [tables.column_name(text) for text in texts]
        # Spreadsheets store a row up to its last filled cell.
        yield f"row {number}", texts + [""] * (len(columns) - len(texts)), mistakes


def _text(cell: Any) -> tuple[str, tuple[str, str] | None]:
    """The text of a cell, and what is wrong with it and the fix."""
    value = cell.value
    if cell.data_type == "f":
        return "", ("is a formula", "Paste it as a value, or put an apostrophe in front.")
    if value is None:
        return "", None
    if isinstance(value, str):
        return _WRITTEN.sub(lambda code: chr(int(code[1], 16)), value), None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value), None
    what = "is a date" if isinstance(value, date | time) else "is not a text"
    return "", (what, "Format the cell as text and write it again.")
