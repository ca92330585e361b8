"""The checks of texts, on which those of all other fields build."""

from typing import TypeGuard

from questions.formats.records import WrongValue
from questions.rules.limits import MAX_TEXT
from questions.rules.texts import UNSTORABLE, normal_text


def text(value: object) -> str:
    """An empty text counts: a file can empty a text."""
    return at_most(MAX_TEXT, storable(value))


def storable(value: object) -> str:
    """A value as the bank stores a text, however long."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise WrongValue("should be a text", "Write it as one text; in JSON and YAML, in quotes.")
    stored = normal_text(str(value))
    if unstorable := UNSTORABLE.search(stored):
        what = f"has the character {unstorable[0]!a}, which can't be stored"
        raise WrongValue(what, "Remove that character.")
    return stored


def at_most(longest: int, stored: str) -> str:
    if len(stored) > longest:
        raise WrongValue(f"has {len(stored):,} characters", f"Shorten it to {longest:,} or fewer.")
    return stored


def is_list_of_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(point, str) for point in value)
