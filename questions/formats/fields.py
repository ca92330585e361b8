"""What each field of a bank file may hold. Every reader of bank files checks values here.

A check takes a value as a file has it (a text, or whatever JSON and YAML have) and returns it as
the bank stores it, or None if it says nothing. It raises WrongValue.
"""

import difflib
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import TypeGuard, TypeVar

from questions.formats.records import PhrasingRecord, PhrasingRecords, WrongValue
from questions.rules import numbered
from questions.rules.limits import (
    MAX_DIFFICULTY,
    MAX_QUESTION_SLUG,
    MAX_SECONDS,
    MAX_SLUG,
    MAX_TEXT,
    MAX_TOPIC_NAME,
)
from questions.rules.phrasings import Kind, WrongStatement, cleaned
from questions.rules.texts import (
    TEXT_FIELDS,
    UNSTORABLE,
    key_points_of,
    normal_text,
    repeated_point,
)

T = TypeVar("T")
Check = Callable[[object], T | None]

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
DIFFICULTIES = {"easy": 1, "medium": 2, "hard": 3}
STATUSES = ("draft", "published", "retired")


def text(value: object) -> str:
    """An empty text counts: a file can empty a text."""
    return _at_most(MAX_TEXT, _storable(value))


def _storable(value: object) -> str:
    """A value as the bank stores a text, however long."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise WrongValue("should be a text", "Write it in quotes if the format has them.")
    stored = normal_text(str(value))
    if unstorable := UNSTORABLE.search(stored):
        what = f"has the character {unstorable[0]!a}, which can't be stored"
        raise WrongValue(what, "Remove it.")
    return stored


def _at_most(longest: int, stored: str) -> str:
    if len(stored) > longest:
        raise WrongValue(f"has {len(stored):,} characters", f"Shorten it to {longest:,} or fewer.")
    return stored


def prompt(value: object) -> str:
    if not (stored := text(value)):
        raise WrongValue("is empty", "Write the question as it is asked.")
    return stored


def name(longest: int) -> Check[str]:
    """A text on one line, without repeated blanks."""

    def check(value: object) -> str | None:
        return _at_most(longest, " ".join(_storable(value).split())) or None

    return check


def slug(longest: int) -> Check[str]:
    def check(value: object) -> str | None:
        stored = name(longest)(value)
        if stored and not SLUG.fullmatch(stored):
            fix = "Use letters, digits, hyphens and underscores only."
            raise WrongValue(f"“{stored[:40]}” can't be a slug", fix)
        return stored

    return check


def uid(value: object) -> uuid.UUID | None:
    stored = _storable(value)
    try:
        return uuid.UUID(stored) if stored else None
    except ValueError:
        fix = "Copy it from an export, or leave it empty for a new question."
        raise WrongValue(f"“{stored[:40]}” is not a UUID", fix) from None


def whole_number(low: int, high: int, words: Mapping[str, int] | None = None) -> Check[int]:
    """words: what may be written instead of a number, in lower case."""
    words = words or {}
    allowed = f"a whole number from {low} to {high}" + "".join(f", or {word}" for word in words)

    def check(value: object) -> int | None:
        if isinstance(value, str):
            written = value.strip().casefold()
            number = words.get(written)
            value = int(written) if re.fullmatch("[0-9]{1,9}", written) else number or written
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise WrongValue(f"should be {allowed}", f"Write {allowed}.")
        return value

    return check


def one_of(allowed: Iterable[str]) -> Check[str]:
    allowed = tuple(allowed)

    def check(value: object) -> str | None:
        stored = _storable(value).casefold()
        if stored and stored not in allowed:
            fix = f"Write one of {', '.join(allowed)}."
            raise WrongValue(f"“{stored[:40]}” is not known", fix)
        return stored or None

    return check


def key_points(value: object) -> tuple[str, ...]:
    """The key points in a list of texts, or in a text that has one a line."""
    if value is None:
        return ()
    if not isinstance(value, str) and not is_list_of_texts(value):
        raise WrongValue("should be a list of texts", "Write each key point as a text of its own.")
    points = key_points_of(value)
    text("\n".join(points))
    if repeated := repeated_point(points):
        raise WrongValue(f"“{repeated[:60]}” comes twice", "Remove one of them.")
    return tuple(points)


def is_list_of_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(point, str) for point in value)


PHRASINGS: Mapping[str, Kind] = {"also_said_as": "accept", "not_to_be_confused_with": "reject"}
"""The two lists of a phrasing, and the columns of a table, with the kind of their statements."""


def phrasings(value: object) -> PhrasingRecords | None:
    """An entry for each key point, with two lists of texts; an empty list if no point has any."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        fix = f"Write {' and '.join(PHRASINGS)} in each entry."
        raise WrongValue("should be a list with an entry for each key point", fix)
    if len(value) > numbered.MAX_NUMBER:
        raise WrongValue(f"has {len(value):,} entries", f"Write {numbered.MAX_NUMBER} or fewer.")
    records = any_of(_phrasing(f"entry {n}", entry) for n, entry in enumerate(value, start=1))
    for name in PHRASINGS:
        _at_most(MAX_TEXT, numbered.numbered(getattr(record, name) for record in records))
    return records


