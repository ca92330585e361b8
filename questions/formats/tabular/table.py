"""A table of any file, row by row, to the questions in it.

CSV, spreadsheets, flash cards, and the entries of JSON and YAML are all read as tables.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from questions.formats.fields.names import plain_name
from questions.formats.records import ExchangeFile, FormatError, Item, LeftOut
from questions.formats.rows import MAX_ROWS, with_repeats_marked
from questions.formats.tabular.choice import NO_CHOICE, Choice, UnclearColumns
from questions.formats.tabular.columns import Columns
from questions.formats.tabular.heading import Opened, Table, opened_table
from questions.formats.tabular.levels import NOTE, scale_of
from questions.formats.tabular.merged import joined
from questions.formats.tabular.row import Line, item_of, shown

EXAMPLE_PROMPT = "Example: write your question here instead. What is a feature store?"
"""In the row of the template that shows how to fill it in. It is never imported."""
_OPTION = re.compile(
    r"(?:option|choice|distractor|(?:wrong |incorrect )?answer)s?(?: ?[a-h1-8])?|[a-h]"
)


def read_tables(tables: Iterable[Table], choice: Choice = NO_CHOICE) -> ExchangeFile:
    """The questions of all tables. Raises FormatError, UnclearColumns if no table is clear.

    Where one is clear, the others are left out by name.
    """
    items: list[Item] = []
    left_out: list[LeftOut] = []
    notes: list[str] = []
    unclear: list[tuple[Table, UnclearColumns]] = []
    names: list[Sequence[str]] = []
    for table in tables:
        if table.why_not:
            left_out += _left_table(table)
            continue
        try:
            opened = opened_table(table, choice)
        except UnclearColumns as problem:
            unclear.append((table, problem))
            continue
        if opened is None:
            continue
        names.append(opened.columns.names)
        found, left, said = _questions(opened, MAX_ROWS - len(items))
        items += found
        left_out += left
        notes += said
    if not names:
        problems = [problem for _, problem in unclear]
        raise max(problems, key=lambda one: one.weight) if problems else _nothing(left_out)
    _check_choice(choice, [*names, *(problem.names for _, problem in unclear)])
    left_out += [
        LeftOut(table.name, _beginning(problem.rows), str(problem)) for table, problem in unclear
    ]
    unique = tuple(dict.fromkeys(notes))
    return ExchangeFile(with_repeats_marked(items), left_out=tuple(left_out), notes=unique)


def _left_table(table: Table) -> Iterator[LeftOut]:
    """A table that is not read, unless it is empty."""
    if first := next((line for line in table.lines if line.has_content), None):
        yield LeftOut(table.name, _beginning([(first.number, tuple(first.texts))]), table.why_not)


def _nothing(left_out: Sequence[LeftOut]) -> FormatError:
    if not left_out:
        return FormatError("there is no row in the file")
    return FormatError("; ".join(f"{left.place}: {left.why}" for left in left_out))


def _check_choice(choice: Choice, tables: Sequence[Sequence[str]]) -> None:
    """Raises FormatError for a column that somebody speaks of and that no table has."""
    for column in choice.fields:
        one = Choice({column: choice.fields[column]})
        if not any(
            one.of(name, number) is not None
            for names in tables
            for number, name in enumerate(names, start=1)
        ):
            known = ", ".join(name for names in tables for name in names[:12])
            raise FormatError(f"there is no column “{column[:50]}”. The file has: {known}")


def _beginning(rows: Sequence[tuple[int, tuple[str, ...]]]) -> str:
    return " ".join(cell for _, row in rows[:1] for cell in row if cell)[:80]


def _questions(opened: Opened, most: int) -> tuple[list[Item], list[LeftOut], list[str]]:
    """The questions of a table, what is left out, and how its levels are read."""
    items: list[Item] = []
    left_out: list[LeftOut] = []
    lines = list(joined(opened.lines, opened.columns.index_of("prompt")))
    columns = _without_marks(opened.columns, lines)
    options = _options(columns)
    levels, notes = _levels(columns, lines)
    for line in lines:
        if len(items) == most:
            raise FormatError(f"{line.place}: more than {MAX_ROWS:,} questions. Split the file")
        item = item_of(columns, line, levels)
        if why := _why_not(item, line, options):
            left_out.append(LeftOut(line.place, item.name, why))
        else:
            items.append(item)
    return items, left_out, [*(opened.notes or columns.notes()), *notes]


def _without_marks(columns: Columns, lines: Sequence[Line]) -> Columns:
    """Without a column of points that are marks: each is a number and no key point."""
    index = columns.index_of("key_points")
    if index < 0 or not (meaning := columns.meanings[index]) or not meaning.is_weak:
        return columns
    cells = [shown(line.cells[index]) for line in lines if index < len(line.cells)]
    are_numbers = all(re.fullmatch(r"[0-9.,/ ]+", cell) for cell in cells if cell)
    return columns.without(index) if are_numbers else columns


def _levels(columns: Columns, lines: Iterable[Line]) -> tuple[Mapping[str, int], list[str]]:
    """How a column of levels is read that is not this bank's own, and the note that says so."""
    for index, meaning in enumerate(columns.meanings):
        if meaning and meaning.field == "difficulty" and columns.names[index:]:
            name = columns.label(index)
            cells = [line.cells[index] for line in lines if index < len(line.cells)]
            scale = {} if plain_name(name) == "difficulty" else scale_of(cells)
            return scale, [NOTE.format(name=name)] if scale else []
    return {}, []


def _options(columns: Columns) -> list[int]:
    """The columns that hold the choices of a question."""
    return [
        index
        for index, name in enumerate(columns.names)
        if columns.meanings[index] is None and _OPTION.fullmatch(plain_name(name))
    ]


def _why_not(item: Item, line: Line, options: Iterable[int]) -> str:
    """Why a row is not a question of this bank, or ""."""
    if item.values.get("prompt") == EXAMPLE_PROMPT:
        return "it is the example of the template"
    if line.why_not:
        return line.why_not
    cells = [line.cells[index] for index in options if index < len(line.cells)]
    count = sum(
        len(cell) if isinstance(cell, Mapping | list) else bool(str(cell or "").strip())
        for cell in cells
    )
    return "multiple-choice question: this bank has open questions only" if count > 1 else ""
