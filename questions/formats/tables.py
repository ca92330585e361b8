"""Tables: CSV and XLSX, a question a row, its key points in one cell, one a line.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, and loses it when
it is read: https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from questions.formats import checks
from questions.formats.encoding import decode
from questions.formats.records import (
    FIELDS,
    ExchangeFile,
    FormatError,
    Item,
    Mistake,
    StoredQuestion,
    TopicRecord,
)

MAX_ROWS = 20_000
# An apostrophe that stands there already before such a character gets another: nothing is lost.
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_DISARMED = re.compile(r"'+[=+\-@\t\r]")

Row = tuple[str, Sequence[str], Sequence[Mistake]]
"""Its place, its cells, and what is wrong with cells that could not be read as text."""


def disarm(cell: str) -> str:
    """The cell as a spreadsheet may see it; `rearm` gives the original back."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def rearm(cell: str) -> str:
    return cell[1:] if _DISARMED.match(cell) else cell


def rows_of(
    topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]
) -> Iterator[list[str]]:
    """The heading and a row for each question, disarmed."""
    names = {topic.slug: topic.name for topic in topics}
    yield list(FIELDS)
    for question in questions:
        values = {
            **vars(question),
            "topic_name": names.get(question.topic, ""),
            "key_points": "\n".join(question.key_points),
        }
        yield [disarm(str(values[field])) for field in FIELDS]


def items_of(rows: Iterator[Row]) -> ExchangeFile:
    """The questions of a table whose first row names the columns. Raises FormatError."""
    place, heading, _ = next(rows, ("row 1", (), ()))
    columns = [cell.strip().casefold().replace(" ", "_") for cell in heading]
    while columns and not columns[-1]:
        columns.pop()
    _check_columns(place, columns)
    items: list[Item] = []
    for place, cells, mistakes in rows:
        if not any(cell.strip() for cell in cells) and not mistakes:
            continue
        if len(items) == MAX_ROWS:
            raise FormatError(f"{place}: over {MAX_ROWS:,} questions. Split the file")
        found = [*mistakes]
        if any(cell.strip() for cell in cells[len(columns) :]):
            fix = "Put texts with separators or line breaks into double quotes."
            found.append(Mistake("row", f"has over {len(columns)} cells", fix))
        elif len(cells) < len(columns):
            fix = f"Write all {len(columns)} cells, the empty ones too."
            found.append(Mistake("row", f"has only {len(cells)} cells", fix))
        wrong = {mistake.column for mistake in mistakes}
        raw = {
            name: rearm(cell)
            for name, cell in zip(columns, cells, strict=False)
            if name not in wrong
        }
        items.append(checks.item(place, raw, found))
    return ExchangeFile(checks.mark_twice(items))


def _check_columns(place: str, columns: Sequence[str]) -> None:
    if "prompt" not in columns and "uid" not in columns:
        raise FormatError(
            f"{place}: expected the names of the columns, among them prompt or uid."
            f" There are {', '.join(FIELDS)}"
        )
    for number, name in enumerate(columns, start=1):
        if name not in FIELDS:
            fix = checks.closest(name) if name else "Name it or remove it."
            raise FormatError(f"{place}, column {number}: there is no column “{name[:50]}”. {fix}")
        if columns.count(name) > 1:
            raise FormatError(f"{place}: the column {name} comes twice. Remove one")


# --- CSV ------------------------------------------------------------------------------------


def write_csv(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel takes it for Windows-1252."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows_of(topics, questions))
    return out.getvalue().encode("utf-8-sig")


def read_csv(data: bytes) -> ExchangeFile:
    """Commas, or the semicolons or tabs of other countries' spreadsheets."""
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
