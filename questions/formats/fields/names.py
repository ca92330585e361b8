"""What people call the fields of a question: in tables, in JSON and YAML, in flash cards.

A name is known in any case, with blanks, hyphens or underscores, with or without accents.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from questions.formats.fields.foreign_names import ID, SURE, TAGS, TIMES, WEAK


@dataclass(frozen=True)
class Meaning:
    """What a name stands for: a field of a question, TAGS or ID.

    is_weak: another column that is surely this field goes before it. unit: of a number that tells
    a time, "seconds" or "minutes"; "any" if the number itself must say it.
    """

    field: str
    is_weak: bool = False
    unit: str = ""


OWN = (
    *("uid", "slug", "topic", "topic_name", "difficulty", "seconds", "status", "prompt", "answer"),
    *("how_to_answer", "example_answer", "short_example", "key_points", "follow_ups", "phrasings"),
    *("common_mistakes", "sources"),
    *("also_said_as", "not_to_be_confused_with", "foreign_ids"),
)

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "prompt": ("question", "question text", "interview question", "front"),
    "answer": ("model answer", "reference answer", "expected answer", "solution", "back"),
    "key_points": ("points", "criteria", "rubric"),
    "how_to_answer": ("advice", "hint", "tip"),
    "example_answer": ("example",),
    "common_mistakes": ("mistakes", "pitfalls"),
    "sources": ("references",),
    "topic_name": ("category", "subject", "section", "chapter", "theme", "deck"),
    "difficulty": ("level", "seniority"),
    "seconds": ("time", "minutes", "duration"),
    TAGS: ("labels", "keywords"),
    ID: ("guid", "question id", "external id"),
}
"""The names that pages tell people; those below are known too."""

_NEAR = 0.82  # "anwser" is near to answer; "tags" is not near to status
_NOT_MEANT = ("source",)  # where a file says that it has a question from


def plain_name(name: str) -> str:
    """Equal for names that differ in case, accents, blanks and signs: "keyPoints", "Key-points"."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    decomposed = unicodedata.normalize("NFKD", apart).casefold()
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", kept).strip()


def meaning_of(name: str) -> Meaning | None:
    """What a name stands for, if it is known. A remark in brackets may follow it.

    “Q#” and “Question #” are numbers, which stand for nothing here.
    """
    if "#" in name:
        return None
    if name.strip().casefold() in OWN:
        return Meaning(name.strip().casefold())
    plain = plain_name(name)
    return _KNOWN.get(plain) or _KNOWN.get(plain_name(re.sub(r"[(\[].*?[)\]]", "", name)))


def near_field(name: str) -> str:
    """The field that a misspelt name probably means, or ""."""
    own = {plain_name(field): field for field in OWN}
    if (meaning := meaning_of(name)) and meaning.field not in (TAGS, ID):
        return meaning.field
    if plain_name(name) in _NOT_MEANT:
        return ""
    near = difflib.get_close_matches(plain_name(name), own, n=1, cutoff=_NEAR)
    return own[near[0]] if near else ""


def _table() -> dict[str, Meaning]:
    known: dict[str, Meaning] = {}
    for field, names in SYNONYMS.items():
        known |= {plain_name(name): Meaning(field) for name in names}
    for is_weak, table in ((False, SURE), (True, WEAK)):
        for field, listed in table.items():
            known |= {plain_name(name): Meaning(field, is_weak) for name in listed.split("|")}
    for unit, listed in TIMES.items():
        known |= {plain_name(name): Meaning("seconds", unit=unit) for name in listed.split("|")}
    known |= {plain_name(own): Meaning(own) for own in OWN}
    return known | {name: Meaning(name) for name in (TAGS, ID)}


_KNOWN = _table()
