"""The bank's own files: JSON and YAML, lossless, questions keyed by uid."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import yaml

from questions.formats import checks
from questions.formats.documents import load
from questions.formats.encoding import decode
from questions.formats.records import (
    SLUG,
    UNSTORABLE,
    ExchangeFile,
    FormatError,
    StoredQuestion,
    TopicRecord,
)

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
INTERVIEWS = "The interviews of the file are left out: `seed_questions` loads them."


class _BlockDumper(_Dumper):  # type: ignore[misc]
    """Writes texts of several lines as blocks, for people to read and to compare."""


def _block(dumper: Any, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar(  # type: ignore[no-any-return]
        "tag:yaml.org,2002:str", text, style=style
    )


_BlockDumper.add_representer(str, _block)


def write_json(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    return (json.dumps(_document(topics, questions), ensure_ascii=False, indent=1) + "\n").encode()


def write_yaml(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    document = _document(topics, questions)
    text = yaml.dump(document, Dumper=_BlockDumper, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()


def read(data: bytes) -> ExchangeFile:
    """The topics and questions of a JSON or YAML bank. Raises FormatError."""
    document = load(decode(data))
    if not isinstance(document, dict) or not isinstance(document.get("questions", []), list):
        raise FormatError("expected a list of questions under “questions” at the top of the file")
    if unknown := set(document) - {"topics", "questions", "interviews"}:
        names = ", ".join(sorted(str(name)[:50] for name in unknown))
        raise FormatError(f"unknown at the top of the file: {names}. Remove it")
    topics = tuple(_topics(document.get("topics") or []))
    known = {topic.slug: topic.name for topic in topics}
    items = []
    for number, entry in enumerate(document.get("questions") or [], start=1):
        if not isinstance(entry, dict):
            raise FormatError(f"entry {number} of the questions should have fields")
        topic = entry.get("topic")
        named = {"topic_name": known[topic]} if isinstance(topic, str) and topic in known else {}
        items.append(checks.item(f"entry {number}", {**named, **entry}))
    notes = (INTERVIEWS,) if document.get("interviews") else ()
    return ExchangeFile(checks.mark_twice(items), topics, notes=notes)


def _document(
    topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]
) -> dict[str, list[dict[str, Any]]]:
    return {
        "topics": [asdict(topic) for topic in topics],
        "questions": [_entry(question) for question in questions],
    }


def _entry(question: StoredQuestion) -> dict[str, Any]:
    values = asdict(question)
    return {**values, "uid": str(question.uid), "key_points": list(question.key_points)}


def _topics(entries: Any) -> Iterable[TopicRecord]:
    seen = set()
    for number, entry in enumerate(entries if isinstance(entries, list) else [None], start=1):
        match entry:
            case {"slug": str(slug), "name": str(name), **rest} if not rest:
                slug, name = slug.strip(), " ".join(name.split())
            case _:
                raise FormatError(f"topic {number} should have a slug and a name, both texts")
        if not SLUG.fullmatch(slug) or len(slug) > 50 or not 0 < len(name) <= 80:
            raise FormatError(
                f"topic {number}: a slug has up to 50 letters, digits, hyphens and underscores;"
                " a name up to 80 characters"
            )
        if UNSTORABLE.search(name):
            raise FormatError(f"topic {number}: the name has a character that can't be stored")
        if slug in seen:
            raise FormatError(f"topic {number}: {slug} comes twice")
        seen.add(slug)
        yield TopicRecord(slug, name)
