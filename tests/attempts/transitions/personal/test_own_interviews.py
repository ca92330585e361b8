"""An interview that its candidate put together asks what matches, and nothing else."""

from datetime import timedelta

import pytest

from attempts import transitions
from attempts.models import Only, OwnInterview, Schedule
from attempts.owners import Owner
from attempts.rules.draw import CannotFill
from attempts.transitions.personal.own_interviews import UNNAMED, matching, start_own
from attempts.transitions.starting import Pace
from questions.models import Question, Status, Timing
from tests.attempts.candidate import a_guest, after, sent
from tests.factories import START, TopicFactory, interview_of, published_question

pytestmark = pytest.mark.django_db


def own_of(owner: Owner, **fields) -> OwnInterview:
    fields = {"count": 1, "created_at": START, **fields}
    return OwnInterview.objects.create(guest_key=owner.guest_key, **fields)


def asked(attempt) -> list[int]:
    return [answer.version.question_id for answer in attempt.answers.all()]


def a_question(topic=None, difficulty=2) -> Question:
    question = published_question(topic)
    question.difficulty = difficulty
    question.save(update_fields=["difficulty"])
    return question


def test_topics_levels_and_status_decide_what_matches():
    first, second, other = TopicFactory.create_batch(3)
    right = [a_question(first, 1), a_question(second, 2)]
    a_question(first, 3)
    a_question(other, 1)
    retired = a_question(first, 1)
    Question.objects.filter(pk=retired.pk).update(status=Status.RETIRED.value)
    own = own_of(a_guest(), topic_ids=[first.pk, second.pk], difficulty_to=2, count=2)
    assert set(matching(own, own.owner)) == set(right)
    attempt = start_own(own, Pace(), now=START)
    assert set(asked(attempt)) == {question.pk for question in right}
    assert (attempt.own_interview, attempt.interview, attempt.number) == (own, None, 1)


def test_only_what_was_not_seen_or_only_what_is_weak():
    owner, interview = a_guest(), interview_of(2)
    seen = [slot.question for slot in interview.slots.all()]
    new = a_question()
    attempt = transitions.start(owner, interview, Pace(), now=START)
    transitions.skip(owner, attempt.pk, 1, sent(""), now=after(5))
    transitions.finish(owner, attempt.pk, now=after(6))
    assert Schedule.objects.owned_by(owner).count() == 2
    for only, expected in [
        (Only.ANY, {*seen, new}),
        (Only.UNSEEN, {new}),
        (Only.WEAK, set(seen)),
    ]:
        own = own_of(owner, only=only.value)
        assert set(matching(own, owner)) == expected
    assert set(matching(own_of(owner, only="unseen"), None)) == {*seen, new}
    assert set(matching(own_of(owner, only="weak"), None)) == set()


@pytest.mark.parametrize(
    ("fields", "limit", "each"),
    [
        ({}, None, 180),
        ({"seconds": 60}, None, 60),
        ({"timing": Timing.TOTAL.value, "seconds": 600}, 600, None),
    ],
)
def test_its_clock_is_as_chosen(fields, limit, each):
    a_question()
    attempt = start_own(own_of(a_guest(), **fields), Pace(), now=START)
    assert attempt.limit == (limit and timedelta(seconds=limit))
    assert attempt.answers.get().limit == (each and timedelta(seconds=each))


def test_it_can_be_repeated_and_has_a_name_if_it_was_given_one():
    owner = a_guest()
    a_question()
    named, unnamed = own_of(owner, name="Before Friday"), own_of(owner)
    for number in (1, 2):
        attempt = start_own(named, Pace(), now=after(number))
        assert (attempt.interview_title, attempt.number) == ("Before Friday", number)
        transitions.finish(owner, attempt.pk, now=after(number + 0.5))
    assert start_own(unnamed, Pace(), now=after(9)).interview_title == UNNAMED


def test_too_few_questions_start_nothing():
    a_question()
    with pytest.raises(CannotFill):
        start_own(own_of(a_guest(), count=2), Pace(), now=START)
