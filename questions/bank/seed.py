"""Seeding the bank from a bank file.

In each row the seed keeps a hash of what it last wrote there. A row that still has this content is
updated. A row that somebody changed stays as it is. Phrasings of a question are apart from that: an
editor's do not hold back the texts of the file, nor the other way round.
"""

import hashlib
from collections import Counter
from dataclasses import astuple, fields
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from questions import formats
from questions.bank.publishing import PublishedQuestions
from questions.bank.records import interview_record, question_record
from questions.bank.seed_phrasings import has_seeded_phrasings, seed_phrasings
from questions.bank.versions import save_texts
from questions.models import VERSION_FIELDS, Interview, Question, Slot, Status, Topic

Record = formats.TopicRecord | formats.QuestionRecord | formats.InterviewRecord
M = TypeVar("M", Topic, Question)


COVERED = [f.name for f in fields(formats.QuestionRecord) if f.name != "phrasings"]
"""What the hash of a question covers."""


class Outcome(StrEnum):
    """What a seed does with a row, to be read after "3 question(s)"."""

    ADDED = "added"
    ADDED_AS_DRAFT = "added as drafts, because a published question asks the same"
    UPDATED = "updated"
    KEPT = "kept as edited"
    KEPT_WITH_PHRASINGS = "kept as edited, with new phrasings"
    HELD_BACK = "not updated, because another published question asks the same"
    UNCHANGED = "unchanged"


WRITTEN = (Outcome.ADDED, Outcome.ADDED_AS_DRAFT, Outcome.UPDATED)
WITH_PHRASINGS = {
    Outcome.UNCHANGED: Outcome.UPDATED,
    Outcome.KEPT: Outcome.KEPT_WITH_PHRASINGS,
}
"""What becomes of an outcome of the texts if the phrasings changed."""


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
    if _content(present) == _content(wanted):
        return Outcome.UNCHANGED
    is_untouched = seed_hash == _hash(present) or _has_hash_with_phrasings(present, seed_hash)
    return Outcome.UPDATED if is_untouched else Outcome.KEPT


def _content(record: Record) -> tuple[object, ...]:
    """What makes a row another one: of a question, all but its phrasings."""
    if isinstance(record, formats.QuestionRecord):
        return tuple(getattr(record, name) for name in COVERED)
    return astuple(record)


def _hash(record: Record) -> str:
    return _digest(_content(record))


def _digest(content: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _has_hash_with_phrasings(present: Record, seed_hash: str) -> bool:
    """Whether the seed wrote all of this while hashes of questions covered phrasings too."""
    return seed_hash == _digest(astuple(present))


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
    rows = Question.objects.select_related("topic", "current_version").filter(uid=record.uid)
    row = rows.select_for_update(of=("self",)).first()  # so that no editor's phrasing gets lost
    present = question_record(row) if row else None
    outcome = _outcome(record, present, row.seed_hash if row else "")
    if published.obstacles(row.pk if row else None, record.prompt, record.key_points):
        outcome = _outcome_with_obstacles(outcome, row)
    are_untouched = not (row and present) or _has_seeded_phrasings(row, present)
    question = row
    if outcome in WRITTEN:
        question = _write_question(record, position, outcome, now)
        if question.status == Status.PUBLISHED:
            published.forget(question.pk)
            published.add(question.pk, question.slug, record.prompt)
    if question and seed_phrasings(question, record, are_untouched=are_untouched):
        return WITH_PHRASINGS.get(outcome, outcome)
    return outcome


def _outcome_with_obstacles(outcome: Outcome, row: Question | None) -> Outcome:
    """What may be done where a published question asks the same."""
    if outcome == Outcome.ADDED:
        return Outcome.ADDED_AS_DRAFT
    if outcome == Outcome.UPDATED and row and row.status == Status.PUBLISHED:
        return Outcome.HELD_BACK
    return outcome


def _has_seeded_phrasings(question: Question, present: formats.QuestionRecord) -> bool:
    before = _has_hash_with_phrasings(present, question.seed_hash)
    return before or has_seeded_phrasings(question, present)


def _write_question(
    record: formats.QuestionRecord, position: int, outcome: Outcome, now: datetime
) -> Question:
    """All but the phrasings."""
    others = Question.objects.exclude(uid=record.uid)
    _refuse_if_any(others.filter(slug=record.slug), f"has the slug {record.slug!r}")
    question, added = Question.objects.update_or_create(
        uid=record.uid,
        defaults={
            "slug": record.slug,
            "topic": _refer(Topic, record.topic),
            "difficulty": record.difficulty,
            "seconds": record.seconds,
            "position": position,
            "seed_hash": _hash(record),
        },
    )
    texts = {field: getattr(record, field) for field in VERSION_FIELDS}
    save_texts(question, texts, now=now, change_note="" if added else "The core bank was updated.")
    if outcome == Outcome.ADDED:
        question.status = Status.PUBLISHED.value
        question.save(update_fields=["status"])
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
