"""Seeding the bank from a bank file.

In each row the seed keeps a hash of what it last wrote there. A row that still has this content is
updated. A row that somebody changed stays as it is.
"""

import hashlib
from collections import Counter
from dataclasses import astuple, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from questions import formats
from questions.bank.publishing import PublishedQuestions
from questions.bank.records import (
    interview_record,
    phrasing_records,
    question_record,
    with_records,
)
from questions.bank.versions import save_texts
from questions.models import VERSION_FIELDS, Interview, Question, Slot, Status, Topic
from questions.rules.phrasings import Phrasings

Record = formats.TopicRecord | formats.QuestionRecord | formats.InterviewRecord
M = TypeVar("M", Topic, Question)


HASHED_BEFORE = [f.name for f in fields(formats.QuestionRecord) if f.name != "phrasings"]
"""What the hash of a question covered before questions had phrasings."""


class Outcome(StrEnum):
    """What a seed does with a row, to be read after "3 question(s)"."""

    ADDED = "added"
    ADDED_AS_DRAFT = "added as drafts, because a published question asks the same"
    UPDATED = "updated"
    KEPT = "kept as edited"
    HELD_BACK = "not updated, because another published question asks the same"
    UNCHANGED = "unchanged"


WRITTEN = (Outcome.ADDED, Outcome.ADDED_AS_DRAFT, Outcome.UPDATED)


@transaction.atomic
def seed_bank(bank: formats.Bank, *, now: datetime) -> Counter[tuple[str, Outcome]]:
    """Add what is new, update what nobody has touched, and leave editors' changes alone.

    Returns how many rows have each outcome, by kind: {("question", Outcome.ADDED): 24, …}. Raises
    FormatError, having written nothing, where the bank refers to something that does not exist or
    uses a name that is taken.
    """
    report: Counter[tuple[str, Outcome]] = Counter()
    published = PublishedQuestions()
    for position, topic in enumerate(bank.topics, start=1):
        report["topic", _seed_topic(topic, position)] += 1
    for position, question in enumerate(bank.questions, start=1):
        report["question", _seed_question(question, position, published, now)] += 1
    for position, interview in enumerate(bank.interviews, start=1):
        report["interview", _seed_interview(interview, position)] += 1
    return report


def _outcome(wanted: Record, present: Record | None, seed_hash: str) -> Outcome:
    """present: the row as it is now, if there is one; seed_hash: of what the seed wrote last."""
    if present is None:
        return Outcome.ADDED
    if present == wanted:
        return Outcome.UNCHANGED
    return Outcome.UPDATED if _hash(present) == seed_hash else Outcome.KEPT


def _hash(record: Record) -> str:
    """A question without phrasings has the hash that it had before there were any."""
    values = astuple(record)
    if isinstance(record, formats.QuestionRecord) and not record.phrasings:
        values = tuple(getattr(record, name) for name in HASHED_BEFORE)
    return hashlib.sha256(repr(values).encode()).hexdigest()


def _seed_topic(record: formats.TopicRecord, position: int) -> Outcome:
    row = Topic.objects.filter(slug=record.slug).first()
    present = formats.TopicRecord(row.slug, row.name) if row else None
    outcome = _outcome(record, present, row.seed_hash if row else "")
    if outcome in WRITTEN:
        others = Topic.objects.exclude(slug=record.slug)
        _refuse_if_any(others.filter(name=record.name), f"is called {record.name!r}")
        values = {"name": record.name, "position": position, "seed_hash": _hash(record)}
        Topic.objects.update_or_create(slug=record.slug, defaults=values)
    return outcome


def _seed_question(
    record: formats.QuestionRecord, position: int, published: PublishedQuestions, now: datetime
) -> Outcome:
    row = Question.objects.filter(uid=record.uid).select_related("topic", "current_version").first()
    present = question_record(row) if row else None
    if record.phrasings is None:
        kept = row.phrasings if row else {}
        record = replace(record, phrasings=phrasing_records(kept, record.key_points))
    outcome = _outcome(record, present, row.seed_hash if row else "")
    if published.obstacles(row.pk if row else None, record.prompt, record.key_points):
        if outcome == Outcome.ADDED:
            outcome = Outcome.ADDED_AS_DRAFT
        elif outcome == Outcome.UPDATED and row and row.status == Status.PUBLISHED:
            outcome = Outcome.HELD_BACK
    if outcome not in WRITTEN:
        return outcome
    question = _write_question(record, row.phrasings if row else {}, position, now)
    if outcome == Outcome.ADDED:
        question.status = Status.PUBLISHED.value
        question.save(update_fields=["status"])
    if question.status == Status.PUBLISHED:
        published.forget(question.pk)
        published.add(question.pk, question.slug, record.prompt)
    return outcome


def _write_question(
    record: formats.QuestionRecord, kept: Phrasings, position: int, now: datetime
) -> Question:
    """kept: the phrasings that the question has, by key point."""
    others = Question.objects.exclude(uid=record.uid)
    _refuse_if_any(others.filter(slug=record.slug), f"has the slug {record.slug!r}")
    question, added = Question.objects.update_or_create(
        uid=record.uid,
        defaults={
            "slug": record.slug,
            "topic": _refer(Topic, record.topic),
            "difficulty": record.difficulty,
            "seconds": record.seconds,
            "phrasings": with_records(kept, record),
            "position": position,
            "seed_hash": _hash(record),
        },
    )
    texts = {field: getattr(record, field) for field in VERSION_FIELDS}
    save_texts(question, texts, now=now, change_note="" if added else "The core bank was updated.")
    return question


def _seed_interview(record: formats.InterviewRecord, position: int) -> Outcome:
    row = Interview.objects.filter(slug=record.slug).first()
    present = interview_record(row) if row else None
    outcome = _outcome(record, present, row.seed_hash if row else "")
    if outcome in WRITTEN:
        interview, _ = Interview.objects.update_or_create(
            slug=record.slug,
            defaults={
                "name": record.name,
                "description": record.description,
                "timing": record.timing,
                "seconds": record.seconds,
                "think_seconds": record.think_seconds,
                "position": position,
                "seed_hash": _hash(record),
            },
        )
        _write_slots(interview, record.slots)
    return outcome


def _write_slots(interview: Interview, slots: tuple[formats.SlotRecord, ...]) -> None:
    interview.slots.all().delete()
    for position, slot in enumerate(slots, start=1):
        Slot.objects.create(
            interview=interview,
            position=position,
            question=_refer(Question, slot.question) if slot.question else None,
            topic=_refer(Topic, slot.topic) if slot.topic else None,
            difficulty_from=slot.difficulty[0],
            difficulty_to=slot.difficulty[1],
            count=slot.count,
            seconds=slot.seconds,
        )


def _refer(model: type[M], slug: str) -> M:
    try:
        return model.objects.get(slug=slug)
    except model.DoesNotExist:
        raise formats.FormatError(f"there is no {model._meta.verbose_name} {slug!r}") from None


def _refuse_if_any(others: QuerySet, what: str) -> None:
    if others.exists():
        raise formats.FormatError(f"another {others.model._meta.verbose_name} {what} already")
