"""Questions as an XLSX workbook, on openpyxl. Every cell is text, so that none is run."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment

from questions.formats.fields.statements import PHRASINGS
from questions.formats.records import FormatError, StoredQuestion, TopicRecord
from questions.formats.tabular.writing import rows_of

MAX_CELL = 32_767
WIDTHS = {
    **{"uid": 14, "slug": 24, "topic": 20, "topic_name": 20, "prompt": 50, "key_points": 50},
    **dict.fromkeys(PHRASINGS, 50),
}

# XML has no control characters, so a spreadsheet writes them as _x0001_. In a text that looks like
# that, the x is written so. This also keeps openpyxl from removing every x005F_ that it reads.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|x(?=[0-9A-Fa-f]{4}_)")


def write(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    return workbook_of(rows_of(topics, questions))


def workbook_of(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet; the first row names the columns."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("questions")
    sheet.freeze_panes = "A2"
    rows = list(rows)
    for index, name in enumerate(rows[0]):
        sheet.column_dimensions[chr(ord("A") + index)].width = WIDTHS.get(name, 12)
    layout = Alignment(wrap_text=True, vertical="top")
    for row in rows:
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
