"""A table of the file: which rows, which columns, what is left out and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from uuid import UUID

from django.db.models import Model

Value = None | str | int | float | bool | list["Value"]
"""What JSON can hold, apart from objects."""


@dataclass(frozen=True)
class Column:
    """name, about: for the reader. of: where a row has the value, such as "attempt.number"; if it
    is empty, what the column is called. read: works the value out of a row instead.
    """

    name: str
    about: str
    of: str = ""
    read: Callable[..., object] | None = None

    @property
    def field(self) -> str:
        """The field of the table's model that it shows."""
        return (self.of or self.name).partition(".")[0]

    def value(self, row: object) -> Value:
        found = self.read(row) if self.read else reduce(_follow, self._path, row)
        return plain(found)

    @property
    def _path(self) -> list[str]:
        return (self.of or self.name).split(".")


def _follow(value: object, name: str) -> object:
    return None if value is None else getattr(value, name)


@dataclass(frozen=True)
class Table:
    """rows: read anew at each call, one after another. left_out: by field of the model, why."""

    name: str
    about: str
    model: type[Model]
    rows: Callable[[], Iterable[object]]
    columns: list[Column]
    left_out: dict[str, str] = field(default_factory=dict)


def plain(value: object) -> Value:
    """Instants in ISO 8601, spans in seconds, decimals as numbers, ids as texts."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case Decimal():
            return float(value)
        case timedelta():
            return value.total_seconds()
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case list() | tuple():
            return [plain(each) for each in value]
    raise TypeError(f"no column shows a {type(value).__name__}")
