"""JSON and YAML: the bank's own files, which keep everything. Questions are known by uid.

Only they have a place for interviews.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import yaml

from questions.formats.bank_file import read_topics
from questions.formats.documents import sections_of
from questions.formats.encoding import decode
from questions.formats.interviews import entry_of, read_exchanged
from questions.formats.records import ExchangeFile, StoredInterview, StoredQuestion, TopicRecord
from questions.formats.rows import item, with_repeats_marked

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


def read(data: bytes) -> ExchangeFile:
    """The topics and questions of a JSON or YAML bank. Raises FormatError."""
    sections = sections_of(decode(data))
    topics = read_topics(sections["topics"])
    names = {topic.slug: topic.name for topic in topics}
    items = []
    for number, entry in enumerate(sections["questions"], start=1):
        topic = entry.get("topic")
        named = {"topic_name": names[topic]} if isinstance(topic, str) and topic in names else {}
        items.append(item(f"entry {number}", {**named, **entry}))
    interviews = read_exchanged(sections["interviews"])
    return ExchangeFile(with_repeats_marked(items), topics, interviews=interviews)


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
    texts = {"key_points": list(question.key_points), "phrasings": phrasings}
    ids = list(map(str, question.foreign_ids))
    return {**values, "uid": str(question.uid), **texts, "foreign_ids": ids}
