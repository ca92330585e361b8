"""Where the questions are in a JSON or YAML document that another program wrote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questions.formats.documents import SECTIONS, entries_of
from questions.formats.fields.names import meaning_of, plain_name
from questions.formats.records import FormatError

MAX_NESTING = 3
LIST_NAMES = frozenset(
    plain_name(
        "questions-question-data-items-item-cards-notes-entries-results-rows-records-quiz-qa-faq"
        "-list-bank-content-flashcards-interview-and-answers"
    ).split()
)
"""Names of lists that say nothing of what their questions are about."""


@dataclass(frozen=True)
class Found:
    """A list of entries. topic: its name, if that says what its questions are about."""

    topic: str
    entries: list[dict[str, object]]


@dataclass(frozen=True)
class Foreign:
    """The lists of a document, and the names at its top that hold no list of entries."""

    lists: tuple[Found, ...]
    not_taken: tuple[str, ...]


def find(document: object) -> Foreign:
    """The lists of questions in a document. Raises FormatError if there is none."""
    if isinstance(document, list):
        return Foreign((Found("", entries_of(document, "questions")),), ())
    if not isinstance(document, dict):
        raise FormatError("expected a list of questions, or one under the name questions")
    if _are_pairs(document):
        pairs = [{"question": str(name), "answer": text} for name, text in document.items()]
        return Foreign((Found("", pairs),), ())
    lists = tuple(_lists(document, "", 1))
    if not lists:
        names = ", ".join(str(name)[:50] for name in document)
        what = f"unknown at the top of the file: {names}" if names else "the file is empty"
        raise FormatError(f"{what}. Expected a list of questions under the name questions")
    taken = {name for name, value in document.items() if any(_lists({name: value}, "", 1))}
    return Foreign(lists, tuple(str(name)[:50] for name in document if name not in taken))


def is_own(document: object) -> bool:
    """Whether a document has the sections of this bank's own files, and no other list."""
    if not isinstance(document, dict) or not document.keys() & set(SECTIONS):
        return False
    others = {name: value for name, value in document.items() if name not in SECTIONS}
    slugged = all(
        isinstance(entry, dict) and "slug" in entry
        for name in ("topics", "interviews")
        if isinstance(document.get(name), list)
        for entry in document[name]
    )
    nested = any(_has_entries(document.get(name)) for name in SECTIONS)
    is_list = isinstance(document.get("questions"), list) or not others
    return slugged and is_list and not nested and not any(_lists(others, "", 1))


def _has_entries(value: object) -> bool:
    """Whether a value is a mapping whose values are entries or mappings of them."""
    values = list(value.values()) if isinstance(value, dict) else []
    return bool(values) and all(isinstance(one, dict | list) for one in values)


def _lists(document: Mapping[str, object], topic: str, depth: int) -> Iterator[Found]:
    """Lists of entries, and entries by their name, at most MAX_NESTING deep."""
    for name, value in document.items():
        says = "" if set(plain_name(str(name)).split()) <= LIST_NAMES else str(name)
        under = says or topic
        if isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value):
            if any(_is_question(entry) for entry in value):
                yield Found(under, value)
            elif depth < MAX_NESTING:
                yield from _in_sections(value, depth)
        elif isinstance(value, dict) and depth < MAX_NESTING:
            if entries := [entry for entry in value.values() if _is_question(entry)]:
                yield Found(under, entries)
            else:
                yield from _lists(value, under, depth + 1)


def _in_sections(sections: list[dict[str, object]], depth: int) -> Iterator[Found]:
    """Lists in a list of sections, each with a name of its own."""
    for section in sections:
        names = [section.get(key) for key in ("name", "title", "topic", "category", "section")]
        topic = next((name for name in names if isinstance(name, str) and name.strip()), "")
        yield from _lists(section, topic, depth + 1)


def _is_question(entry: object) -> bool:
    """Whether an entry has a prompt, or says which question it is about."""
    if not isinstance(entry, dict):
        return False
    texts = [str(name) for name, value in entry.items() if isinstance(value, str)]
    meanings = [meaning for name in texts if (meaning := meaning_of(name))]
    sure = {meaning.field for meaning in meanings if not meaning.is_weak}
    return bool(sure & {"prompt", "uid"}) or {"prompt", "answer"} <= {m.field for m in meanings}


def _are_pairs(document: Mapping[str, object]) -> bool:
    """Whether a document has the answer under each question itself."""
    texts = all(isinstance(value, str) for value in document.values())
    return texts and any(str(name).rstrip().endswith(("?", "？")) for name in document)
