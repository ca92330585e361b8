"""A table before its rows are read: where its columns are named, and whether they are clear."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from questions.formats.flash_cards.sides import CARD_SIDES, UNNAMED, plain_card
from questions.formats.tabular.choice import (
    FIRST_ROWS,
    NO_CHOICE,
    NOT_TAKEN,
    Choice,
    UnclearColumns,
)
from questions.formats.tabular.columns import Columns, columns_of
from questions.formats.tabular.row import Line, shown

HEADING_ROWS = 20
"""The names of the columns are looked for in so many rows: titles may stand before them."""


@dataclass(frozen=True)
class Table:
    """A sheet, a file, or the cards of one kind.

    heading: the names of the columns if the format says them apart from the rows. are_cards: if no
    row names them, two columns are the two sides of a flash card. why_not: why it is left out, if
    it is.
    """

    lines: Iterable[Line]
    name: str = ""
    heading: tuple[str, ...] | None = None
    are_cards: bool = False
    notes: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True)
class Opened:
    """A table whose columns are clear, with the rows below their names.

    notes: how the columns are read, if their names do not say it.
    """

    columns: Columns
    lines: Iterable[Line]
    notes: tuple[str, ...]


def opened_table(table: Table, choice: Choice) -> Opened | None:
    """None if the table is empty. Raises UnclearColumns."""
    asks = choice.asks
    if choice.table not in ("", table.name):
        choice = NO_CHOICE
    lines = (line for line in table.lines if line.has_content)
    first = list(islice(lines, HEADING_ROWS))
    if not first:
        return None
    if table.heading is not None:
        columns, below = columns_of(table.heading, choice), 0
    else:
        columns, below = _find_heading(first, choice)
    rest = chain(first[below:], lines)
    if not (asks or columns.is_clear) and table.are_cards and _are_two_sides(first):
        return Opened(columns_of(CARD_SIDES), map(plain_card, rest), (UNNAMED,))
    if asks or not columns.is_clear:
        raise _unclear(table, columns, first, below)
    return Opened(columns, rest, table.notes)


def _find_heading(first: Sequence[Line], choice: Choice) -> tuple[Columns, int]:
    """The columns, and how many rows stand above the first question."""
    if choice.heading is not None or choice.is_by_place:
        number = choice.heading or 0
        below = next((i + 1 for i, line in enumerate(first) if line.number == number), 0)
        names = first[below - 1].texts if below else [""] * max(len(line.cells) for line in first)
        return columns_of(_named(names), choice), below
    read = [columns_of(line.texts, choice) for line in first]
    best = max(range(len(read)), key=lambda index: (read[index].known, -index))
    is_title = _filled(first[best]) == 1 and max(map(_filled, first)) > 1
    if read[best].finds_questions and not is_title:
        return read[best], best + 1
    if read[best].known > 1 and _filled(first[best]) > 2:
        return columns_of(_named(first[best].texts), choice), best + 1
    if _names_columns(first):
        return columns_of(_named(first[0].texts), choice), 1
    return columns_of(_named([""] * max(len(line.cells) for line in first)), choice), 0


def _filled(line: Line) -> int:
    return sum(bool(text) for text in line.texts)


def _named(names: Iterable[str]) -> list[str]:
    """Every column has a name, so that none at the end is cut off."""
    return [name.strip() or f"column {number}" for number, name in enumerate(names, start=1)]


def _are_two_sides(first: Sequence[Line]) -> bool:
    return max(len(line.cells) for line in first) == 2 and not _names_columns(first)


def _names_columns(first: Sequence[Line]) -> bool:
    """Whether the first row looks like names: short ones, unlike the rows below."""
    names = [text for text in first[0].texts if text]
    are_short = all(len(name) <= 30 and not re.search(r"[?？.!]$", name) for name in names)
    below = [len(text) for line in first[1:] for text in line.texts if text]
    return (
        are_short and bool(below) and sum(below) / len(below) > 2 * max(map(len, names), default=0)
    )


def _unknown(first: Sequence[Line]) -> str:
    texts = ", ".join(text[:40] for text in first[0].texts[:12] if text)
    return f"no column is known as the prompt. The first row has: {texts or 'nothing'}"


def _unclear(table: Table, columns: Columns, first: Sequence[Line], below: int) -> UnclearColumns:
    heading = first[below - 1].number if below else 0
    width = max(len(line.cells) for line in first)
    guesses = [meaning.field if meaning else NOT_TAKEN for meaning in columns.meanings]
    return UnclearColumns(
        f"{first[max(below - 1, 0)].place}: {columns.problem or _unknown(first)}",
        columns.names,
        [*guesses, *[NOT_TAKEN] * (width - len(guesses))],
        [(line.number, tuple(map(shown, line.cells))) for line in first[:FIRST_ROWS]],
        heading,
        table=table.name,
        has_heading_row=table.heading is None,
        is_clear=columns.is_clear,
    )
