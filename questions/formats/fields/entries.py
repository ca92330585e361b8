"""The entries of a YAML or JSON file, read field by field; the first mistake is an error."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from questions.formats.fields import Check
from questions.formats.records import FormatError, Mistake, WrongValue

T = TypeVar("T")
D = TypeVar("D")

KINDS: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    list: "a list",
    bool: "true or false",
}


class EntryError(FormatError):
    """A mistake in one field of an entry."""

    def __init__(self, place: str, mistake: Mistake) -> None:
        super().__init__(f"{place}: {mistake.column} {mistake.what}. {mistake.fix}")
        self.place, self.mistake = place, mistake


@dataclass
class Entry:
    """One mapping of the file, read field by field; a field that nobody reads is an error."""

    place: str
    values: dict[str, object]
    read: set[str] = field(default_factory=set)

    def required(self, key: str, kind: type, check: Check[T]) -> T:
        """A field that must be there, of this kind and not empty."""
        if self.values.get(key) is None:
            raise self.error(key, "is missing", f"Write {KINDS[kind]}.")
        value = self.optional(key, kind, check, None)
        if value is None or value in ("", ()):
            raise self.error(key, "is empty", f"Write {KINDS[kind]}.")
        return value

    def optional(self, key: str, kind: type, check: Check[T], default: D) -> T | D:
        """A field that may be missing; then it is the default."""
        self.read.add(key)
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"should be {KINDS[kind]}", f"Write {KINDS[kind]}.")
        try:
            checked = check(value)
        except WrongValue as wrong:
            raise self.error(key, wrong.what, wrong.fix) from None
        if checked is None:
            raise self.error(key, "is empty", f"Write {KINDS[kind]}.")
        return checked

    def error(self, key: str, what: str, fix: str) -> EntryError:
        return EntryError(self.place, Mistake(key, what, fix))

    def refuse_unread(self) -> None:
        if unknown := set(self.values) - self.read:
            names = ", ".join(sorted(str(name)[:50] for name in unknown))
            raise self.error(f"unknown field {names}", "has no place here", "Remove it.")


def entries_at(place: str, entries: Iterable[dict[str, object]]) -> list[Entry]:
    return [Entry(f"{place}, entry {n}", values) for n, values in enumerate(entries, start=1)]
