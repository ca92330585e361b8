"""One row of a table to an Item: each cell by the meaning of its column."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from questions.formats.fields import COLUMNS, QUESTION
from questions.formats.fields.foreign_names import ID, TAGS
from questions.formats.fields.names import Meaning
from questions.formats.fields.texts import is_list_of_texts
from questions.formats.markup.item_texts import ItemTexts
from questions.formats.markup.losses import quoted
from questions.formats.records import Item, Mistake, WrongValue
from questions.formats.rows import item
from questions.formats.tabular.cells import is_error, is_no_value, rearm
from questions.formats.tabular.columns import Columns
from questions.formats.tabular.levels import on_scale
from questions.formats.tabular.times import seconds
from questions.rules.limits import MAX_FOREIGN_ID
from questions.rules.texts import LIST_FIELDS, VERSION_FIELDS

CHECKS = {**COLUMNS, **QUESTION}
UNSTATED = "unstated"
"""The style of a text that is HTML or else plain: its file does not say."""
MUST_SAY = ("prompt", "answer")
"""In these a word like "None" may be meant; elsewhere it is an empty cell."""
FIX = "Say in words what it shows, in the program it comes from, and export it again."
_SOUND = re.compile(r"\[(?:sound|anki:play):[^\]]*\]")
NO_LEVELS: Mapping[str, int] = {}


MISSING = object()
"""A cell that its row does not have: it says nothing, while an empty one empties."""
Source = Literal["cells", "program", "export"]
"""Where texts come from: cells that may be disarmed, a program's values, or an export of ours."""


@dataclass(frozen=True)
class Line:
    """A row: its place, its number in the table, and its cells; None says nothing.

    mistakes: what is wrong, and the fix, of cells that could not be read, by their index. why_not:
    why it is no question of this bank, if it is none. merged: the number of the row in which a cell
    begins that is merged with those below it, by its index. styles: "html", "plain" or UNSTATED of
    cells that are not Markdown, by their index. falls: what of a cell is gone already, as a reader
    sees it. looks: what only the look of some words of a cell says, by its index. wrong: what is
    wrong with the row beside its cells.
    """

    place: str
    number: int
    cells: Sequence[object]
    mistakes: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    source: Source = "cells"
    why_not: str = ""
    merged: Mapping[int, int] = field(default_factory=dict)
    styles: Mapping[int, str] = field(default_factory=dict)
    falls: tuple[str, ...] = ()
    looks: Mapping[int, Sequence[str]] = field(default_factory=dict)
    wrong: tuple[Mistake, ...] = ()

    @property
    def texts(self) -> list[str]:
        return [cell.strip() if isinstance(cell, str) else "" for cell in self.cells]

    @property
    def has_content(self) -> bool:
        return bool(self.mistakes) or any(map(_says_something, self.cells))


