"""JSON and YAML: the bank's own files, which keep everything. Questions are known by uid.

Only they have a place for interviews.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import yaml

from questions.formats.bank_file import read_topics
from questions.formats.documents import SECTIONS, load, load_lines, sections_in
from questions.formats.encoding import decode
from questions.formats.entries import find, is_own
from questions.formats.fields.names import meaning_of
from questions.formats.interviews import entry_of, read_exchanged
from questions.formats.records import (
    ExchangeFile,
    FormatError,
    StoredInterview,
    StoredQuestion,
    TopicRecord,
)
from questions.formats.tabular.choice import NO_CHOICE, Choice
from questions.formats.tabular.heading import Table
from questions.formats.tabular.row import MISSING, Line
from questions.formats.tabular.table import read_tables
from questions.rules.texts import LIST_FIELDS

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _BlockDumper(_Dumper):  # type: ignore[misc]  # PyYAML has no types
    """Writes texts of several lines as blocks, which people can read and compare."""


def _block(dumper: Any, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar(  # type: ignore[no-any-return]
        "tag:yaml.org,2002:str", text, style=style
    )


_BlockDumper.add_representer(str, _block)


def write_json(
    topics: Sequence[TopicRecord],
    questions: Iterable[StoredQuestion],
    interviews: Iterable[StoredInterview] = (),
) -> bytes:
    document = _document(topics, questions, interviews)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def write_yaml(
    topics: Sequence[TopicRecord],
    questions: Iterable[StoredQuestion],
    interviews: Iterable[StoredInterview] = (),
) -> bytes:
    document = _document(topics, questions, interviews)
    text = yaml.dump(document, Dumper=_BlockDumper, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()


def read(data: bytes, choice: Choice = NO_CHOICE) -> ExchangeFile:
    """The topics and questions of a JSON or YAML file. Raises FormatError, UnclearColumns."""
    return read_document(load(decode(data)), choice)


def read_json(data: bytes, choice: Choice = NO_CHOICE) -> ExchangeFile:
    """Those of a JSON file, which may be JSON Lines."""
    text = decode(data)
    is_lines = text.lstrip().startswith("{") and re.search(r"\}\s*\n\s*\{", text) is not None
    try:
        document = load(text)
    except FormatError:
        if not is_lines:
            raise
        return read_document(load_lines(text), choice, "line")
    return read_document(document, choice)


def read_lines(data: bytes, choice: Choice = NO_CHOICE) -> ExchangeFile:
    return read_document(load_lines(decode(data)), choice, "line")


def read_document(document: object, choice: Choice, place: str = "entry") -> ExchangeFile:
    """place: what an entry is called in the file."""
    if isinstance(document, dict) and is_own(document):
        own = {name: value for name, value in document.items() if name in SECTIONS}
        others = [str(name)[:50] for name in document if name not in SECTIONS]
        return _with_note(_read_own(own, choice), others)
    foreign = find(document)
    tables = [
        _table(found.entries, place, found.topic, is_one=len(foreign.lists) == 1)
        for found in foreign.lists
    ]
    return _with_note(read_tables(tables, choice), foreign.not_taken)


def _with_note(content: ExchangeFile, names: Sequence[str]) -> ExchangeFile:
    """names: those at the top of the file that hold no questions."""
    if not names:
        return content
    note = f"Not taken from the top of the file: {', '.join(names)}."
    return replace(content, notes=(*content.notes, note))


def _read_own(document: object, choice: Choice) -> ExchangeFile:
    sections = sections_in(document)
    topics = read_topics(sections["topics"])
    names = {topic.slug: topic.name for topic in topics}
    interviews = read_exchanged(sections["interviews"])
    entries = [
        {"topic_name": names[topic], **entry}
        if isinstance(topic := entry.get("topic"), str) and topic in names
        else entry
        for entry in sections["questions"]
    ]
    if not entries:
        return ExchangeFile((), topics, interviews=interviews)
    content = read_tables([_table(entries, "entry", "", is_one=True)], choice)
    return replace(content, topics=topics, interviews=interviews)


def _table(
    entries: Sequence[Mapping[str, object]], place: str, topic: str, *, is_one: bool
) -> Table:
    """The entries as a table: a column for each name, MISSING where an entry does not have it."""
    names = dict.fromkeys(str(name) for entry in entries for name in entry)
    extra = ("topic_name",) if topic and not _says_topic(names) else ()
    prefix = "" if is_one else f"{topic or 'list'}, "
    lines = (
        Line(
            f"{prefix}{place} {number}",
            number,
            [*(entry.get(name, MISSING) for name in names), *(topic for _ in extra)],
            source="export" if entry.get("uid") else "program",
        )
        for number, entry in enumerate(entries, start=1)
    )
    return Table(lines, topic, (*names, *extra))


def _says_topic(names: Iterable[str]) -> bool:
    meanings = (meaning_of(name) for name in names)
    return any(meaning and meaning.field in ("topic", "topic_name") for meaning in meanings)


def _document(
    topics: Sequence[TopicRecord],
    questions: Iterable[StoredQuestion],
    interviews: Iterable[StoredInterview],
) -> dict[str, list[dict[str, object]]]:
    document = {
        "topics": [asdict(topic) for topic in topics],
        "questions": [_entry(question) for question in questions],
    }
    rows = [entry_of(interview) for interview in interviews]
    return {**document, "interviews": rows} if rows else document


def _entry(question: StoredQuestion) -> dict[str, object]:
    values = asdict(question)
    phrasings = [
        {name: list(statements) for name, statements in asdict(record).items()}
        for record in question.phrasings or ()
    ]
    lists = {field: list(getattr(question, field)) for field in LIST_FIELDS}
    ids = list(map(str, question.foreign_ids))
    own = {"uid": str(question.uid), "phrasings": phrasings, "foreign_ids": ids}
    return {**values, **lists, **own}
