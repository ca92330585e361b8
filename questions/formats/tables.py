"""Tables, in CSV and XLSX: one question a row, its key points in one cell, one a line.

Two cells have the phrasings, one statement a line, after the number of its key point.

A cell that a spreadsheet would take for a formula gets an apostrophe in front when it is written.
Reading takes the apostrophe away: https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from questions.formats.encoding import decode
from questions.formats.fields import COLUMNS, fix_for_unknown
from questions.formats.fields.statements import PHRASINGS
from questions.formats.records import (
    ExchangeFile,
    FormatError,
    Item,
    Mistake,
    StoredQuestion,
    TopicRecord,
)
from questions.formats.rows import item, with_repeats_marked
from questions.rules.numbered import numbered

MAX_ROWS = 20_000
# A cell that has the apostrophe already gets another one, so that reading gives it back as it was.
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_DISARMED = re.compile(r"'+[=+\-@\t\r]")

Row = tuple[str, Sequence[str], Sequence[Mistake]]
"""Its place, its cells, and the mistakes in cells that could not be read as text."""


def disarm(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; `rearm` gives the original back."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def rearm(cell: str) -> str:
    return cell[1:] if _DISARMED.match(cell) else cell


def rows_of(
    topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]
) -> Iterator[list[str]]:
    """The heading and a row for each question, their cells disarmed."""
    names = {topic.slug: topic.name for topic in topics}
    yield list(COLUMNS)
    for question in questions:
        values = {
            **vars(question),
            "topic_name": names.get(question.topic, ""),
            "key_points": "\n".join(question.key_points),
            "foreign_ids": "\n".join(map(str, question.foreign_ids)),
            **phrasing_columns(question),
        }
        yield [disarm(str(values[field])) for field in COLUMNS]


def phrasing_columns(question: StoredQuestion) -> dict[str, str]:
    """The text of each column of phrasings."""
    records = question.phrasings or ()
    return {name: numbered(getattr(record, name) for record in records) for name in PHRASINGS}


def items_of(rows: Iterator[Row]) -> ExchangeFile:
    """The questions of a table whose first row names the columns. Raises FormatError."""
    place, heading, _ = next(rows, ("row 1", (), ()))
    columns = [column_name(cell) for cell in heading]
    while columns and not columns[-1]:
        columns.pop()
    _check_columns(place, columns)
    items: list[Item] = []
    for place, cells, mistakes in rows:
        if not any(cell.strip() for cell in cells) and not mistakes:
            continue
        if len(items) == MAX_ROWS:
            raise FormatError(f"{place}: more than {MAX_ROWS:,} questions. Split the file")
        unreadable = {mistake.column for mistake in mistakes}
        raw = {
            name: rearm(cell)
            for name, cell in zip(columns, cells, strict=False)
            if name not in unreadable
        }
        mistakes = [*mistakes, *_mistakes_of_length(cells, len(columns))]
        items.append(item(place, raw, mistakes, COLUMNS))
    return ExchangeFile(with_repeats_marked(items))


def column_name(cell: str) -> str:
    """The field that a cell of the heading names: "How to answer" is how_to_answer."""
    return cell.strip().casefold().replace(" ", "_")


def _mistakes_of_length(cells: Sequence[str], columns: int) -> Iterator[Mistake]:
    if any(cell.strip() for cell in cells[columns:]):
        fix = "Put texts with separators or line breaks into double quotes."
        yield Mistake("row", f"has more than {columns} cells", fix)
    elif len(cells) < columns:
        fix = f"Write all {columns} cells, the empty ones too."
        yield Mistake("row", f"has only {len(cells)} cells", fix)


def _check_columns(place: str, columns: Sequence[str]) -> None:
    if "prompt" not in columns and "uid" not in columns:
        raise FormatError(
            f"{place}: expected the names of the columns, among them prompt or uid."
            f" There are {', '.join(COLUMNS)}"
        )
    if len(missing := [name for name in PHRASINGS if name not in columns]) == 1:
        raise FormatError(
            f"{place}: the columns {' and '.join(PHRASINGS)} belong together. Add {missing[0]}"
        )
    for number, name in enumerate(columns, start=1):
        if name not in COLUMNS:
            fix = fix_for_unknown(name, COLUMNS) if name else "Name it or remove it."
            raise FormatError(f"{place}, column {number}: there is no column “{name[:50]}”. {fix}")
        if columns.count(name) > 1:
            raise FormatError(f"{place}: the column {name} comes twice. Remove one of them")


# --- CSV ------------------------------------------------------------------------------------


def write_csv(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    """UTF-8 with a byte order mark, because without it Excel reads the file as Windows-1252."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows_of(topics, questions))
    return out.getvalue().encode("utf-8-sig")


def read_csv(data: bytes) -> ExchangeFile:
    """With commas, or with the semicolons or tabs that spreadsheets of other countries write."""
    text = decode(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return items_of(_csv_rows(text, delimiter))


def _csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield f"row {number}", cells, ()
    except csv.Error as error:
        raise FormatError(
            f"row {number + 1}, line {reader.line_num}: not readable as CSV: {error}."
            " Double the quotes inside a quoted cell, and close each"
        ) from None
