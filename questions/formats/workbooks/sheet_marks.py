"""What a sheet's XML says of its rows beside their cells: hidden ones, merged ones, formulas.

openpyxl reads it only with all cells in memory, so it is looked for in the text of the XML.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

MAX_MERGED = 50_000
_CHUNK = 1 << 20
_TAG = re.compile(rb"<(?:[A-Za-z]\w*:)?(row|mergeCell|f|rPr|vertAlign|strike)(?=[\s/>])([^<>]*)>")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_ROW = re.compile(rb"\br\s*=\s*[\"'](\d{1,7})[\"']")
_AREA = re.compile(
    rb"\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']"
)


@dataclass
class Marks:
    """hidden: numbers of rows. merged: (column from 0, first row, last row), of several rows.

    has_shifted_words: a text in the sheet itself has raised, lowered or struck words.
    has_styled_words: words in it have a look of their own, whatever it is. pictures: numbers of
    rows in which one begins; this is not in the XML of the sheet.
    """

    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    has_formulas: bool = False
    has_shifted_words: bool = False
    has_styled_words: bool = False
    pictures: set[int] = field(default_factory=set)

    def by_row(self, rows: Iterable[int]) -> Iterator[dict[int, int]]:
        """For each row, in their order: the first row of each merged cell, by its column."""
        waiting = sorted(self.merged, key=lambda area: area[1], reverse=True)
        open_now: dict[int, tuple[int, int]] = {}
        for row in rows:
            while waiting and waiting[-1][1] <= row:
                column, first, last = waiting.pop()
                open_now[column] = (first, last)
            open_now = {c: area for c, area in open_now.items() if area[1] >= row}
            yield {column: first for column, (first, _) in open_now.items()}


def marks_of(source: BinaryIO) -> Marks:
    """The marks in the XML of a sheet."""
    marks = Marks()
    rest = b""
    row = 0
    while chunk := source.read(_CHUNK):
        text = rest + chunk
        end = text.rfind(b"<")
        text, rest = (text[:end], text[end:]) if end > 0 else (text, b"")
        for tag in _TAG.finditer(text):
            row = _note(marks, tag, row)
    return marks


def _note(marks: Marks, tag: re.Match[bytes], row: int) -> int:
    """Note a tag. Returns the number of the row that it is in."""
    kind, attributes = tag[1], tag[2]
    if kind == b"row":
        said = _ROW.search(attributes)
        row = int(said[1]) if said else row + 1
        if _HIDDEN.search(attributes):
            marks.hidden.add(row)
    elif kind == b"f":
        marks.has_formulas = True
    elif kind in (b"vertAlign", b"strike"):
        marks.has_shifted_words = marks.has_styled_words = True
    elif kind == b"rPr":
        marks.has_styled_words = True
    elif (area := _AREA.search(attributes)) and len(marks.merged) < MAX_MERGED:
        first, last = int(area[2]), int(area[4])
        if first < last:
            marks.merged.append((_index(area[1]), first, last))
    return row


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = 26 * index + letter - ord("A") + 1
    return index - 1
