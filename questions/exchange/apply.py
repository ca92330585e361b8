"""Carrying out an import, all or nothing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Model, OuterRef, Subquery

from questions.bank.positions import next_position
from questions.bank.records import with_records
from questions.bank.versions import new_version
from questions.exchange.changes import OUTSIDE_VERSIONS
from questions.exchange.plan import ImportFile, Outcome, Plan, Row, plan_import
from questions.models import VERSION_FIELDS, ChangeKind, Question, QuestionVersion, Topic
from questions.rules.phrasings import changes

CHUNK = 250
"""Rows that are written in one statement."""
LOCK = 0x696D706F7274
"""The key of PostgreSQL's advisory lock that an import holds, so that there is one at a time."""


class Refused(Exception):
    """Nothing was written; the message says why, and what to do."""


def run_import(
    file: ImportFile,
    *,
    now: datetime,
    author: User | None = None,
    valid_rows: bool = False,
    expected: str | None = None,
    change_kind: str = ChangeKind.MATERIAL.value,
    change_note: str = "",
) -> int:
    """Write the file's questions in one transaction. Returns how many were new or changed.

    valid_rows: leave wrong rows out instead of refusing the file. expected: the fingerprint of the
    plan that somebody agreed to. New questions are drafts. Changed texts become a new version of
    change_kind, whose note names the file and goes on with change_note. With an author, the
    admin's log tells what was written. Raises Refused.
    """
    try:
        with transaction.atomic():
            plan = _locked_plan(file)
            if expected is not None and plan.fingerprint != expected:
                raise Refused("The bank has changed since the preview. Please check it again.")
            if plan.counts["wrong"] and not valid_rows:
                raise Refused(
                    f"{plan.counts['wrong']} row(s) are wrong. Fix them, or import the valid rows."
                )
            return _Writer(plan, now, author, change_kind, change_note).write()
    except DatabaseError as error:
        raise Refused(
            "The database refused the import, perhaps because somebody changed the bank at the"
            " same moment. Nothing was imported. Please try again."
        ) from error


def _locked_plan(file: ImportFile) -> Plan:
    """The plan as of now. Its questions are locked, so that it stays true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (is_free,) = cursor.fetchone()
        if not is_free:
            raise Refused("Another import is running. Wait until it is done, and try again.")
    plan = plan_import(file)
    keys = [row.pk for row in plan.of(Outcome.CHANGED) if row.pk]
    locked = Question.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    # Planned again, because the questions may have changed while this waited for their locks.
    return plan_import(file) if len(locked) else plan


class _Writer:
    def __init__(
        self, plan: Plan, now: datetime, author: User | None, change_kind: str, change_note: str
    ) -> None:
        self.plan, self.now, self.author = plan, now, author
        self.change_kind = change_kind
        self.note = f"Imported from {plan.file_name}."
        self.change_note = f"{self.note} {change_note}".strip()

    def write(self) -> int:
        self._add_topics()
        self.topics = dict(Topic.objects.values_list("slug", "pk"))
        self.position = next_position(Question)
        new, changed = self.plan.of(Outcome.NEW), self.plan.of(Outcome.CHANGED)
        for_each_chunk(self._add, new)
        for_each_chunk(self._change, changed)
        return len(new) + len(changed)

    def _add_topics(self) -> None:
        first = next_position(Topic)
        topics = [
            Topic(slug=record.slug, name=record.name, position=position)
            for position, record in enumerate(self.plan.new_topics, start=first)
        ]
        Topic.objects.bulk_create(topics)
        self._log([(topic, self.note) for topic in topics], ADDITION)

    def _add(self, rows: list[Row]) -> None:
        questions = [
            self._with_settings(Question(uid=row.question.uid, position=position), row)
            for position, row in enumerate(rows, start=self.position)
        ]
        self.position += len(rows)
        Question.objects.bulk_create(questions)
        self._save_versions(
            self._version(question, row, 1, ChangeKind.MATERIAL.value, self.note)
            for question, row in zip(questions, rows, strict=True)
        )
        self._log([(question, self.note) for question in questions], ADDITION)

    def _change(self, rows: list[Row]) -> None:
        questions = Question.objects.in_bulk([row.pk for row in rows if row.pk])
        pairs = [(questions[row.pk], row) for row in rows if row.pk]
        messages = [(question, self._message(question, row)) for question, row in pairs]
        moved = [
            self._with_settings(question, row)
            for question, row in pairs
            if any(change.field in OUTSIDE_VERSIONS for change in row.changes)
        ]
        # For rows that exist this is an update, in a tenth of the time that bulk_update takes.
        Question.objects.bulk_create(
            moved, update_conflicts=True, unique_fields=["pk"], update_fields=OUTSIDE_VERSIONS
        )
        reworded = [(question, row) for question, row in pairs if row.changes_texts]
        versions = QuestionVersion.objects.filter(question__in=[q for q, _ in reworded]).order_by()
        numbers = dict(versions.values_list("question").annotate(last=Max("number")))
        self._save_versions(
            self._version(q, row, numbers.get(q.pk, 0) + 1, self.change_kind, self.change_note)
            for q, row in reworded
        )
        self._log(messages, CHANGE)

    def _message(self, question: Question, row: Row) -> str:
        """What the log says of a question that still has its old phrasings."""
        after = with_records(question.phrasings, row.question)
        said = [
            f"{self.note} Changed: {', '.join(change.field for change in row.changes)}.",
            *map(str, changes(question.phrasings, after)),
        ]
        return " ".join(said)

    def _with_settings(self, question: Question, row: Row) -> Question:
        question.slug = row.question.slug
        question.topic_id = self.topics[row.question.topic]
        question.difficulty = row.question.difficulty
        question.seconds = row.question.seconds
        question.phrasings = with_records(question.phrasings, row.question)
        return question

    def _version(
        self, question: Question, row: Row, number: int, kind: str, note: str
    ) -> QuestionVersion:
        return new_version(
            question,
            {field: getattr(row.question, field) for field in VERSION_FIELDS},
            number=number,
            now=self.now,
            author=self.author,
            change_kind=kind,
            change_note=note,
        )

    def _save_versions(self, versions: Iterable[QuestionVersion]) -> None:
        """Save new versions and make them the current ones."""
        saved = QuestionVersion.objects.bulk_create(versions)
        latest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
        Question.objects.filter(pk__in=[version.question_id for version in saved]).update(
            current_version=Subquery(latest.values("pk")[:1])
        )

    def _log(self, messages: Sequence[tuple[Model, str]], flag: int) -> None:
        """Write into the admin's log what became of each row; all are of one model."""
        if self.author is None or not messages:
            return
        kind = ContentType.objects.get_for_model(messages[0][0])
        LogEntry.objects.bulk_create(
            LogEntry(
                user=self.author,
                content_type=kind,
                object_id=str(row.pk),
                object_repr=str(row)[:200],
                action_flag=flag,
                change_message=message,
            )
            for row, message in messages
        )


def for_each_chunk(write: Callable[[list[Row]], None], rows: list[Row]) -> None:
    for start in range(0, len(rows), CHUNK):
        write(rows[start : start + CHUNK])
