"""What a person says of the columns of a file, and the question that asks for it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from questions.formats.fields.foreign_names import ID, TAGS
from questions.formats.fields.names import OWN, plain_name
from questions.formats.records import FormatError

NOT_TAKEN = "-"
"""Instead of a field: the column is not read."""
CHOOSABLE = (*(name for name in OWN if name != "phrasings"), TAGS, ID, NOT_TAKEN)
"""What a person can say of a column."""
FIRST_ROWS = 8
"""So many rows of a table are shown to whoever says what its columns hold."""
_POSITION = re.compile(r"column ([0-9]{1,4})", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """What a person said of a file's columns.

    fields: a field, TAGS, ID or NOT_TAKEN by the column's name, or by its place as "column 2".
    heading: the number of the row that names the columns; 0 if none does; None: find it. table: the
    only sheet that is meant, "" for all. asks: UnclearColumns is raised for clear columns too, so
    that a page can show them.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    heading: int | None = None
    table: str = ""
    asks: bool = False

    def __post_init__(self) -> None:
        """Raises FormatError for a field that there is not."""
        for column, chosen in self.fields.items():
            if chosen not in CHOOSABLE:
                known = ", ".join(CHOOSABLE)
                raise FormatError(f"{column}: there is no field “{chosen[:50]}”. Use {known}")

    def of(self, name: str, number: int) -> str | None:
        """What was said of a column, if anything."""
        for key, chosen in self.fields.items():
            place = _POSITION.fullmatch(key.strip())
            if (place and int(place[1]) == number) or (name and _same(key, name)):
                return chosen
        return None

    @property
    def is_by_place(self) -> bool:
        return any(_POSITION.fullmatch(key.strip()) for key in self.fields)


NO_CHOICE = Choice()


def _same(key: str, name: str) -> bool:
    return key.strip() == name.strip() or (plain_name(key) == plain_name(name) != "")


class UnclearColumns(FormatError):
    """A person has to say what the columns hold.

    names: of the columns, in the row of the number `heading` (0: no row names them). guesses: what
    each probably is, NOT_TAKEN if nothing is known. rows: the first rows, each with its number.
    table: the sheet's name, "" if there is one only. has_heading_row: a row may name the columns.
    is_clear: nobody has to say anything, and a page wants to show the columns.
    """

    def __init__(
        self,
        message: str,
        names: Sequence[str],
        guesses: Sequence[str],
        rows: Sequence[tuple[int, tuple[str, ...]]],
        heading: int,
        *,
        table: str = "",
        has_heading_row: bool = True,
        is_clear: bool = False,
    ) -> None:
        super().__init__(message)
        self.names, self.guesses, self.rows, self.heading = names, guesses, rows, heading
        self.table, self.has_heading_row, self.is_clear = table, has_heading_row, is_clear

    @property
    def weight(self) -> int:
        """How much there is in the first rows: a sheet of remarks has little."""
        return sum(bool(cell) for _, row in self.rows for cell in row)
