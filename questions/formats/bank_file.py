"""The bank file that `seed_questions` reads: text to records, whole or not at all.

A bank is one YAML or JSON document with `topics`, `questions` and `interviews`. A question is
known by its uid, a topic or an interview by its slug. Fields are checked as in every other file
(questions/formats/fields), but all of them must be there, each with a value of its own type.
questions/fixtures/core_bank.yaml shows every field.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from questions.formats import fields
from questions.formats.documents import sections_of
from questions.formats.fields import statements, texts
from questions.formats.fields.entries import Entry, entries_at
from questions.formats.interviews import read_interview
from questions.formats.records import (
    Bank,
    FormatError,
    QuestionRecord,
    TopicRecord,
    WrongValue,
)
from questions.rules.texts import TEXT_FIELDS


def read_bank(text: str) -> Bank:
    """The bank in a YAML or JSON text. Raises FormatError."""
    sections = sections_of(text)
    bank = Bank(
        topics=read_topics(sections["topics"]),
        questions=tuple(map(_question, entries_at("questions", sections["questions"]))),
        interviews=tuple(map(read_interview, entries_at("interviews", sections["interviews"]))),
    )
    _refuse_repeats("questions", (question.slug for question in bank.questions))
    _refuse_repeats("questions", (str(question.uid) for question in bank.questions))
    _refuse_repeats("interviews", (interview.slug for interview in bank.interviews))
    return bank


def read_topics(entries: Iterable[dict[str, object]]) -> tuple[TopicRecord, ...]:
    """The topics of any YAML or JSON file. Raises FormatError."""
    topics = tuple(map(_topic, entries_at("topics", entries)))
    _refuse_repeats("topics", (topic.slug for topic in topics))
    return topics


def _refuse_repeats(section: str, keys: Iterable[str]) -> None:
    if repeated := [key for key, times in Counter(keys).items() if times > 1]:
        raise FormatError(f"{section}: {', '.join(repeated)} comes twice. Remove or change one")


def _topic(entry: Entry) -> TopicRecord:
    record = TopicRecord(
        slug=entry.required("slug", str, fields.topic_slug),
        name=entry.required("name", str, fields.topic_name),
    )
    entry.refuse_unread()
    return record


def _question(entry: Entry) -> QuestionRecord:
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
