"""Which question a row of a file is about, and what becomes of it."""

import uuid
from time import perf_counter

import pytest

from questions.exchange.changes import Change
from questions.exchange.plan import Outcome
from tests.factories import published_question
from tests.questions.exchange.imports import RAW, UID, plan_of, planned

pytestmark = pytest.mark.django_db


def test_a_row_with_an_unknown_uid_is_new(data):
    row = planned({**RAW, "uid": UID})
    assert (row.outcome, row.question.uid) == (Outcome.NEW, uuid.UUID(UID))


@pytest.mark.parametrize("known_by", ["uid", "slug", "prompt"])
def test_a_question_is_known_by_uid_else_slug_else_prompt(data, known_by):
    question = published_question(data, prompt="What is drift?")
    row = {"uid": str(question.uid), "slug": question.slug, "prompt": "what is  DRIFT?"}
    known = planned({known_by: row[known_by], "seconds": 77})
    assert known.pk == question.pk
    assert Change("seconds", "180", "77") in known.changes


def test_what_a_file_does_not_say_stays(data):
    question = published_question(data, answer="Fine.")
    row = planned({"uid": str(question.uid), "difficulty": "hard"})
    assert row.changes == (Change("difficulty", "2", "3"),)
    assert row.question.answer == "Fine."


def test_a_text_that_differs_only_in_blanks_around_it_is_unchanged(data):
    question = published_question(data, answer="Fine.\n")
    row = planned({"uid": str(question.uid), "answer": "Fine."})
    assert row.outcome == Outcome.UNCHANGED


def test_two_rows_about_one_question_are_both_wrong(data):
    question = published_question(data)
    rows = [{"uid": str(question.uid), "seconds": 60}, {"slug": question.slug, "seconds": 90}]
    plan = plan_of(*rows)
    assert [row.outcome for row in plan.rows] == [Outcome.WRONG, Outcome.WRONG]


# --- slugs -------------------------------------------------------------------------------------


def test_a_slug_is_made_of_the_prompt_and_free(data):
    rows = [
        {**RAW, "slug": None},
        {**RAW, "slug": None, "prompt": "What is drift!"},
        {**RAW, "slug": "what-is-drift", "prompt": "Else?"},
        {**RAW, "slug": None, "prompt": "What is `x`?\n\n```python\nx = 1\n```"},
    ]
    plan = plan_of(*rows)
    slugs = [row.question.slug for row in plan.rows]
    assert slugs == ["what-is-drift-2", "what-is-drift-3", "what-is-drift", "what-is-x"]


def test_thousands_of_prompts_without_a_latin_letter_get_slugs_quickly(data):
    rows = [{"topic": "data", "prompt": f"什么是漂移{'移' * n}?"} for n in range(3000)]
    start = perf_counter()
    plan = plan_of(*rows)
    assert perf_counter() - start < 10
    assert plan.rows[2].question.slug == "question-3"
    assert len({row.question.slug for row in plan.rows}) == 3000
