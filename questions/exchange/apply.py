"""Carrying out an import, all or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.db.models import Max, OuterRef, Subquery

from questions.exchange.plan import SETTINGS, Outcome, Plan, Row, plan_import
from questions.formats import ExchangeFile
from questions.models import (
    TEXT_FIELDS,
    ChangeKind,
    Question,
    QuestionVersion,
    Topic,
    content_hash,
)

CHUNK = 250
LOCK = 0x696D706F7274
"""Of Postgres's advisory locks the one that an import holds: there is one at a time."""


class Refused(Exception):
    """Nothing was written; the message says why, and what to do."""


@dataclass(frozen=True)
class Step:
    """So many rows of all that are to be written have been."""

    done: int
    total: int


def run_import(
    file_name: str,
    content: ExchangeFile,
    *,
    now: datetime,
    author=None,
    valid_rows: bool = False,
    expected: str | None = None,
    change_kind: str = ChangeKind.MATERIAL.value,
    change_note: str = "",
    **options,
) -> Iterator[Step]:
    """Write the file's questions in one transaction, a step at a time.

    Iterate to the end: nothing is kept before. valid_rows: leave the wrong rows out instead of
    refusing the file. expected: the fingerprint of the plan that somebody agreed to. options: as
    plan_import has them. New questions are drafts; changed texts become a new version of
    change_kind, with a note that names the file and goes on with change_note; what is written is
    in the admin's log if there is an author. Raises Refused.
    """
    try:
        with transaction.atomic():
            plan = _locked_plan(file_name, content, options)
            if expected is not None and plan.fingerprint != expected:
                raise Refused("The bank has changed since the preview. Look at the preview again.")
            if plan.counts["wrong"] and not valid_rows:
                raise Refused(
                    f"{plan.counts['wrong']} row(s) are wrong. Mend them, or import the valid rows."
                )
            writer = _Writer(plan, now, author, change_kind, change_note)
            yield from writer.steps()
    except DatabaseError as error:
        raise Refused(
            "The database refused, perhaps because somebody changed the bank at the same moment."
            " Nothing was imported: try again."
        ) from error


def _locked_plan(file_name: str, content: ExchangeFile, options: dict) -> Plan:
    """The plan as of now, its questions locked so that it stays true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Refused("Another import is running. Wait until it is done, and try again.")
    first = plan_import(file_name, content, **options)
    touched = [row.pk for row in first.rows if row.outcome == Outcome.CHANGED]
    locked = Question.objects.select_for_update().filter(pk__in=touched).order_by("pk")
    # Read again after the wait; what did not wait is as it was.
    return plan_import(file_name, content, **options) if len(locked) else first


class _Writer:
    def __init__(self, plan: Plan, now: datetime, author, change_kind: str, change_note: str):
        self.plan, self.now, self.author = plan, now, author
        self.note = f"Imported from {plan.file_name}."
        why = f"{self.note} {change_note}".strip()
        self.change = {"change_kind": change_kind, "change_note": why}
        self.position = Question.objects.aggregate(last=Max("position"))["last"] or 0

    def steps(self) -> Iterator[Step]:
        new, changed = self.plan.of(Outcome.NEW), self.plan.of(Outcome.CHANGED)
        total, done = len(new) + len(changed), 0
        yield Step(0, total)
        self._add_topics()
        self.topics = dict(Topic.objects.values_list("slug", "pk"))
        for write, rows in ((self._add, new), (self._change, changed)):
            for start in range(0, len(rows), CHUNK):
                chunk = rows[start : start + CHUNK]
                write(chunk)
                done += len(chunk)
                yield Step(done, total)

    def _add_topics(self) -> None:
        last = Topic.objects.aggregate(last=Max("position"))["last"] or 0
        topics = [
            Topic(slug=record.slug, name=record.name, position=last + number)
            for number, record in enumerate(self.plan.new_topics, start=1)
        ]
        Topic.objects.bulk_create(topics)
        self._log(dict.fromkeys(topics, self.note), ADDITION)

    def _add(self, rows: list[Row]) -> None:
        questions = []
        for row in rows:
            self.position += 1
            question = Question(uid=row.values["uid"], position=self.position)
            questions.append(self._settings(question, row))
        Question.objects.bulk_create(questions)
        self._add_versions(zip(questions, rows, strict=True), {}, change_note=self.note)
        self._log(dict.fromkeys(questions, self.note), ADDITION)

    def _change(self, rows: list[Row]) -> None:
        found = Question.objects.in_bulk([row.pk for row in rows])
        pairs = [(found[row.pk], row) for row in rows]
        moved = [
            self._settings(question, row)
            for question, row in pairs
            if any(change.field in SETTINGS for change in row.changes)
        ]
        # Of rows that exist this is an update, in a tenth of bulk_update's time.
        Question.objects.bulk_create(
            moved, update_conflicts=True, unique_fields=["pk"], update_fields=SETTINGS
        )
        reworded = [(question, row) for question, row in pairs if row.changes_texts]
        versions = QuestionVersion.objects.filter(question__in=[q for q, _ in reworded])
        numbers = versions.order_by().values_list("question").annotate(last=Max("number"))
        self._add_versions(reworded, dict(numbers), **self.change)
        said = {
            question: f"{self.note} Changed: {', '.join(c.field for c in row.changes)}."
            for question, row in pairs
        }
        self._log(said, CHANGE)

    def _settings(self, question: Question, row: Row) -> Question:
        question.slug = row.values["slug"]
        question.topic_id = self.topics[row.values["topic"]]
        question.difficulty = row.values["difficulty"]
        question.seconds = row.values["seconds"]
        return question

    def _add_versions(self, pairs, last_numbers: dict[int, int], **change) -> None:
        """What questions.bank.save_texts does, for many questions that are locked or new."""
        versions = []
        for question, row in pairs:
            texts = {field: row.values[field] for field in TEXT_FIELDS}
            texts["key_points"] = list(row.values["key_points"])
            versions.append(
                QuestionVersion(
                    question=question,
                    number=last_numbers.get(question.pk, 0) + 1,
                    **texts,
                    content_hash=content_hash(texts),
                    **change,
                    author=self.author,
                    created_at=self.now,
                )
            )
        QuestionVersion.objects.bulk_create(versions)
        latest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
        Question.objects.filter(pk__in=[version.question_id for version in versions]).update(
            current_version=Subquery(latest.values("pk")[:1])
        )

    def _log(self, said: dict, flag: int) -> None:
        if self.author is None or not said:
            return
        kind = ContentType.objects.get_for_model(next(iter(said)))
        LogEntry.objects.bulk_create(
            LogEntry(
                user=self.author,
                content_type=kind,
                object_id=str(row.pk),
                object_repr=str(row)[:200],
                action_flag=flag,
                change_message=message,
            )
            for row, message in said.items()
        )