def _says_something(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell not in (None, MISSING, [], {})


def shown(cell: object) -> str:
    """A cell as a person sees it who says what its column holds."""
    if isinstance(cell, list):
        return "; ".join(map(shown, cell))
    return str(cell).strip() if _says_something(cell) else ""


def item_of(columns: Columns, line: Line, levels: Mapping[str, int] = NO_LEVELS) -> Item:
    """The question of a row. Cells at its end that are missing say nothing.

    levels: this bank's levels by those of the file, if they differ.
    """
    raw: dict[str, object] = {}
    mistakes: list[Mistake] = []
    not_taken = list(line.falls)
    foreign_id = ""
    texts = ItemTexts(is_ours=_is_ours(columns, line), fix=FIX)
    for index, meaning in enumerate(columns.meanings[: len(line.cells)]):
        cell = line.cells[index]
        if cell is MISSING:
            continue
        if meaning is None:
            if _says_something(cell) or index in line.mistakes:
                not_taken.append(f"column {columns.label(index)}")
        elif meaning.field == TAGS:
            not_taken += [f"tag {tag}" for tag in _tags(cell)]
        elif meaning.field == ID:
            foreign_id = str(cell or "").strip()
            if len(foreign_id) > MAX_FOREIGN_ID:
                not_taken.append(f"the id {quoted(foreign_id)}, which is too long")
        elif line.source != "export" and meaning.field not in MUST_SAY and is_no_value(cell):
            not_taken.append(f"“{str(cell).strip()}” in {meaning.field}")
        else:
            not_taken += [f"{meaning.field}: {look}" for look in line.looks.get(index, ())]
            try:
                raw[meaning.field] = _value(line, index, meaning, levels, texts)
            except WrongValue as wrong:
                mistakes.append(Mistake(meaning.field, wrong.what, wrong.fix))
    mistakes += [*texts.mistakes, *line.wrong, *_extra_cells(line, len(columns.meanings))]
    not_taken += texts.not_taken
    return item(line.place, raw, mistakes, CHECKS, not_taken, foreign_id)


def _is_ours(columns: Columns, line: Line) -> bool:
    """Whether the row is from an export of ours, whose texts are taken as they are."""
    index = columns.index_of("uid")
    return line.source == "export" or (0 <= index < len(line.cells) and bool(line.texts[index]))


def _value(
    line: Line, index: int, meaning: Meaning, levels: Mapping[str, int], texts: ItemTexts
) -> object:
    """The value of a cell that the check of its field takes. Raises WrongValue."""
    if index in line.mistakes:
        raise WrongValue(*line.mistakes[index])
    cell = line.cells[index]
    if line.source != "export" and isinstance(cell, str):
        _refuse_leftovers(cell)
        cell = rearm(cell) if line.source == "cells" else cell
        if (style := line.styles.get(index)) == UNSTATED:
            cell = texts.typed(meaning.field, cell, style="plain")
        elif style:
            lost = {"sound"} if _SOUND.search(cell) else set()
            cell = texts.text(meaning.field, cell, style, lost)
    if meaning.field in LIST_FIELDS and isinstance(cell, str):
        cell = _listed(cell)
    if meaning.field in VERSION_FIELDS and index not in line.styles:
        return _typed(meaning.field, cell, texts)
    if meaning.unit:
        return seconds(cell, meaning.unit)
    return on_scale(cell, levels) if meaning.field == "difficulty" and levels else cell


def _typed(field: str, cell: object, texts: ItemTexts) -> object:
    """A text or a list of texts whose file does not say what its markup is."""
    if isinstance(cell, str):
        return texts.typed(field, cell)
    return [texts.typed(field, text) for text in cell] if is_list_of_texts(cell) else cell


def _listed(cell: str) -> object:
    """The list in a cell, where a program wrote one as JSON; else the cell."""
    if not cell.lstrip().startswith("["):
        return cell
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return found if is_list_of_texts(found) else cell


def _refuse_leftovers(cell: str) -> None:
    """Raises WrongValue for a spreadsheet's error and for a program's word for nothing."""
    if is_error(cell):
        fix = "Correct the formula, write the text itself, or empty the cell."
        raise WrongValue(f"is an error of the spreadsheet, “{cell.strip()}”", fix)
    if is_no_value(cell):
        fix = "Empty the cell, or write a sentence if the word is meant."
        raise WrongValue(f"is “{cell.strip()}”, as programs write an empty cell", fix)


def _tags(cell: object) -> Iterator[str]:
    """Tags in a list, or in a text that separates them by commas, semicolons or bars."""
    listed = cell if isinstance(cell, list) else re.split(r"[,;|\n]", str(cell or ""))
    for tag in listed:
        if text := " ".join(str(tag).split()):
            yield text[:60]


def _extra_cells(line: Line, columns: int) -> Iterator[Mistake]:
    if any(map(_says_something, line.cells[columns:])):
        fix = "Put texts with separators or line breaks into double quotes."
        yield Mistake("row", f"has more than {columns} cells", fix)
