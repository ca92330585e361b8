"""What a change of a question's key points would do to scores."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.marking.regrade import plan_regrade, which_still_count
from attempts.models import Attempt
from attempts.transitions import staff
from questions.bank import versions
from questions.models import Question
from tests.attempts.follow_ups import POINTS, asked_back
from tests.factories import START, AnswerFactory, AttemptFactory, published_question


@pytest.mark.parametrize(
    ("asked", "current", "expected"),
    [
        (["A", "B"], ["A", "B"], [True, True]),
        (["A", "B"], ["A"], [True, False]),
        (["A", "B"], ["  a ", "B", "C"], [True, True]),
        (["A", "B", "C"], ["C", "A"], [True, False, True]),
        (["A"], ["B"], [False]),
        ([], ["A"], []),
    ],
)
def test_points_that_still_have_their_words_still_count(asked, current, expected):
    assert which_still_count(asked, current) == expected


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
    versions.save_texts(question, texts, now=START, change_note="It was wrong.")
    question.refresh_from_db()


@pytest.mark.django_db
def test_the_plan_says_which_score_would_change_from_what_to_what():
    question = published_question()
    half = scored(question, [True, False], "0.5")
    without_second_point(question)
    scored(question, [True], "1")  # asked the new version
    plan = plan_regrade(question.current_version)
    (change,) = plan.changes
    assert (change.answer, change.share, change.attempt.score, change.score) == (half, 1, 25, 50)
    assert change.counted == [True, False]
    assert (plan.score_changes, plan.unchanged, plan.impossible) == (1, 0, 0)


@pytest.mark.django_db
def test_a_dropped_point_no_longer_counts_even_where_no_score_changes():
    question = published_question()
    scored(question, [True, True], "1")
    without_second_point(question)
    plan = plan_regrade(question.current_version)
    (change,) = plan.changes
    assert (change.share, change.score, change.counted) == (1, 50, [True, False])
    assert plan.score_changes == 0


def regrade_all(question):
    for change in plan_regrade(question.current_version).changes:
        staff.regrade(
            change.attempt.pk, change.answer.position, change.counted,
            instead_of=change.answer.share, why="It was wrong.", now=START,
        )  # fmt: skip


@pytest.mark.django_db
def test_after_a_regrade_the_plan_proposes_nothing():
    question = published_question()
    answers = [scored(question, [True, False], "0.5"), scored(question, [True, True], "1")]
    without_second_point(question)
    regrade_all(question)
    plan = plan_regrade(question.current_version)
    assert (plan.changes, plan.unchanged, plan.impossible) == ([], 2, 0)
    for answer in answers:
        answer.refresh_from_db()
        assert (answer.share, answer.counted) == (1, [True, False])


@pytest.mark.django_db
def test_a_point_that_comes_back_counts_again():
    question = published_question()
    answer = scored(question, [True, False], "0.5")
    first = question.current_version.texts()
    without_second_point(question)
    regrade_all(question)
    versions.save_texts(question, first, now=START, change_note="It was right.")
    question.refresh_from_db()
    regrade_all(question)
    answer.refresh_from_db()
    assert (answer.share, answer.counted) == (Decimal("0.5"), None)


@pytest.mark.django_db
def test_answers_without_ticks_or_without_a_common_point_are_counted_apart():
    question = published_question()
    scored(question, [True, False], "0.5")
    texts = question.current_version.texts() | {"key_points": ["Something else."]}
    versions.save_texts(question, texts, now=START, change_note="All wrong.")
    question.refresh_from_db()
    plan = plan_regrade(question.current_version)
    assert (plan.changes, plan.impossible) == ([], 1)


@pytest.mark.django_db
def test_running_discarded_and_unscored_attempts_are_left_alone():
    question = published_question()
    AnswerFactory(version=question.current_version, written=True)
    AnswerFactory(attempt__finished=True, version=question.current_version, written=True)
    without_second_point(question)
    plan = plan_regrade(question.current_version)
    assert (plan.changes, plan.unchanged, plan.impossible) == ([], 0, 0)


@pytest.mark.django_db
def test_the_plan_takes_the_same_queries_for_one_attempt_and_for_three():
    def queries(question):
        question = Question.objects.select_related("current_version").get(pk=question.pk)
        with CaptureQueriesContext(connection) as captured:
            plan_regrade(question.current_version)
        return len(captured)

    one, three = published_question(), published_question()
    for question in (one, three, three, three):
        scored(question, [True, False], "0.5")
    without_second_point(one)
    without_second_point(three)
    assert queries(one) == queries(three) == 2


@pytest.mark.django_db
def test_points_made_when_asked_are_regraded_too():
    answer = asked_back("1000", "0100", share="0.375")
    Attempt.objects.update(score="37.50")
    question = answer.version.question
    texts = question.current_version.texts() | {"key_points": POINTS[:2], "follow_ups": []}
    version = versions.save_texts(question, texts, now=START, change_note="It was wrong.")
    (change,) = plan_regrade(version).changes
    assert (change.answer, change.counted) == (answer, [True, True, False, False])
    assert (change.share_before, change.share) == (Decimal("0.375"), Decimal("0.75"))
    assert change.score == 75
