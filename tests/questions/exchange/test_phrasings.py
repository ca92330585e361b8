"""Phrasings in a file: what changes, what stays, and that no version is made."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.exchange.plan import Outcome
from tests.factories import UserFactory, published_question
from tests.questions.exchange.imports import RAW, file_of, mistakes_of, planned, run

pytestmark = pytest.mark.django_db

KEPT = {
    "The first idea.": {"accept": ["a", "b"], "reject": ["r"]},
    "An old idea.": {"accept": ["o"], "reject": []},
}


@pytest.fixture
def question(data):
    """With two key points; phrasings for the first, and for one that it no longer has."""
    question = published_question(data)
    question.phrasings = KEPT
    question.save()
    return question


def row_of(question, **raw) -> dict:
    return {"uid": str(question.uid), **raw}


def phrasings_after(question, **raw) -> dict:
    run(file_of(row_of(question, **raw)))
    question.refresh_from_db()
    return question.phrasings


FIRST = {"also_said_as": ["a", "b"], "not_to_be_confused_with": ["r"]}


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"phrasings": None},
        {"phrasings": [FIRST, {}]},
        {"phrasings": [FIRST]},
        {"key_points": ["THE first idea.", "The second idea."], "phrasings": [FIRST, {}]},
    ],
)
def test_phrasings_that_are_not_said_or_are_known_stay(question, raw):
    changes = planned(row_of(question, **raw)).changes
    assert [change.field for change in changes if change.field != "key_points"] == []
    assert phrasings_after(question, seconds=77, **raw).keys() >= {"An old idea."}
    (first,) = [p for point, p in question.phrasings.items() if "first" in point]
    assert first == KEPT["The first idea."]


def test_an_empty_list_empties_them_and_leaves_those_of_older_versions(question):
    assert phrasings_after(question, phrasings=[]) == {"An old idea.": KEPT["An old idea."]}


def test_changed_phrasings_are_a_change_without_a_version(question):
    raw = {"phrasings": [{"also_said_as": ["a", "c"]}, {"not_to_be_confused_with": ["s"]}]}
    row = planned(row_of(question, **raw))
    assert (row.outcome, row.changes_texts) == (Outcome.CHANGED, False)
    (change,) = row.changes
    assert change.field == "phrasings"
    assert [line.rpartition(": ")[2] for line in change.new.splitlines()] == ["a", "c", "s"]
    author = UserFactory()
    run(file_of(row_of(question, **raw)), author=author)
    question.refresh_from_db()
    assert question.versions.count() == 1
    assert question.phrasings == {
        "The first idea.": {"accept": ["a", "c"], "reject": []},
        "The second idea.": {"accept": [], "reject": ["s"]},
        "An old idea.": KEPT["An old idea."],
    }
    logged = LogEntry.objects.get().change_message
    assert all(part in logged for part in ("phrasings", "The first idea.", "“c”", "“b”", "“s”"))
    assert "“a”" not in logged
    assert planned(row_of(question, **raw)).outcome == Outcome.UNCHANGED


def test_phrasings_of_reworded_points_stay_under_the_old_words(question):
    points = ["A better idea.", "The second idea."]
    row = planned(row_of(question, key_points=points))
    assert [change.field for change in row.changes] == ["key_points"]
    assert phrasings_after(question, key_points=points) == KEPT
    said = {"key_points": points, "phrasings": [FIRST, {}]}
    assert phrasings_after(question, **said) == {**KEPT, points[0]: KEPT["The first idea."]}


def test_a_new_question_arrives_with_its_phrasings(data):
    row = {**RAW, "phrasings": [FIRST]}
    assert planned(row).outcome == Outcome.NEW
    run(file_of(row))
    (question,) = data.questions.all()
    assert question.phrasings == {"It changes.": KEPT["The first idea."]}


def test_statements_about_more_points_than_there_are_are_refused(question):
    row = planned(row_of(question, phrasings=[FIRST, {}, FIRST]))
    assert [column for column, _ in mistakes_of(row)] == ["phrasings"]


def test_the_number_of_statements_does_not_grow_with_the_phrasings(data):
    def statements(rows):
        with CaptureQueriesContext(connection) as queries:
            run(file_of(*rows))
        return len(queries)

    few, many = (
        [row_of(published_question(data), phrasings=[FIRST, {}]) for _ in range(number)]
        for number in (2, 100)
    )
    assert statements(few) == statements(many) < 20
