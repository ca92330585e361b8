"""The bank file that `seed_questions` reads: text to records, whole or not at all.

A bank is one YAML or JSON document with `topics`, `questions` and `interviews`. A question is
known by its uid, a topic or an interview by its slug. Fields are checked as in every other file
(questions/formats/fields), but all of them must be there, each with a value of its own type.
questions/fixtures/core_bank.yaml shows every field; some may be missing (OPTIONAL_FIELDS).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from questions.formats import fields
from questions.formats.documents import sections_of
from questions.formats.fields import follow_up_texts, statements, texts
from questions.formats.fields.entries import Entry, entries_at
from questions.formats.interviews import read_interview
from questions.formats.records import (
    Bank,
    FormatError,
    QuestionRecord,
    TopicRecord,
    WrongValue,
)
from questions.rules.texts import OPTIONAL_FIELDS, TEXT_FIELDS

ListCheck = Callable[[object], tuple[str, ...]]


def read_bank(text: str) -> Bank:
    """The bank in a YAML or JSON text. Raises FormatError."""
    sections = sections_of(text)
    bank = Bank(
        topics=read_topics(sections["topics"]),
        questions=tuple(map(_question, entries_at("questions", sections["questions"]))),
        interviews=tuple(map(read_interview, entries_at("interviews", sections["interviews"]))),
    )
    _check_repeats(bank)
    return bank


def joined(banks: Iterable[Bank]) -> Bank:
    """Several banks as one, in their order. Raises FormatError if something comes twice."""
    banks = list(banks)
    bank = Bank(
        topics=tuple(topic for one in banks for topic in one.topics),
        questions=tuple(question for one in banks for question in one.questions),
        interviews=tuple(interview for one in banks for interview in one.interviews),
    )
    _refuse_repeats("topics", (topic.slug for topic in bank.topics))
    _check_repeats(bank)
    return bank


def _check_repeats(bank: Bank) -> None:
    _refuse_repeats("questions", (question.slug for question in bank.questions))
    _refuse_repeats("questions", (str(question.uid) for question in bank.questions))
    _refuse_repeats("interviews", (interview.slug for interview in bank.interviews))


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
        if name not in OPTIONAL_FIELDS
    }
    for name in ("difficulty", "seconds"):
        values[name] = entry.required(name, int, fields.QUESTION[name])
    record = QuestionRecord(
        **values,
        topic=entry.required("topic", str, fields.topic_slug),
        short_example=entry.optional("short_example", str, texts.text, ""),
        key_points=entry.required("key_points", list, _without_empty(fields.key_points)),
        follow_ups=entry.optional("follow_ups", list, follow_up_texts.in_list, ()),
        phrasings=entry.optional("phrasings", list, statements.phrasings, None),
        common_mistakes=entry.optional("common_mistakes", list, _without_empty(fields.items), ()),
        sources=entry.optional("sources", list, _without_empty(fields.items), ()),
    )
    entry.refuse_unread()
    name, points = "phrasings", len(record.key_points)
    try:
        statements.check_number(record.phrasings or (), points)
        name = "follow_ups"
        follow_up_texts.check_number(record.follow_ups, points)
    except WrongValue as wrong:
        raise entry.error(name, wrong.what, wrong.fix) from None
    return record


def _without_empty(check: ListCheck) -> ListCheck:
    """The check of a list that may have no empty text."""

    def checked(value: object) -> tuple[str, ...]:
        if texts.is_list_of_texts(value) and not all(one.strip() for one in value):
            raise WrongValue("has an empty text", "Remove it.")
        return check(value)

    return checked
