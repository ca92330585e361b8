"""A cell of a sheet: the text that it shows, what is wrong with it, and what only its look says."""

import re
from datetime import date
from typing import Any, NamedTuple

from openpyxl.cell.rich_text import CellRichText

from questions.formats.records import WrongValue
from questions.formats.workbooks import numbers, rich_text

_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
Cell = Any
"""Of openpyxl, which has several kinds of read-only ones without a common type."""


class Read(NamedTuple):
    """wrong: what is wrong and the fix. looks: as in Line."""

    text: str = ""
    wrong: tuple[str, str] | None = None
    looks: tuple[str, ...] = ()


NOTHING = Read()


def read_cell(cell: Cell, calculated: Cell) -> Read:
    """calculated: the cell as a second reading has it, which knows what its formula gave."""
    try:
        if cell is not None and cell.data_type == "f":
            return Read(_result(calculated))
        return Read(_shown(cell), looks=_looks(cell))
    except WrongValue as wrong:
        return Read(wrong=(wrong.what, wrong.fix))


def _result(calculated: Cell) -> str:
    if calculated is None or calculated.value is None:
        fix = "Open the file in a spreadsheet and save it, or paste the cell as a value."
        raise WrongValue("is a formula without its result", fix)
    return _shown(calculated)


def _shown(cell: Cell) -> str:
    """Raises WrongValue if the text is not certain."""
    value = cell.value if cell is not None else None
    if value is None:
        return ""
    if isinstance(value, CellRichText):
        return _written(rich_text.plain(value, cell.font))
    if isinstance(value, str):
        return _written(rich_text.whole(value, cell.font))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return rich_text.whole(numbers.shown(value, cell.number_format), cell.font)
    what = "is a date" if isinstance(value, date) else "is a time of day or a duration"
    raise WrongValue(what, "Format the cell as text and write it again.")


def _looks(cell: Cell) -> tuple[str, ...]:
    value = cell.value if cell is not None else None
    return rich_text.looks_of(value, cell.font) if isinstance(value, CellRichText) else ()


def _written(text: str) -> str:
    """The text, whose signs that XML lacks are written as their codes."""
    return _WRITTEN.sub(lambda code: chr(int(code[1], 16)), text)
