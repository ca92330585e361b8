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
from questions.bank.records import interview_record
from questions.bank.seed_interviews import write_interview
from questions.bank.seed_outcomes import LOGGED, NEW, WRITTEN, Outcome, hash_of, outcome_for
from questions.bank.seed_questions import seed_questions
from questions.bank.slugs import find_by_slug
from questions.models import Interview, Question, Topic

LOCK = 7_421_054
"""The key of PostgreSQL's advisory lock by which servers that start at once take turns."""
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    seeded: dict[str, list[Seeded]] = {"topic": [], "question": [], "interview": []}
    for position, topic in enumerate(bank.topics, start=1):
        seeded["topic"].append(_seed_topic(topic, position))
    with _swapped_slugs():
        seeded["question"].extend(seed_questions(bank.questions, now=now))
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
