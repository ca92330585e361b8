"""Why the bank refuses a row."""

import pytest

from questions.exchange.plan import Choices, Outcome
from questions.models import Question, Status
from tests.factories import published_question
from tests.questions.exchange.imports import RAW, UID, mistakes_of, plan_of, planned

pytestmark = pytest.mark.django_db


def test_what_the_bank_has_against_a_row(data):
    other = published_question(data, prompt="What is skew?")
    taken = {**RAW, "uid": UID, "prompt": "What else?", "slug": other.slug}
    assert mistakes_of(planned(taken)) == [("slug", "belongs to another question of the bank")]
    no_prompt = {"uid": UID, "topic": "data"}
    assert mistakes_of(planned(no_prompt)) == [("prompt", "is missing")]
    emptied = {"uid": str(other.uid), "key_points": ""}
    assert mistakes_of(planned(emptied)) == [
        ("key_points", "is empty, and the question is published")
    ]


def test_a_question_of_old_whose_prompt_nobody_sees_is_not_published(data):
    old = published_question(data, prompt="\u200b")
    Question.objects.filter(pk=old.pk).update(status=Status.DRAFT)
    row = {"uid": str(old.uid), "status": "published"}
    assert mistakes_of(planned(row, choices=Choices(as_in_file=True))) == [("prompt", "is missing")]


def test_a_new_question_may_ask_what_another_asks(data):
    published_question(data, prompt="What is drift?")
    assert planned({**RAW, "uid": UID}).outcome == Outcome.NEW
    assert planned(RAW).outcome == Outcome.NEW


def test_a_published_question_does_not_come_to_ask_what_another_asks(data):
    published, other = published_question(data, prompt="What is drift?"), published_question(data)
    reworded = {"uid": str(other.uid), "prompt": "what is  DRIFT?"}
    wrong = [("prompt", f"is that of the published question {published.slug}")]
    row = planned(reworded)
    assert (mistakes_of(row), row.place) == (wrong, "row 2")
    assert row.mistakes[0].fix == (
        "Write another one. Or reword or retire that question, here or in the same file."
    )
    Question.objects.filter(pk=other.pk).update(status=Status.DRAFT)
    assert planned(reworded).outcome == Outcome.CHANGED


def test_two_that_ask_the_same_already_can_still_be_changed(data):
    alike = [published_question(data, prompt="What is drift?") for _ in range(2)]
    for duplicate in alike:
        again = {"uid": str(duplicate.uid), "prompt": "what is drift?", "seconds": 9}
        assert planned(again).outcome == Outcome.CHANGED


def test_a_file_does_not_make_two_published_questions_ask_the_same(data):
    first, second = published_question(data), published_question(data)
    rows = [{"uid": str(question.uid), "prompt": "Why?"} for question in (first, second)]
    plan = plan_of(*rows)
    assert [mistakes_of(row) for row in plan.rows] == [
        [],
        [("prompt", f"is that of the published question {first.slug}")],
    ]


def test_a_prompt_that_several_questions_have_names_none_of_them(data):
    alike = [published_question(data, prompt="What is drift?") for _ in range(2)]
    row = planned({**RAW, "slug": None})
    slugs = " and ".join(duplicate.slug for duplicate in alike)
    assert mistakes_of(row) == [("prompt", f"is that of {slugs}")]
    assert "Reword all but one of these questions" in row.mistakes[0].fix
