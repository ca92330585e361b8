"""What a change of a question's key points would do to scores."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.regrade import plan, share_on_common_points
from questions import bank
from questions.models import Question
from tests.factories import START, AnswerFactory, AttemptFactory, published_question


@pytest.mark.parametrize(
    ("ticks", "asked", "standing", "share"),
    [
        ([True, False], ["A", "B"], ["A", "B"], "0.5"),
        ([True, False], ["A", "B"], ["A"], "1"),
        ([True, False], ["A", "B"], ["B"], "0"),
        ([True, False], ["A", "B"], ["  a ", "B", "C"], "0.5"),
        ([True, False, True], ["A", "B", "C"], ["A", "C"], "1"),
        ([True], ["A"], ["B"], None),
        ([], [], ["A"], None),
    ],
)
def test_only_points_asked_then_and_standing_now_count(ticks, asked, standing, share):
    found = share_on_common_points(ticks, asked, standing)
    assert found == (None if share is None else Decimal(share))


def scored(question, ticks, share, **attempt):
    """A finished attempt of two questions, the other one answered fully wrong."""
    attempt = AttemptFactory(finished=True, score=Decimal(share) * 50, **attempt)
    answer = AnswerFactory(
        attempt=attempt, version=question.current_version, written=True, confirmed=ticks,
        share=Decimal(share), closed=True,
    )  # fmt: skip
    AnswerFactory(attempt=attempt, written=True, confirmed=[False, False], share=0, closed=True)
    return answer


def without_second_point(question):
    texts = question.current_version.texts() | {"key_points": ["The first idea."]}
    bank.save_texts(question, texts, now=START, change_note="It was wrong.")
    question.refresh_from_db()


@pytest.mark.django_db
def test_the_plan_says_whose_score_would_move_from_what_to_what():
    question = published_question()
    half = scored(question, [True, False], "0.5")
    scored(question, [True, True], "1")
    without_second_point(question)
    scored(question, [True], "1")  # asked the new version
    found = plan(question)
    (change,) = found.changes
    assert (change.answer, change.share, change.attempt.score, change.score) == (half, 1, 25, 50)
    assert (found.same, found.impossible) == (1, 0)


@pytest.mark.django_db
def test_answers_without_ticks_or_without_a_common_point_are_counted_apart():
    question = published_question()
    scored(question, [True, False], "0.5")
    texts = question.current_version.texts() | {"key_points": ["Something else."]}
    bank.save_texts(question, texts, now=START, change_note="All wrong.")
    question.refresh_from_db()
    found = plan(question)
    assert (found.changes, found.impossible) == ([], 1)


@pytest.mark.django_db
def test_running_discarded_and_unscored_attempts_are_left_alone():
    question = published_question()
    AnswerFactory(version=question.current_version, written=True)
    AnswerFactory(attempt__finished=True, version=question.current_version, written=True)
    without_second_point(question)
    found = plan(question)
    assert (found.changes, found.same, found.impossible) == ([], 0, 0)


@pytest.mark.django_db
def test_the_plan_takes_the_same_queries_for_one_attempt_and_for_three():
    def queries(question):
        question = Question.objects.select_related("current_version").get(pk=question.pk)
        with CaptureQueriesContext(connection) as captured:
            plan(question)
        return len(captured)

    one, three = published_question(), published_question()
    for question in (one, three, three, three):
        scored(question, [True, False], "0.5")
    without_second_point(one)
    without_second_point(three)
    assert queries(one) == queries(three) == 2
