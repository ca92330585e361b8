"""Seeding the bank from a bank file.

The seed remembers a hash of what it last wrote in each row. A row that still says this is brought
up to date. A row that somebody changed stays as it is.
"""

import hashlib
from collections import Counter
from dataclasses import astuple
from datetime import datetime

from django.db import transaction

from questions import formats
from questions.bank.records import interview_record, question_record
from questions.bank.versions import save_texts
from questions.models import TEXT_FIELDS, Interview, Question, Slot, Status, Topic


@transaction.atomic
def seed_bank(bank: formats.Bank, *, now: datetime) -> Counter:
    """Add what is new, update what nobody touched, leave editors' changes alone.

    Returns how many rows were "added", "updated", "kept as edited" and "unchanged", by kind:
    {("question", "added"): 24, …}. Raises FormatError, having written
    nothing, where the bank refers to what it lacks or takes a name that is taken.
    """
    report: Counter = Counter()
    for position, topic in enumerate(bank.topics, start=1):
        report["topic", _seed_topic(topic, position)] += 1
    for position, question in enumerate(bank.questions, start=1):
        report["question", _seed_question(question, position, now)] += 1
    for position, interview in enumerate(bank.interviews, start=1):
        report["interview", _seed_interview(interview, position)] += 1
    return report


def _outcome(row, record, state_now: str) -> str:
    """What is to happen to a row, by hashes of the file, of the row now, and of the last seed."""
    if row is None:
        return "added"
    if _hash(record) == state_now:
        return "unchanged"
    return "updated" if state_now == row.seed_hash else "kept as edited"


def _hash(record) -> str:
    return hashlib.sha256(repr(astuple(record)).encode()).hexdigest()


def _seed_topic(record: formats.TopicRecord, position: int) -> str:
    row = Topic.objects.filter(slug=record.slug).first()
    state_now = row and _hash(formats.TopicRecord(row.slug, row.name))
    outcome = _outcome(row, record, state_now)
    if outcome in ("added", "updated"):
        others = Topic.objects.exclude(slug=record.slug)
        _refuse_if(others.filter(name=record.name), f"is called {record.name!r}")
        values = {"name": record.name, "position": position, "seed_hash": _hash(record)}
        Topic.objects.update_or_create(slug=record.slug, defaults=values)
    return outcome


def _seed_question(record: formats.QuestionRecord, position: int, now: datetime) -> str:
    row = Question.objects.filter(uid=record.uid).select_related("topic", "current_version").first()
    outcome = _outcome(row, record, row and _hash(question_record(row)))
    if outcome not in ("added", "updated"):
        return outcome
    others = Question.objects.exclude(uid=record.uid)
    _refuse_if(others.filter(slug=record.slug), f"has the slug {record.slug!r}")
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
    texts = {field: getattr(record, field) for field in (*TEXT_FIELDS, "key_points")}
    save_texts(question, texts, now=now, change_note="" if added else "The core bank was updated.")
    if added:
        question.status = Status.PUBLISHED.value
        question.save(update_fields=["status"])
    return outcome


def _seed_interview(record: formats.InterviewRecord, position: int) -> str:
    row = Interview.objects.filter(slug=record.slug).first()
    outcome = _outcome(row, record, row and _hash(interview_record(row)))
    if outcome not in ("added", "updated"):
        return outcome
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
    interview.slots.all().delete()
    for place, slot in enumerate(record.slots, start=1):
        Slot.objects.create(
            interview=interview,
            position=place,
            question=slot.question and _refer(Question, slot.question),
            topic=slot.topic and _refer(Topic, slot.topic),
            difficulty_from=slot.difficulty[0],
            difficulty_to=slot.difficulty[1],
            count=slot.count,
            seconds=slot.seconds,
        )
    return outcome


def _refer(model, slug: str):
    try:
        return model.objects.get(slug=slug)
    except model.DoesNotExist:
        raise formats.FormatError(f"there is no {model._meta.verbose_name} {slug!r}") from None


def _refuse_if(others, said: str) -> None:
    if others.exists():
        raise formats.FormatError(f"another {others.model._meta.verbose_name} {said} already")