def any_of(records: Iterable[PhrasingRecord]) -> PhrasingRecords:
    """The phrasings of a question's key points, () if all are empty."""
    records = tuple(records)
    return records if any(record != PhrasingRecord() for record in records) else ()


def _phrasing(place: str, entry: Mapping[object, object]) -> PhrasingRecord:
    if unknown := [str(name)[:50] for name in entry if name not in PHRASINGS]:
        fix = f"Write {' and '.join(PHRASINGS)}."
        raise WrongValue(f"has the unknown field {unknown[0]} in {place}", fix)
    lists: list[list[str]] = []
    for name in PHRASINGS:
        statements = entry.get(name)
        if statements is not None and not is_list_of_texts(statements):
            fix = "Write each statement as a text of its own."
            raise WrongValue(f"needs a list of texts in {place}, {name}", fix)
        lists.append(statements or [])
    try:
        return phrasing_record(*lists)
    except WrongStatement as wrong:
        name = field_of(wrong.kind)
        raise WrongValue(f"{place}, {name} {wrong.what}", wrong.fix) from None


def check_number(phrasings: PhrasingRecords, key_points: int) -> None:
    """Raises WrongValue unless there is an entry for each key point, or none at all."""
    if phrasings and len(phrasings) != key_points:
        what = f"has {len(phrasings)} entries for {key_points} key points"
        raise WrongValue(what, "Write one for each key point, in their order.")


def phrasing_record(accept: Iterable[str], reject: Iterable[str]) -> PhrasingRecord:
    """Raises WrongStatement."""
    kept = cleaned(accept, reject)
    return PhrasingRecord(tuple(kept["accept"]), tuple(kept["reject"]))


def field_of(kind: Kind) -> str:
    return next(name for name, its_kind in PHRASINGS.items() if its_kind == kind)


def numbered_statements(value: object) -> dict[int, list[str]]:
    """Statements by the number of their key point, from a text with lines such as “2: it caches”"""
    try:
        return numbered.by_number(text(value))
    except ValueError as error:
        if isinstance(error, WrongValue):
            raise
        fix = "Write each as “1: statement”, with the number of its key point."
        raise WrongValue(f"has the line “{error}” without such a number", fix) from None


QUESTION: Mapping[str, Check[object]] = {
    "uid": uid,
    "slug": slug(MAX_QUESTION_SLUG),
    "topic": name(MAX_TOPIC_NAME),
    "topic_name": name(MAX_TOPIC_NAME),
    "difficulty": whole_number(1, MAX_DIFFICULTY, DIFFICULTIES),
    "seconds": whole_number(1, MAX_SECONDS),
    "status": one_of(STATUSES),
    **dict.fromkeys(TEXT_FIELDS, text),
    "prompt": prompt,
    "key_points": key_points,
    "phrasings": phrasings,
}
"""The fields of a question in JSON and YAML, in their order."""

FIELDS = tuple(QUESTION)

COLUMNS: Mapping[str, Check[object]] = {
    **{field: check for field, check in QUESTION.items() if field != "phrasings"},
    **dict.fromkeys(PHRASINGS, numbered_statements),
}
"""The columns of a question in a table. They are the same, but each kind of statement has one."""
topic_slug = slug(MAX_SLUG)
topic_name = name(MAX_TOPIC_NAME)


def fix_for_unknown(field: str, known: Iterable[str] = FIELDS) -> str:
    """How to fix a field that no question has. known: those that there are."""
    known = tuple(known)
    near = difflib.get_close_matches(field.casefold(), known, n=1)
    return f"Did you mean {near[0]}?" if near else f"Remove it. There are {', '.join(known)}."
