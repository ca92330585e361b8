"""XLSX workbooks, every sheet of them. What is hidden is left out by name."""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import zip_longest
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from questions.formats.archives import open_archive
from questions.formats.encoding import check_size
from questions.formats.records import ExchangeFile, FormatError
from questions.formats.tabular.choice import NO_CHOICE, Choice
from questions.formats.tabular.heading import Table
from questions.formats.tabular.row import Line
from questions.formats.tabular.table import read_tables
from questions.formats.workbooks.cells import NOTHING, Cell, Read, read_cell
from questions.formats.workbooks.pictures import (
    mistake_at,
    place_of,
    rows_with_pictures,
    with_pictures_named,
)
from questions.formats.workbooks.sheet_marks import Marks, marks_of

LAST_ROW = 100_000
LAST_COLUMN = 128
MAX_STYLED = 20_000_000
"""Unpacked bytes of a workbook that is read with all its cells in memory."""
MAX_CELLS = 500_000
TOO_LARGE = "The workbook is too large to tell which words of a cell are bold, italic or coloured."

Sheet = Any
"""Of openpyxl, whose sheets in memory and read-only ones have no common type."""


def read(data: bytes, choice: Choice = NO_CHOICE) -> ExchangeFile:
    """The questions of all sheets. Raises FormatError, UnclearColumns."""
    check_size(len(data))
    _check(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it would lose in writing
            return _read(data, choice)
    except FormatError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        kind = type(error).__name__
        raise FormatError(
            f"not readable as XLSX ({kind}). Open it in a spreadsheet and save it again"
        ) from error


def _check(data: bytes) -> None:
    names = open_archive(data, "XLSX").namelist()
    if "xl/workbook.bin" in names:
        raise FormatError("this is a binary workbook (XLSB). Save it as XLSX")
    if "content.xml" in names and "mimetype" in names:
        raise FormatError("this is an OpenDocument file (ODS). Save it as XLSX or CSV")


def _read(data: bytes, choice: Choice) -> ExchangeFile:
    with closing(load_workbook(io.BytesIO(data), read_only=True, rich_text=True)) as book:
        with open_archive(data, "XLSX") as archive:
            marks = [_marks(sheet, archive) for sheet in book.worksheets]
        if not marks:
            raise FormatError("not readable as XLSX: it has no sheets")
        has_styles = any(mark.has_styled_words for mark in marks)
        content = (_read_with_styles if has_styles else _read_book)(data, choice, marks, book)
        return with_pictures_named(content, zip(_names(book), marks, strict=True))


def _read_book(data: bytes, choice: Choice, marks: Sequence[Marks], book: Workbook) -> ExchangeFile:
    # Only a second reading tells what the formulas gave.
    has_formulas = any(mark.has_formulas for mark in marks)
    return read_tables(_tables(book, marks, _results(data) if has_formulas else book), choice)


def _read_with_styles(
    data: bytes, choice: Choice, marks: Sequence[Marks], book: Workbook
) -> ExchangeFile:
    """book: opened so that it has no styles of words, because it is too large to read them."""
    try:
        styled = _with_styles(data)
    except FormatError:
        if any(mark.has_shifted_words for mark in marks):
            raise
        content = _read_book(data, choice, marks, book)
        return replace(content, notes=(*content.notes, TOO_LARGE))
    return read_tables(_tables(styled, marks, _results(data)), choice)


def _results(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data), read_only=True, data_only=True)


def _with_styles(data: bytes) -> Workbook:
    """The workbook in memory, because openpyxl's other way drops the styles of words in a sheet."""
    with open_archive(data, "XLSX") as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MAX_STYLED:
        raise FormatError(
            "the workbook has raised or struck words and is too large to read them. Open it in a"
            " spreadsheet and save it again, or split it"
        )
    book = load_workbook(io.BytesIO(data), rich_text=True)
    if any(sheet.max_row * min(sheet.max_column, LAST_COLUMN) > MAX_CELLS for sheet in book):
        raise FormatError("a sheet goes on far below its last question. Remove the rows there")
    return book


def _marks(sheet: Sheet, archive: ZipFile) -> Marks:
    with sheet._get_source() as source:
        marks = marks_of(source)
    marks.pictures = rows_with_pictures(archive, sheet._worksheet_path)
    return marks


def _names(book: Workbook) -> list[str]:
    """What each sheet is called in places: "" if it is the only one that is visible."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [
        f"sheet {sheet.title}" if len(visible) > 1 or sheet not in visible else ""
        for sheet in book.worksheets
    ]


def _tables(book: Workbook, marks: Sequence[Marks], results: Workbook) -> Iterator[Table]:
    sheets = zip(book.worksheets, _names(book), marks, results.worksheets, strict=True)
    for sheet, name, mark, calculated in sheets:
        is_visible = sheet.sheet_state == "visible"
        why_not = "" if is_visible else "the sheet is hidden. Unhide it to import it"
        # One reading is enough without formulas.
        found = calculated if mark.has_formulas else None
        yield Table(_lines(sheet, mark, found, name), name, why_not=why_not)


def _lines(sheet: Sheet, marks: Marks, results: Sheet, name: str) -> Iterator[Line]:
    """results: the sheet with what its formulas gave; None if it has none."""
    rows = _numbered_rows(sheet)
    pairs = zip(rows, _numbered_rows(results), strict=False) if results else ((r, r) for r in rows)
    merged = marks.by_row(range(1, LAST_ROW + 1))
    held: dict[int, Read] = {}
    width = 0
    for ((number, cells), (_, values)), starts in zip(pairs, merged, strict=False):
        read = [read_cell(cell, value) for cell, value in zip_longest(cells, values)]
        _fill(read, starts, number, held)
        # Spreadsheets store a row up to its last filled cell; the others are empty.
        width = max(width, len(read))
        texts = [one.text for one in read] + [""] * (width - len(read))
        mistakes = {index: one.wrong for index, one in enumerate(read) if one.wrong}
        looks = {index: one.looks for index, one in enumerate(read) if one.looks}
        why_not = "the row is hidden. Unhide it to import it" if number in marks.hidden else ""
        place = place_of(name, number)
        wrong = (mistake_at(place),) if number in marks.pictures else ()
        yield Line(
            *(place, number, texts, mistakes),
            why_not=why_not,
            merged=starts,
            looks=looks,
            wrong=wrong,
        )


def _numbered_rows(sheet: Sheet) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows without the empty cells at their end."""
    last_row, last_column = LAST_ROW + 1, LAST_COLUMN
    if not sheet.parent.read_only:  # it would make the cells that are missing
        last_row, last_column = sheet.max_row, min(sheet.max_column, LAST_COLUMN)
    rows = sheet.iter_rows(max_row=last_row, max_col=last_column)
    for number, cells in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise FormatError(f"the sheet goes on after row {LAST_ROW:,}. Remove the rows there")
        last = next((i for i in range(len(cells), 0, -1) if cells[i - 1].value is not None), 0)
        yield number, cells[:last]


def _fill(read: list[Read], starts: Mapping[int, int], number: int, held: dict[int, Read]) -> None:
    """A merged cell counts for each of its rows that has something of its own."""
    has_content = any(one.text for one in read)
    for column, first in starts.items():
        if first == number:
            held[column] = read[column] if column < len(read) else NOTHING
        elif has_content:
            read.extend([NOTHING] * (column + 1 - len(read)))
            read[column] = held.get(column, NOTHING)
