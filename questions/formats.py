"""Bank files: text to records. Pure; errors name the place in the file.

A bank is one YAML (or JSON) document with `topics`, `questions` and `interviews`; questions are
known by their uid, topics and interviews by their slug. questions/fixtures/core_bank.yaml shows
every field.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

import yaml

TEXTS = ("prompt", "answer", "how_to_answer", "example_answer")
MAX_TEXT = 20_000


class FormatError(ValueError):
    """The file is not a bank; the message names the place and the mend."""


@dataclass(frozen=True)
class TopicRecord:
    slug: str
    name: str


@dataclass(frozen=True)
class QuestionRecord:
    uid: uuid.UUID
    slug: str
    topic: str
    difficulty: int
    seconds: int
    prompt: str
    answer: str
    how_to_answer: str
    example_answer: str
    key_points: tuple[str, ...]


@dataclass(frozen=True)
class SlotRecord:
    """question: a slug; else a draw rule of topic (None: any), difficulty (from, to), count."""

    question: str | None = None
    topic: str | None = None
    difficulty: tuple[int, int] = (1, 3)
    count: int = 1
    seconds: int | None = None


@dataclass(frozen=True)
class InterviewRecord:
    slug: str
    name: str
    description: str
    timing: str
    seconds: int | None
    think_seconds: int
    slots: tuple[SlotRecord, ...]


@dataclass(frozen=True)
class Bank:
    topics: tuple[TopicRecord, ...] = ()
    questions: tuple[QuestionRecord, ...] = ()
    interviews: tuple[InterviewRecord, ...] = ()


def read_bank(text: str) -> Bank:
    """The bank in a YAML or JSON text. Raises FormatError."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FormatError(f"not readable as YAML: {error}") from None
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

    def text(self, key: str, default: Any = ...) -> str:
        value = str(self.get(key, str, default)).strip()
        if len(value) > MAX_TEXT or "\0" in value:
            raise FormatError(f"{self.place}: {key} has over {MAX_TEXT} characters or a NUL")
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
    record = TopicRecord(entry.text("slug"), entry.text("name"))
    entry.done()
    return record


def _question(entry: _Entry) -> QuestionRecord:
    try:
        uid = uuid.UUID(entry.text("uid"))
    except ValueError:
        raise FormatError(f"{entry.place}: uid should be a UUID") from None
    points = entry.get("key_points", list)
    if not all(isinstance(point, str) and point.strip() for point in points):
        raise FormatError(f"{entry.place}: each of the key_points should be a text")
    record = QuestionRecord(
        uid=uid,
        slug=entry.text("slug"),
        topic=entry.text("topic"),
        difficulty=entry.number("difficulty", 1, 3),
        seconds=entry.number("seconds", 1, 86_400),
        **{name: entry.text(name) for name in TEXTS},
        key_points=tuple(point.strip() for point in points),
    )
    entry.done()
    return record


def _slot(entry: _Entry) -> SlotRecord:
    low, high = entry.get("difficulty", list, [1, 3])
    record = SlotRecord(
        question=entry.get("question", str, None),
        topic=entry.get("topic", str, None),
        difficulty=(low, high),
        count=entry.number("count", 1, 100, 1),
        seconds=entry.number("seconds", 1, 86_400, None),
    )
    entry.done()
    return record


def _interview(entry: _Entry) -> InterviewRecord:
    slots = _entries({"slots": entry.get("slots", list)}, "slots")
    record = InterviewRecord(
        slug=entry.text("slug"),
        name=entry.text("name"),
        description=entry.text("description", ""),
        timing=entry.text("timing"),
        seconds=entry.number("seconds", 1, 86_400, None),
        think_seconds=entry.number("think_seconds", 0, 600, 0),
        slots=tuple(_slot(_Entry(f"{entry.place}, {s.place}", s.values)) for s in slots),
    )
    entry.done()
    if record.timing not in ("total", "per_question"):
        raise FormatError(f"{entry.place}: timing should be total or per_question")
    return record
