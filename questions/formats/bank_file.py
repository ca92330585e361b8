"""The bank file that `seed_questions` reads: text to records, whole or not at all.

A bank is one YAML or JSON document with `topics`, `questions` and `interviews`; questions are
known by their uid, topics and interviews by their slug. questions/fixtures/core_bank.yaml shows
every field.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from questions.formats.documents import load
from questions.formats.records import (
    MAX_TEXT,
    SLUG,
    TEXTS,
    UNSTORABLE,
    Bank,
    FormatError,
    InterviewRecord,
    QuestionRecord,
    SlotRecord,
    TopicRecord,
)


def read_bank(text: str) -> Bank:
    """The bank in a YAML or JSON text. Raises FormatError."""
    document = load(text)
    if not isinstance(document, dict):
        raise FormatError("expected topics, questions and interviews at the top of the file")
    if unknown := set(document) - {"topics", "questions", "interviews"}:
        raise FormatError(f"unknown at the top of the file: {', '.join(sorted(map(str, unknown)))}")
    bank = Bank(
        topics=tuple(_topic(e) for e in _entries(document, "topics")),
        questions=tuple(_question(e) for e in _entries(document, "questions")),
        interviews=tuple(_interview(e) for e in _entries(document, "interviews")),
    )
    for name, keys in (
        ("topics", [topic.slug for topic in bank.topics]),
        ("questions", [question.slug for question in bank.questions]),
        ("questions", [str(question.uid) for question in bank.questions]),
        ("interviews", [interview.slug for interview in bank.interviews]),
    ):
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise FormatError(f"{name}: {', '.join(sorted(twice))} comes twice")
    return bank


@dataclass
class _Entry:
    """One mapping of the file, read field by field; what is left over is an error."""

    place: str
    values: dict[str, Any]
    read: set[str] = field(default_factory=set)

    def get(self, key: str, kind: type, default: Any = ...) -> Any:
        self.read.add(key)
        value = self.values.get(key)
        if value is None and default is not ...:
            return default
        if not isinstance(value, kind) or isinstance(value, bool):
            raise FormatError(f"{self.place}: {key} should be {_NAMES[kind]}")
        return value

    def text(self, key: str, default: Any = ..., longest: int = MAX_TEXT) -> str:
        value = str(self.get(key, str, default)).strip()
        if not value and default is ...:
            raise FormatError(f"{self.place}: {key} is empty")
        self.check_text(key, value, longest)
        return value

    def check_text(self, key: str, value: str, longest: int = MAX_TEXT) -> None:
        if len(value) > longest:
            raise FormatError(f"{self.place}: {key} has over {longest} characters")
        if unstorable := UNSTORABLE.search(value):
            raise FormatError(f"{self.place}: {key} has the character {unstorable[0]!a}")

    def slug(self, key: str, longest: int, default: Any = ...) -> Any:
        if default is not ... and self.get(key, str, default) is default:
            return default
        value = self.text(key, longest=longest)
        if not SLUG.fullmatch(value):
            raise FormatError(
                f"{self.place}: {key} may have letters, digits, hyphens and underscores"
            )
        return value

    def number(self, key: str, low: int, high: int, default: Any = ...) -> Any:
        value = self.get(key, int, default)
        if value is not None and not low <= value <= high:
            raise FormatError(f"{self.place}: {key} should be from {low} to {high}")
        return value

    def done(self) -> None:
        if unknown := set(self.values) - self.read:
            raise FormatError(f"{self.place}: unknown field {', '.join(sorted(map(str, unknown)))}")


_NAMES = {str: "a text", int: "a whole number", list: "a list"}


def _entries(document: dict[str, Any], name: str) -> list[_Entry]:
    values = document.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise FormatError(f"{name}: expected a list of entries")
    return [_Entry(f"{name}, entry {n}", value) for n, value in enumerate(values, start=1)]


def _topic(entry: _Entry) -> TopicRecord:
    record = TopicRecord(entry.slug("slug", 50), entry.text("name", longest=80))
    entry.done()
    return record


def _question(entry: _Entry) -> QuestionRecord:
    written = entry.text("uid")
    try:
        uid = uuid.UUID(written)
    except ValueError:
        raise FormatError(f"{entry.place}: uid should be a UUID") from None
    record = QuestionRecord(
        uid=uid,
        slug=entry.slug("slug", 80),
        topic=entry.slug("topic", 50),
        difficulty=entry.number("difficulty", 1, 3),
        seconds=entry.number("seconds", 1, 86_400),
        **{name: entry.text(name) for name in TEXTS},
        key_points=_key_points(entry),
    )
    entry.done()
    return record


def _key_points(entry: _Entry) -> tuple[str, ...]:
    """Each on one line, for that is how editors see them."""
    points = entry.get("key_points", list)
    if not points:
        raise FormatError(f"{entry.place}: key_points is empty")
    if not all(isinstance(point, str) and point.strip() for point in points):
        raise FormatError(f"{entry.place}: each of the key_points should be a text")
    points = [" ".join(line.strip() for line in point.strip().splitlines()) for point in points]
    entry.check_text("key_points", "\n".join(points))
    folded = [point.casefold() for point in points]
    for point in points:
        if folded.count(point.casefold()) > 1:
            raise FormatError(f"{entry.place}: among the key_points, {point!r} comes twice")
    return tuple(points)


def _slot(entry: _Entry) -> SlotRecord:
    record = SlotRecord(
        question=entry.slug("question", 80, None),
        topic=entry.slug("topic", 50, None),
        difficulty=_difficulties(entry),
        count=entry.number("count", 1, 100, 1),
        seconds=entry.number("seconds", 1, 86_400, None),
    )
    entry.done()
    if record.question is not None and (record.topic is not None or record.count != 1):
        raise FormatError(f"{entry.place}: a fixed question has no topic and no count")
    return record


def _difficulties(entry: _Entry) -> tuple[int, int]:
    match entry.get("difficulty", list, [1, 3]):
        case [int(low), int(high)] if 1 <= low <= high <= 3:
            return low, high
    raise FormatError(f"{entry.place}: difficulty should be [from, to], each from 1 to 3")


def _interview(entry: _Entry) -> InterviewRecord:
    slots = _entries({"slots": entry.get("slots", list)}, "slots")
    record = InterviewRecord(
        slug=entry.slug("slug", 50),
        name=entry.text("name", longest=120),
        description=entry.text("description", ""),
        timing=entry.text("timing"),
        seconds=entry.number("seconds", 1, 86_400, None),
        think_seconds=entry.number("think_seconds", 0, 600, 0),
        slots=tuple(_slot(_Entry(f"{entry.place}, {s.place}", s.values)) for s in slots),
    )
    entry.done()
    if record.timing not in ("total", "per_question"):
        raise FormatError(f"{entry.place}: timing should be total or per_question")
    if (record.timing == "total") != (record.seconds is not None):
        raise FormatError(f"{entry.place}: seconds in all belong to timing total, and only there")
    if not slots:
        raise FormatError(f"{entry.place}: slots is empty")
    return record
