"""Adding a phrasing outside of the form."""

import pytest

from questions.bank import phrasings
from questions.bank.phrasings import add_statement
from questions.models import QuestionVersion
from questions.rules.limits import MAX_STATEMENT, MAX_STATEMENTS
from questions.rules.phrasings import WrongStatement
from tests.factories import published_question
from tests.threads import together

pytestmark = pytest.mark.django_db

POINT = "The first idea."


@pytest.fixture
def question():
    question = published_question()
    question.phrasings = {POINT: {"accept": ["one"], "reject": ["two"]}}
    question.save()
    return question


def stored(question):
    question.refresh_from_db()
    return question.phrasings


def test_a_statement_is_added_and_no_version_is_made(question):
    changes = add_statement(question.pk, "the FIRST idea.", "accept", " also \n this ")
    assert [change.added for change in changes] == [("also this",)]
    now = stored(question)
    assert list(now.values()) == [{"accept": ["one", "also this"], "reject": ["two"]}]
    assert QuestionVersion.objects.count() == 1


def test_a_point_without_phrasings_gets_its_first(question):
    add_statement(question.pk, "The second idea.", "reject", "no")
    assert stored(question)["The second idea."] == {"accept": [], "reject": ["no"]}
    assert POINT in question.phrasings


def test_what_is_there_already_changes_nothing(question):
    assert add_statement(question.pk, POINT, "accept", "ONE") == []
    assert stored(question)[POINT]["accept"] == ["one"]


@pytest.mark.parametrize(
    ("kind", "statement"),
    [("accept", "two"), ("reject", "One"), ("accept", "x" * (MAX_STATEMENT + 1)), ("reject", "\0")],
)
def test_what_the_form_refuses_is_refused(question, kind, statement):
    with pytest.raises(WrongStatement):
        add_statement(question.pk, POINT, kind, statement)
    assert stored(question) == {POINT: {"accept": ["one"], "reject": ["two"]}}


def test_a_full_list_is_refused(question):
    full = {POINT: {"accept": [f"way {n}" for n in range(MAX_STATEMENTS)], "reject": []}}
    question.phrasings = full
    question.save()
    with pytest.raises(WrongStatement):
        add_statement(question.pk, POINT, "accept", "one more")
    assert stored(question) == full


def test_all_points_together_have_a_limit(question, monkeypatch):
    monkeypatch.setattr(phrasings, "MAX_TEXT", 20)
    add_statement(question.pk, "The second idea.", "accept", "short")  # "1: one\n2: short"
    with pytest.raises(WrongStatement):
        add_statement(question.pk, POINT, "accept", "and more")
    add_statement(question.pk, "A point of an old version.", "accept", "is not in the form")


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_add_both(question):
    together(*(lambda s=s: add_statement(question.pk, POINT, "accept", s) for s in ("a", "b")))
    assert sorted(stored(question)[POINT]["accept"]) == ["a", "b", "one"]
