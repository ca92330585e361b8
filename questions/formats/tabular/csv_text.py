"""Tables in texts: with commas, semicolons, tabs or bars between the cells."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from questions.formats.encoding import decode
from questions.formats.flash_cards.anki_text import anki_table
from questions.formats.records import ExchangeFile, FormatError
from questions.formats.tabular.choice import NO_CHOICE, Choice
from questions.formats.tabular.columns import columns_of
from questions.formats.tabular.heading import HEADING_ROWS, Table
from questions.formats.tabular.row import Line
from questions.formats.tabular.table import read_tables

DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r'"?sep=(.|\\t)"?[,;\t ]*\r?(?:\n|$)', re.IGNORECASE)
"""The first line by which Excel knows what separates the cells."""


def read(data: bytes, choice: Choice = NO_CHOICE) -> ExchangeFile:
    """The questions of a table, or of flash cards with tabs. Raises FormatError."""
    return read_text(decode(data), choice)


def read_text(text: str, choice: Choice = NO_CHOICE) -> ExchangeFile:
    if (cards := anki_table(text)) is not None:
        return replace(read_tables([cards], choice), system="Anki")
    delimiter, start = delimiter_of(text, choice)
    is_quoted = delimiter != "\t" or _can_be_read(text[start:], delimiter)
    first = text.count("\n", 0, start) + 1
    lines = _lines(text[start:], delimiter, is_quoted=is_quoted, first=first)
    return read_tables([Table(lines, are_cards=delimiter == "\t")], choice)


def delimiter_of(text: str, choice: Choice = NO_CHOICE) -> tuple[str, int]:
    """What separates the cells, and where the first row begins.

    That is what the file says; else what makes most names of columns known; else what most rows
    have the same number of.
    """
    if said := _SEPARATOR.match(text):
        return "\t" if said[1] == "\\t" else said[1], said.end()
    return max(DELIMITERS, key=lambda delimiter: _likely(text, delimiter, choice)), 0


def _likely(text: str, delimiter: str, choice: Choice) -> tuple[int, float, int]:
    rows = _first_rows(text, delimiter)
    known = max((columns_of(row, choice).known for row in rows), default=0)
    widths = Counter(len(row) for row in rows if any(row))
    width, rows_so_wide = max(widths.items(), key=lambda item: item[::-1], default=(1, 0))
    share = rows_so_wide / max(widths.total(), 1) if width > 1 else 0
    return known, share, text.split("\n", 1)[0].count(delimiter)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows, as far as they can be read."""
    rows: list[list[str]] = []
    try:
        rows.extend(itertools.islice(_reader(text, delimiter), HEADING_ROWS))
    except csv.Error:
        return rows
    return rows


def _can_be_read(text: str, delimiter: str) -> bool:
    """Whether quotes mean what they mean in CSV. Flash cards may begin with one of the text."""
    try:
        return all(True for _ in _reader(text, delimiter))
    except csv.Error:
        return False


def _reader(text: str, delimiter: str, *, is_quoted: bool = True) -> Iterator[list[str]]:
    source = io.StringIO(text, newline="")
    if is_quoted:
        return csv.reader(source, delimiter=delimiter, strict=True)
    return csv.reader(source, delimiter=delimiter, strict=True, quoting=csv.QUOTE_NONE)


def _lines(text: str, delimiter: str, *, is_quoted: bool, first: int) -> Iterator[Line]:
    """first: the number of the first row."""
    reader = _reader(text, delimiter, is_quoted=is_quoted)
    number = first - 1
    try:
        for number, cells in enumerate(reader, start=first):
            yield Line(f"row {number}", number, cells)
    except csv.Error as error:
        raise FormatError(
            f"row {number + 1}: not readable as CSV: {error}."
            " Double the quotes inside a quoted cell, and close each"
        ) from None
