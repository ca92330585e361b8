"""Carrying out an import, all or nothing."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from questions.exchange.plan import ImportFile, Outcome, Plan, plan_import
from questions.exchange.writing.others import write_interviews, write_topics
from questions.exchange.writing.questions import QuestionWriter
from questions.exchange.writing.run import CHUNK, Import
from questions.models import ChangeKind, Interview, Question, Topic
from questions.rules.numbers import counted

__all__ = ["CHUNK", "LOCK", "Refused", "run_import"]

LOCK = 0x696D706F7274
"""The key of PostgreSQL's advisory lock that an import holds, so that there is one at a time."""
DEFERRED = "question_slug_once, topic_name_once"
"""The constraints that hold at the end of an import: rows may swap what is theirs alone."""


MANY = 500
"""Questions, from which on PostgreSQL is told to look at the tables."""


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
    """Write the file's content in one transaction. Returns how many questions are new or changed.

    valid_rows: leave wrong rows out instead of refusing the file. expected: the fingerprint of the
    plan that somebody agreed to. New questions are drafts, new interviews hidden, unless the file
    is imported with its statuses. Changed texts become a new version of change_kind, whose note
    names the file and goes on with change_note. The admin's log tells what was written, by the
    author or else by the account of commands. Raises Refused.
    """
    try:
        with transaction.atomic():
            plan = _locked_plan(file)
            if expected is not None and plan.fingerprint != expected:
                raise Refused("The bank has changed since the preview. Please check it again.")
            if plan.wrong and not valid_rows:
                rows, are = counted(plan.wrong, "row"), "is" if plan.wrong == 1 else "are"
                raise Refused(f"{rows} {are} wrong. Fix what is wrong, or import the valid rows.")
            return _write(Import(plan, now, author, change_kind, change_note))
    except DatabaseError as error:
        raise Refused(
            "The database refused the import, perhaps because somebody changed the bank at the"
            " same moment. Nothing was imported. Please try again."
        ) from error


def _write(run: Import) -> int:
    moves = _moves(run.plan)
    _set_constraints("DEFERRED" if moves else None)
    write_topics(run)
    count = QuestionWriter(run).write()
    write_interviews(run)
    _set_constraints("IMMEDIATE" if moves else None)
    if count >= MANY:
        _look_at_what_was_written()
    return count


def _look_at_what_was_written() -> None:
    """Until PostgreSQL has looked, it takes the bank for small, and reads it once for each row of
    the next import. By itself it looks a minute later."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE questions_question, questions_questionversion")


def _moves(plan: Plan) -> bool:
    """Whether questions get other slugs or topics other names, which they may take over."""
    changes = [change.field for row in plan.rows for change in row.changes]
    return "slug" in changes or any(row.changes for row in plan.topics)


def _set_constraints(when: str | None) -> None:
    if when:
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {DEFERRED} {when}")


def _locked_plan(file: ImportFile) -> Plan:
    """The plan as of now. What it changes is locked, so that it stays true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (is_free,) = cursor.fetchone()
        if not is_free:
            raise Refused("Another import is running. Wait until it is done, and try again.")
    plan = plan_import(file)
    locked = 0
    for model, rows in (
        (Topic, plan.topics),
        (Question, plan.rows),
        (Interview, plan.interviews),
    ):
        keys = [row.pk for row in rows if row.outcome == Outcome.CHANGED and row.pk]
        if keys:
            locked += len(model.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    # Planned again, because the rows may have changed while this waited for their locks.
    return plan_import(file) if locked else plan
