"""The bank file that `seed_questions` reads: text to records, whole or not at all.

A bank is one YAML or JSON document with `topics`, `questions` and `interviews`. A question is
known by its uid, a topic or an interview by its slug. Fields are checked as in every other file
(questions/formats/fields.py), but all of them must be there, each with a value of its own type.
questions/fixtures/core_bank.yaml shows every field.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from questions.formats import fields
from questions.formats.documents import entries_of, sections_of
from questions.formats.fields import Check, statements, texts
from questions.formats.records import (
    Bank,
    FormatError,
    InterviewRecord,
    QuestionRecord,
    SlotRecord,
    TopicRecord,
    WrongValue,
)
from questions.rules.limits import (
    MAX_COUNT,
    MAX_DIFFICULTY,
    MAX_INTERVIEW_NAME,
    MAX_QUESTION_SLUG,
    MAX_SECONDS,
    MAX_SLUG,
    MAX_THINK_SECONDS,
)
from questions.rules.texts import TEXT_FIELDS

T = TypeVar("T")
D = TypeVar("D")

KINDS: dict[type, str] = {str: "a text", int: "a whole number", list: "a list"}
seconds = fields.whole_number(1, MAX_SECONDS)


def read_bank(text: str) -> Bank:
    """The bank in a YAML or JSON text. Raises FormatError."""
    sections = sections_of(text)
    bank = Bank(
        topics=read_topics(sections["topics"]),
        questions=tuple(map(_question, _entries("questions", sections["questions"]))),
        interviews=tuple(map(_interview, _entries("interviews", sections["interviews"]))),
    )
    _refuse_repeats("questions", (question.slug for question in bank.questions))
    _refuse_repeats("questions", (str(question.uid) for question in bank.questions))
    _refuse_repeats("interviews", (interview.slug for interview in bank.interviews))
    return bank


def read_topics(entries: Iterable[dict[str, object]]) -> tuple[TopicRecord, ...]:
    """The topics of any YAML or JSON file. Raises FormatError."""
    topics = tuple(map(_topic, _entries("topics", entries)))
    _refuse_repeats("topics", (topic.slug for topic in topics))
    return topics


def _refuse_repeats(section: str, keys: Iterable[str]) -> None:
    if repeated := [key for key, times in Counter(keys).items() if times > 1]:
        raise FormatError(f"{section}: {', '.join(repeated)} comes twice. Remove or change one")


@dataclass
class _Entry:
    """One mapping of the file, read field by field; a field that nobody reads is an error."""

    place: str
    values: dict[str, object]
    read: set[str] = field(default_factory=set)

    def required(self, key: str, kind: type, check: Check[T]) -> T:
        """A field that must be there, of this kind and not empty."""
        if self.values.get(key) is None:
            raise self.error(key, "is missing", f"Write {KINDS[kind]}.")
        value = self.optional(key, kind, check, None)
        if value is None or value in ("", ()):
            raise self.error(key, "is empty", f"Write {KINDS[kind]}.")
        return value

    def optional(self, key: str, kind: type, check: Check[T], default: D) -> T | D:
        """A field that may be missing; then it is the default."""
        self.read.add(key)
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.error(key, f"should be {KINDS[kind]}", f"Write {KINDS[kind]}.")
        try:
            checked = check(value)
        except WrongValue as wrong:
            raise self.error(key, wrong.what, wrong.fix) from None
        if checked is None:
            raise self.error(key, "is empty", f"Write {KINDS[kind]}.")
        return checked

    def error(self, key: str, what: str, fix: str) -> FormatError:
        return FormatError(f"{self.place}: {key} {what}. {fix}")

    def refuse_unread(self) -> None:
        if unknown := set(self.values) - self.read:
            names = sorted(str(name)[:50] for name in unknown)
            fix = fields.fix_for_unknown(names[0], self.read)
            raise FormatError(f"{self.place}: unknown field {', '.join(names)}. {fix}")


def _entries(place: str, entries: Iterable[dict[str, object]]) -> list[_Entry]:
    return [_Entry(f"{place}, entry {n}", values) for n, values in enumerate(entries, start=1)]


def _topic(entry: _Entry) -> TopicRecord:
    record = TopicRecord(
        slug=entry.required("slug", str, fields.topic_slug),
        name=entry.required("name", str, fields.topic_name),
    )
    entry.refuse_unread()
    return record


def _question(entry: _Entry) -> QuestionRecord:
    values: dict[str, Any] = {
        name: entry.required(name, str, fields.QUESTION[name])
        for name in ("uid", "slug", *TEXT_FIELDS)
    }
    for name in ("difficulty", "seconds"):
        values[name] = entry.required(name, int, fields.QUESTION[name])
    record = QuestionRecord(
        **values,
        topic=entry.required("topic", str, fields.topic_slug),
        key_points=entry.required("key_points", list, _key_points),
        phrasings=entry.optional("phrasings", list, statements.phrasings, None),
    )
    entry.refuse_unread()
    try:
        statements.check_number(record.phrasings or (), len(record.key_points))
    except WrongValue as wrong:
        raise entry.error("phrasings", wrong.what, wrong.fix) from None
    return record


def _key_points(value: object) -> tuple[str, ...]:
    if texts.is_list_of_texts(value) and not all(point.strip() for point in value):
        raise WrongValue("has an empty text", "Remove it.")
    return fields.key_points(value)


def _slot(entry: _Entry) -> SlotRecord:
    record = SlotRecord(
        question=entry.optional("question", str, fields.slug(MAX_QUESTION_SLUG), None),
        topic=entry.optional("topic", str, fields.topic_slug, None),
        difficulty=entry.optional("difficulty", list, _difficulties, (1, MAX_DIFFICULTY)),
        count=entry.optional("count", int, fields.whole_number(1, MAX_COUNT), 1),
        seconds=entry.optional("seconds", int, seconds, None),
    )
    entry.refuse_unread()
    if record.question is not None and (record.topic is not None or record.count != 1):
        fix = "Remove these two, or the question"
        raise FormatError(f"{entry.place}: a fixed question has no topic and no count. {fix}")
    return record


def _difficulties(value: object) -> tuple[int, int]:
    match value:
        case [int(low), int(high)] if 1 <= low <= high <= MAX_DIFFICULTY:
            return low, high
    allowed = f"[from, to], each from 1 to {MAX_DIFFICULTY}"
    raise WrongValue(f"should be {allowed}", f"Write {allowed}.")


def _interview(entry: _Entry) -> InterviewRecord:
    record = InterviewRecord(
        slug=entry.required("slug", str, fields.slug(MAX_SLUG)),
        name=entry.required("name", str, fields.name(MAX_INTERVIEW_NAME)),
        description=entry.optional("description", str, texts.text, ""),
        timing=entry.required("timing", str, fields.one_of(["total", "per_question"])),
        seconds=entry.optional("seconds", int, seconds, None),
        think_seconds=entry.optional(
            "think_seconds", int, fields.whole_number(0, MAX_THINK_SECONDS), 0
        ),
        slots=entry.required("slots", list, lambda slots: _slots(entry.place, slots)),
    )
    entry.refuse_unread()
    if (record.timing == "total") != (record.seconds is not None):
        fix = "Write them there, or remove them"
        raise FormatError(
            f"{entry.place}: seconds in all belong to timing total, and only there. {fix}"
        )
    return record


def _slots(place: str, value: object) -> tuple[SlotRecord, ...]:
    place = f"{place}, slots"
    return tuple(map(_slot, _entries(place, entries_of(value, place))))
