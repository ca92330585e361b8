"""Every row that an import writes is in the admin's log, in the same transaction."""

import io
import json

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.management import call_command
from django.db import connection

from questions.bank.log import COMMAND_LINE
from questions.exchange.apply import Refused
from questions.models import Question
from tests.factories import UserFactory, published_question
from tests.questions.exchange.imports import RAW, file_of, run

pytestmark = pytest.mark.django_db


def logged() -> set[tuple]:
    entries = LogEntry.objects.select_related("user", "content_type")
    return {(e.user.username, e.content_type.model, e.action_flag, e.object_repr) for e in entries}


def command(tmp_path, *rows, **options) -> None:
    file = tmp_path / "bank.json"
    file.write_text(json.dumps({"questions": rows}))
    call_command("import_questions", file, stdout=io.StringIO(), **options)


def test_the_command_logs_questions_and_topics(tmp_path, data):
    old = published_question(data)
    rows = [
        {**RAW, "topic": "ops", "topic_name": "Operations"},
        {"uid": str(old.uid), "seconds": 7},
    ]
    command(tmp_path, *rows)
    assert logged() == {
        (COMMAND_LINE, "topic", ADDITION, "Operations"),
        (COMMAND_LINE, "question", ADDITION, "drift"),
        (COMMAND_LINE, "question", CHANGE, old.slug),
    }


def test_the_command_names_whoever_it_is_told(tmp_path, data):
    user = UserFactory(username="ada")
    command(tmp_path, RAW, user="ada")
    assert logged() == {("ada", "question", ADDITION, "drift")}
    assert Question.objects.get().current_version.author == user


def test_what_was_not_written_is_not_logged(data):
    with pytest.raises(Refused):
        run(file_of(RAW, {**RAW, "slug": "a b"}))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE questions_question ADD CONSTRAINT none CHECK (slug <> 'drift')")
    with pytest.raises(Refused):
        run(file_of({**RAW, "topic": "ops", "topic_name": "Operations"}))
    assert logged() == set()


def test_rows_that_stay_as_they_are_are_not_logged(data):
    run(file_of(RAW))
    LogEntry.objects.all().delete()
    run(file_of(RAW))
    assert logged() == set()
