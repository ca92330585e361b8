"""What an import writes: all of it, or nothing."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.exchange.apply import CHUNK, LOCK, Refused
from questions.exchange.plan import plan_import
from questions.models import Question, Status, content_hash
from tests.factories import START, UserFactory, published_question
from tests.questions.exchange.imports import RAW, UID, file_of, run

pytestmark = pytest.mark.django_db


def test_new_questions_arrive_as_drafts_after_the_others(data):
    last = published_question(data)
    author = UserFactory()
    assert run(file_of({**RAW, "uid": UID, "status": "published"}), author=author) == 1
    question = Question.objects.get(uid=UID)
    version = question.current_version
    assert (question.status, question.position) == (Status.DRAFT, last.position + 1)
    assert (version.number, version.author, version.created_at) == (1, author, START)
    assert version.change_note == "Imported from bank.csv."
    assert version.content_hash == content_hash(version.texts())
    assert LogEntry.objects.get().get_edited_object() == question


def test_changed_texts_become_a_new_version_and_the_status_stays(data):
    question = published_question(data, answer="Old.")
    author = UserFactory()
    row = {"uid": str(question.uid), "answer": "New.", "seconds": "60", "status": "draft"}
    assert run(file_of(row), author=author) == 1
    question.refresh_from_db()
    version = question.current_version
    assert (question.status, question.seconds) == (Status.PUBLISHED, 60)
    assert (version.number, version.answer, version.author) == (2, "New.", author)
    assert version.content_hash == content_hash(version.texts())
    assert question.versions.get(number=1).answer == "Old."
    assert LogEntry.objects.get().change_message == (
        "Imported from bank.csv. Changed: seconds, answer."
    )


def test_changed_settings_make_no_version(data):
    question = published_question(data)
    run(file_of({"uid": str(question.uid), "slug": "renamed"}))
    question.refresh_from_db()
    assert (question.slug, question.versions.count()) == ("renamed", 1)


def test_one_wrong_row_and_nothing_is_written(data):
    content = file_of(RAW, {**RAW, "slug": "a b", "prompt": "Else?"})
    with pytest.raises(Refused, match=r"1 row is wrong"):
        run(content)
    assert not Question.objects.exists()


def test_the_valid_rows_alone_if_that_is_wanted(data):
    assert run(file_of(RAW, {**RAW, "slug": "a b", "prompt": "Else?"}), valid_rows=True) == 1
    assert [question.slug for question in Question.objects.all()] == ["drift"]


def test_a_bank_that_changed_since_the_preview_is_left_alone(data):
    question = published_question(data, answer="Old.")
    content = file_of({"uid": str(question.uid), "answer": "New."})
    seen = plan_import(content).fingerprint
    other = published_question(data)
    run(content, expected=seen)  # what the file does not touch may change
    question.refresh_from_db()
    assert question.current_version.answer == "New."
    with pytest.raises(Refused, match="changed since the preview"):
        run(content, expected=seen)
    assert other.versions.count() == 1


def test_an_import_that_fails_half_way_writes_nothing(data):
    rows = [{**RAW, "slug": f"q{n}", "prompt": f"What is {n}?"} for n in range(CHUNK + 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE questions_question ADD CONSTRAINT none CHECK (slug <> %s)", [f"q{CHUNK}"]
        )
    with pytest.raises(Refused, match="Nothing was imported"):
        run(file_of(*rows))
    assert not Question.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_rows(data):
    def statements(rows):
        with CaptureQueriesContext(connection) as queries:
            run(file_of(*rows))
        return len(queries)

    few = [{**RAW, "slug": f"a{n}", "prompt": f"Is {n} few?"} for n in range(2)]
    many = [{**RAW, "slug": f"b{n}", "prompt": f"Is {n} many?"} for n in range(200)]
    assert statements(few) == statements(many) < 20
    for rows in (few, many):
        for row in rows:
            row["answer"], row["seconds"] = "New.", 70
    assert statements(few) == statements(many) < 25


def test_one_import_at_a_time(data):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(Refused, match="Another import is running"):
            run(file_of(RAW))
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    finally:
        other.close()
    run(file_of(RAW))
    assert Question.objects.count() == 1
