"""What each field of a bank file may hold. Every reader of bank files checks values here.

A check takes a value as a file has it (a text, or whatever JSON and YAML have) and returns it as
the bank stores it, or None if it says nothing. It raises WrongValue.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from questions.formats.fields.follow_up_texts import follow_ups
from questions.formats.fields.foreign_ids import foreign_ids
from questions.formats.fields.names import near_field
from questions.formats.fields.statements import PHRASINGS, numbered_statements, phrasings
from questions.formats.fields.texts import at_most, is_list_of_texts, storable, text
from questions.formats.records import WrongValue
from questions.rules.limits import (
    MAX_DIFFICULTY,
    MAX_QUESTION_SLUG,
    MAX_SECONDS,
    MAX_SLUG,
    MAX_TOPIC_NAME,
)
from questions.rules.texts import TEXT_FIELDS, items_of, key_points_of, repeated_point
from questions.rules.visible import says_something

T = TypeVar("T")
Check = Callable[[object], T | None]

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
DIFFICULTIES = {"easy": 1, "medium": 2, "hard": 3}
LEVEL_WORDS = {
    **dict.fromkeys(("beginner", "basic", "simple", "junior", "entry", "entry level", "low"), 1),
    **dict.fromkeys(("novice", "very easy", "leicht", "einfach", "fácil", "facile"), 1),
    **dict.fromkeys(("intermediate", "mid", "mid level", "mid-level", "moderate", "normal"), 2),
    **dict.fromkeys(("middle", "mittel", "medio", "moyen", "средний"), 2),
    **dict.fromkeys(("advanced", "senior", "expert", "difficult", "high", "very hard"), 3),
    **dict.fromkeys(("staff", "principal", "schwer", "schwierig", "difícil", "difficile"), 3),
}
"""How other banks say a difficulty."""
STATUSES = ("draft", "published", "retired")


def prompt(value: object) -> str:
    if not says_something(stored := text(value)):
        raise WrongValue("is empty", "Write the question as it is asked.")
    return stored


def name(longest: int) -> Check[str]:
    """A text on one line, without repeated blanks."""

    def check(value: object) -> str | None:
        return at_most(longest, " ".join(storable(value).split())) or None

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
    stored = storable(value)
    try:
        return uuid.UUID(stored) if stored else None
    except ValueError:
        fix = "Copy it from an export, or leave it empty for a new question."
        raise WrongValue(f"“{stored[:40]}” is not a UUID", fix) from None


def whole_number(
    low: int,
    high: int,
    words: Mapping[str, int] | None = None,
    also: Mapping[str, int] | None = None,
) -> Check[int]:
    """words: what may be written for a number, in lower case; also: what no message names."""
    words, also = words or {}, also or {}
    allowed = f"a whole number from {low} to {high}" + "".join(f", or {word}" for word in words)

    def check(value: object) -> int | None:
        if isinstance(value, str):
            written = value.strip().casefold()
            number = words.get(written) or also.get(written)
            # Programs write a column of numbers that has gaps with decimals: 2.0.
            whole = re.fullmatch(r"([0-9]{1,9})(?:\.0{1,6})?", written)
            value = int(whole[1]) if whole else number or written
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise WrongValue(f"should be {allowed}", f"Write {allowed}.")
        return value

    return check


def one_of(allowed: Iterable[str]) -> Check[str]:
    allowed = tuple(allowed)

    def check(value: object) -> str | None:
        stored = storable(value).casefold()
        if stored and stored not in allowed:
            fix = f"Write one of {', '.join(allowed)}."
            raise WrongValue(f"“{stored[:40]}” is not known", fix)
        return stored or None

    return check


def key_points(value: object) -> tuple[str, ...]:
    """The key points in a list of texts, or in a text that has one a line."""
    points = _listed(value, key_points_of)
    if repeated := repeated_point(points):
        raise WrongValue(f"“{repeated[:60]}” comes twice", "Remove one of them.")
    return tuple(points)


def items(value: object) -> tuple[str, ...]:
    """Common mistakes or sources, in a list of texts or in a text that has one a line."""
    return tuple(_listed(value, items_of))


def _listed(value: object, read: Callable[[str | list[str]], list[str]]) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, str) and not is_list_of_texts(value):
        raise WrongValue("should be a list of texts", "Write each one as a text of its own.")
    listed = read(value)
    text("\n".join(listed))
    return listed


QUESTION: Mapping[str, Check[object]] = {
    "uid": uid,
    "slug": slug(MAX_QUESTION_SLUG),
    "topic": name(MAX_TOPIC_NAME),
    "topic_name": name(MAX_TOPIC_NAME),
    "difficulty": whole_number(1, MAX_DIFFICULTY, DIFFICULTIES, LEVEL_WORDS),
    "seconds": whole_number(1, MAX_SECONDS),
    "status": one_of(STATUSES),
    **dict.fromkeys(TEXT_FIELDS, text),
    "prompt": prompt,
    "key_points": key_points,
    "follow_ups": follow_ups,
    "phrasings": phrasings,
    "common_mistakes": items,
    "sources": items,
    "foreign_ids": foreign_ids,
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


def meant_by(field: str, known: Iterable[str] = FIELDS) -> str:
    """The field that a name means which no question has, or ""; known: those that there are."""
    meant = near_field(field)
    return meant if meant in known else ""
