"""The weakest questions of somebody, each with a point that its last answer clearly missed."""

from datetime import timedelta

import pytest

from attempts.marking.weak_points import missed_point, weak_points
from attempts.models import Answer, AskedQuestion, Schedule
from attempts.practice import choosing
from attempts.transitions.scheduling import reschedule
from tests.attempts.candidate import a_guest, a_user
from tests.attempts.follow_ups import asked_back
from tests.attempts.practice.recall import answered
from tests.factories import START, AnswerFactory, published_question

pytestmark = pytest.mark.django_db

POINTS = ["First.", "Second.", "Third."]
FOUND, UNSURE, OPPOSITE, MISSED = (
    (True, {"confidence": 0.9, "text": "words", "opposite": None}),
    (False, {"confidence": 0.4, "text": "words", "opposite": None}),
    (False, {"confidence": 0.5, "text": "words", "opposite": "It is false."}),
    (False, {"confidence": 0.0, "text": None, "opposite": None}),
)


def asked(*findings, **of) -> Answer:
    """An answer to a question with three points, not saved."""
    version = published_question(key_points=POINTS).current_version
    suggested = [covered for covered, _ in findings] or None
    evidence = [found for _, found in findings] or None
    return AnswerFactory.build(
        attempt=None, version=version, suggested=suggested, evidence=evidence, **of
    )


@pytest.mark.parametrize(
    ("findings", "of", "point"),
    [
        ((MISSED, MISSED, MISSED), {}, "First."),
        ((FOUND, MISSED, MISSED), {}, "Second."),
        ((UNSURE, FOUND, MISSED), {}, "Third."),
        ((UNSURE, UNSURE, UNSURE), {}, None),
        ((FOUND, OPPOSITE, MISSED), {}, "Second."),
        ((), {}, "First."),  # nothing was written
        # Once the candidate has decided, nothing is unsure.
        ((UNSURE, FOUND, MISSED), {"confirmed": [False, True, False]}, "First."),
        ((UNSURE, FOUND, MISSED), {"confirmed": [True, True, False]}, "Third."),
        # A regrade has withdrawn points.
        ((MISSED, MISSED, MISSED), {"counted": [False, True, True]}, "Second."),
        ((MISSED, FOUND, UNSURE), {"counted": [False, True, True]}, None),
    ],
)
def test_the_point_is_the_first_that_counts_and_was_clearly_missed(findings, of, point):
    assert missed_point(AskedQuestion(asked(*findings, **of))) == point


@pytest.mark.parametrize("make_owner", [a_user, a_guest])
def test_each_weak_question_has_its_last_answer(make_owner, django_assert_num_queries):
    owner, other = make_owner(), make_owner()
    question = published_question(prompt="What is a **model**?", key_points=["One.", "Two."])
    answered(owner, "0.5", question, at=START)
    last = answered(owner, "0", question, at=START + timedelta(days=2))
    Answer.objects.filter(pk=last.pk).update(confirmed=[False, False])
    third = answered(owner, "0.5", at=START + timedelta(days=1))
    answered(other, "0", question, at=last.attempt.finished_at)
    rows = list(Schedule.objects.owned_by(owner).weak())
    with django_assert_num_queries(1):
        found = weak_points(rows)
    assert [(weak.question_id, weak.answer, weak.point) for weak in found] == [
        (question.pk, last, "One."),
        (third.version.question_id, third, "The second idea."),
    ]
    assert found[0].title == "What is a model?"
    assert [weak.question_id for weak in found] == choosing.missed(owner)


def test_of_two_attempts_that_ended_at_once_the_later_answer_counts():
    owner, question = a_guest(), published_question()
    answered(owner, "0.6", question)
    last = answered(owner, "0.5", question)
    (found,) = weak_points(list(Schedule.objects.owned_by(owner).weak()))
    assert found.answer == last


def test_without_weak_questions_there_is_nothing_to_read(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert weak_points([]) == []


def test_a_point_made_when_asked_is_missed_after_those_that_were_not_made(
    django_assert_num_queries,
):
    answer = asked_back("1000", "0100", share="0.375")
    owner = answer.attempt.owner
    reschedule(owner, [answer.version.question_id])
    rows = list(Schedule.objects.owned_by(owner).weak())
    with django_assert_num_queries(1):
        (found,) = weak_points(rows)
    assert (found.answer, found.point) == (answer, "It logs.")
    nothing = [{"confidence": 0, "text": None, "opposite": None}] * 4
    answer.follow_ups.update(suggested=[False, False, True, True], evidence=nothing)
    assert missed_point(AskedQuestion.of(answer)) == "It retries."
    answer.follow_ups.update(suggested=[False, True, True, True])
    assert missed_point(AskedQuestion.of(answer)) == "It retries."  # all were made when asked
