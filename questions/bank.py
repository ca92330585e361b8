"""Writing content: new versions of questions, and seeding from a bank file."""

import hashlib
from collections import Counter
from dataclasses import astuple
from datetime import datetime

from django.db import transaction

from questions import formats
from questions.models import (
    TEXT_FIELDS,
    ChangeKind,
    Interview,
    Question,
    QuestionVersion,
    Slot,
    Status,
    Topic,
    content_hash,
)


@transaction.atomic
def save_texts(
    question: Question,
    texts: dict,
    *,
    now: datetime,
    author=None,
    change_kind: str = ChangeKind.MATERIAL.value,
    change_note: str = "",
) -> QuestionVersion:
    """Make `texts` what the question says: a new version, or the current one if nothing changed.

    texts: the four texts and key_points by name. The question must have been saved; it is locked,
    so that two editors' versions get two numbers.
    """
    locked = Question.objects.select_for_update().get(pk=question.pk)
    current = locked.current_version
    if current is not None and current.content_hash == content_hash(texts):
        return current
    last = locked.versions.order_by("-number").first()
    version = locked.versions.create(
        number=last.number + 1 if last else 1,
        **{field: texts[field] for field in TEXT_FIELDS},
        key_points=list(texts["key_points"]),
        content_hash=content_hash(texts),
        change_kind=change_kind,
        change_note=change_note,
        author=author,
        created_at=now,
    )
    question.current_version = version
    question.save(update_fields=["current_version"])
    return version


# --- seeding --------------------------------------------------------------------------------
# Of each row the seed remembers a hash of what it last wrote. A row that still is what it wrote
# may be brought up to date; one that somebody changed stays as it is.


@transaction.atomic
def seed(bank: formats.Bank, *, now: datetime) -> Counter:
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


def _fate(row, record, state_now: str) -> str:
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
    fate = _fate(row, record, state_now)
    if fate in ("added", "updated"):
        others = Topic.objects.exclude(slug=record.slug)
        _refuse_if(others.filter(name=record.name), f"is called {record.name!r}")
        values = {"name": record.name, "position": position, "seed_hash": _hash(record)}
        Topic.objects.update_or_create(slug=record.slug, defaults=values)
    return fate


def _seed_question(record: formats.QuestionRecord, position: int, now: datetime) -> str:
    row = Question.objects.filter(uid=record.uid).select_related("topic", "current_version").first()
    fate = _fate(row, record, row and _hash(question_record(row)))
    if fate not in ("added", "updated"):
        return fate
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
    return fate


def question_record(question: Question) -> formats.QuestionRecord:
    """A question as a bank file has it."""
    version = question.current_version
    return formats.QuestionRecord(
        uid=question.uid,
        slug=question.slug,
        topic=question.topic.slug,
        difficulty=question.difficulty,
        seconds=question.seconds,
        **{field: getattr(version, field) if version else "" for field in TEXT_FIELDS},
        key_points=tuple(version.key_points) if version else (),
    )


def _seed_interview(record: formats.InterviewRecord, position: int) -> str:
    row = Interview.objects.filter(slug=record.slug).first()
    fate = _fate(row, record, row and _hash(interview_record(row)))
    if fate not in ("added", "updated"):
        return fate
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
    return fate


def interview_record(interview: Interview) -> formats.InterviewRecord:
    """An interview as a bank file has it."""
    slots = interview.slots.select_related("question", "topic")
    return formats.InterviewRecord(
        slug=interview.slug,
        name=interview.name,
        description=interview.description,
        timing=interview.timing,
        seconds=interview.seconds,
        think_seconds=interview.think_seconds,
        slots=tuple(
            formats.SlotRecord(
                question=slot.question and slot.question.slug,
                topic=slot.topic and slot.topic.slug,
                difficulty=(slot.difficulty_from, slot.difficulty_to),
                count=slot.count,
                seconds=slot.seconds,
            )
            for slot in slots
        ),
    )


def _refer(model, slug: str):
    try:
        return model.objects.get(slug=slug)
    except model.DoesNotExist:
        raise formats.FormatError(f"there is no {model._meta.verbose_name} {slug!r}") from None


def _refuse_if(others, said: str) -> None:
    if others.exists():
        raise formats.FormatError(f"another {others.model._meta.verbose_name} {said} already")
