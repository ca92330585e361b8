"""Seeding the bank from a bank file.

In each row the seed keeps a hash of what it last wrote there. A row that still has this content is
updated. A row that somebody changed stays as it is. Phrasings of a question are apart from that: an
editor's do not hold back the texts of the file, nor the other way round.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.admin.models import ADDITION, CHANGE
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Count, QuerySet

from questions import formats
from questions.bank.log import command_line_account, log_rows
from questions.bank.publishing import PublishedQuestions
from questions.bank.records import interview_record, question_record
from questions.bank.seed_interviews import write_interview
from questions.bank.seed_outcomes import (
    LOGGED,
    NEW,
    WITH_PHRASINGS,
    WRITTEN,
    Outcome,
    has_hash_with_phrasings,
    hash_of,
    outcome_for,
)
from questions.bank.seed_phrasings import has_seeded_phrasings, seed_phrasings
from questions.bank.slugs import find_by_slug, refer
from questions.bank.versions import save_texts
from questions.models import VERSION_FIELDS, Interview, Question, Status, Topic

Report = Counter[tuple[str, Outcome]]
Seeded = tuple[Topic | Question | Interview | None, Outcome]
"""A row, which exists if the seed wrote it, and what the seed did with it."""


@transaction.atomic
def seed_bank(bank: formats.Bank, *, now: datetime, user: User | None = None) -> Report:
    """Add what is new, update what nobody has touched, and leave editors' changes alone.

    Returns how many rows have each outcome, by kind: {("question", Outcome.ADDED): 24, …}. The
    admin's log says what was written, by this user or else by the account of commands. Raises
    FormatError, having written nothing, where the bank refers to something that does not exist or
    uses a name that is taken.
    """
    published = PublishedQuestions()
    seeded: dict[str, list[Seeded]] = {"topic": [], "question": [], "interview": []}
    for position, topic in enumerate(bank.topics, start=1):
        seeded["topic"].append(_seed_topic(topic, position))
    with _swapped_slugs():
        for position, question in enumerate(bank.questions, start=1):
            seeded["question"].append(_seed_question(question, position, published, now))
    for position, interview in enumerate(bank.interviews, start=1):
        seeded["interview"].append(_seed_interview(interview, position))
    _log(seeded, user)
    return Counter((kind, outcome) for kind, rows in seeded.items() for _, outcome in rows)


def _log(seeded: dict[str, list[Seeded]], user: User | None) -> None:
    for rows in seeded.values():
        for flag, is_new in ((ADDITION, True), (CHANGE, False)):
            messages = [
                (row, f"Seeded: {outcome}.")
                for row, outcome in rows
                if row and outcome in LOGGED and (outcome in NEW) == is_new
            ]
            if messages:
                log_rows(messages, flag, user or command_line_account())


@contextmanager
def _swapped_slugs() -> Iterator[None]:
    """Let questions take each other's slugs on the way; at the end each has one of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS question_slug_once DEFERRED")
        yield
        alike = Question.objects.order_by().values("slug").annotate(times=Count("pk"))
        for taken in alike.filter(times__gt=1).values_list("slug", flat=True)[:1]:
            what = f"has the slug {taken!r} already"
            raise formats.FormatError(f"another {Question._meta.verbose_name} {what}")
        cursor.execute("SET CONSTRAINTS question_slug_once IMMEDIATE")


def _seed_topic(record: formats.TopicRecord, position: int) -> Seeded:
    row = find_by_slug(Topic, record.slug)
    present = formats.TopicRecord(row.slug, row.name) if row else None
    outcome = outcome_for(record, present, row.seed_hash if row else "")
    if outcome in WRITTEN:
        others = Topic.objects.exclude(slug=record.slug)
        _refuse_if_any(others.filter(name=record.name), f"is called {record.name!r}")
        values = {"name": record.name, "position": position, "seed_hash": hash_of(record)}
        row, _ = Topic.objects.update_or_create(slug=record.slug, defaults=values)
    return row, outcome


def _seed_question(
    record: formats.QuestionRecord, position: int, published: PublishedQuestions, now: datetime
) -> Seeded:
    rows = Question.objects.select_related("topic", "current_version").filter(uid=record.uid)
    row = rows.select_for_update(of=("self",)).first()  # so that no editor's phrasing gets lost
    present = question_record(row) if row else None
    outcome = outcome_for(record, present, row.seed_hash if row else "")
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
        outcome = WITH_PHRASINGS.get(outcome, outcome)
    return question, outcome


def _outcome_with_obstacles(outcome: Outcome, row: Question | None) -> Outcome:
    """What may be done where a published question asks the same."""
    if outcome == Outcome.ADDED:
        return Outcome.ADDED_AS_DRAFT
    if outcome == Outcome.UPDATED and row and row.status == Status.PUBLISHED:
        return Outcome.HELD_BACK
    return outcome


def _has_seeded_phrasings(question: Question, present: formats.QuestionRecord) -> bool:
    before = has_hash_with_phrasings(present, question.seed_hash)
    return before or has_seeded_phrasings(question, present)


def _write_question(
    record: formats.QuestionRecord, position: int, outcome: Outcome, now: datetime
) -> Question:
    """All but the phrasings."""
    question, added = Question.objects.update_or_create(
        uid=record.uid,
        defaults={
            "slug": record.slug,
            "topic": refer(Topic, record.topic),
            "difficulty": record.difficulty,
            "seconds": record.seconds,
            "position": position,
            "seed_hash": hash_of(record),
        },
    )
    texts = {field: getattr(record, field) for field in VERSION_FIELDS}
    save_texts(question, texts, now=now, change_note="" if added else "The core bank was updated.")
    if outcome == Outcome.ADDED:
        question.status = Status.PUBLISHED.value
        question.save(update_fields=["status"])
    return question


def _seed_interview(record: formats.InterviewRecord, position: int) -> Seeded:
    row = find_by_slug(Interview, record.slug)
    present = interview_record(row) if row else None
    outcome = outcome_for(record, present, row.seed_hash if row else "")
    if outcome in WRITTEN:
        row = write_interview(record, position)
    return row, outcome


def _refuse_if_any(others: QuerySet, what: str) -> None:
    if others.exists():
        raise formats.FormatError(f"another {others.model._meta.verbose_name} {what} already")
