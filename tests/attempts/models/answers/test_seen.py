"""When somebody was last asked a question: newest attempts exactly, older ones by the schedule."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.models.answers import seen
from attempts.models.answers.seen import when_seen
from attempts.owners import Owner
from attempts.transitions.scheduling import reschedule
from tests.attempts.follow_ups import asked_back
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory, published_question

pytestmark = pytest.mark.django_db


def asked(user, question, day, **fields):
    attempt = AttemptFactory(user=user, started_at=START + timedelta(days=day), finished=True)
    AnswerFactory(attempt=attempt, version=question.current_version, **fields)
    return attempt.started_at


def test_of_two_times_the_later_counts_also_without_an_answer():
    user, question, other = UserFactory(), published_question(), published_question()
    asked(user, question, 1, share=1, written=True)
    last = asked(user, question, 5)
    asked(UserFactory(), other, 2)
    assert when_seen(Owner(user_id=user.pk)) == {question.pk: last}
    assert when_seen(None) == {}


def test_a_follow_up_is_no_question():
    answer = asked_back("1000", "0100", "")
    attempt = answer.attempt
    assert when_seen(attempt.owner) == {answer.version.question_id: attempt.started_at}


def test_what_was_answered_long_ago_is_known_from_the_schedule(monkeypatch):
    monkeypatch.setattr(seen, "LATELY", 2)
    user, old, new = UserFactory(), published_question(), published_question()
    owner = Owner(user_id=user.pk)
    asked(user, old, 1, share=1, written=True, closed=True)
    reschedule(owner, [old.pk])
    times = [asked(user, new, day) for day in (2, 3)]
    found = when_seen(owner)
    assert found[new.pk] == times[1]
    assert START + timedelta(days=1) <= found[old.pk] < times[0]


def test_the_answers_of_as_many_attempts_are_read_whatever_somebody_has_done(monkeypatch):
    monkeypatch.setattr(seen, "LATELY", 3)
    user, question = UserFactory(), published_question()
    for _ in range(2):
        for day in range(8):
            asked(user, question, day)
        with CaptureQueriesContext(connection) as captured:
            when_seen(Owner(user_id=user.pk))
        attempts, answers, _ = (query["sql"] for query in captured)
        assert attempts.endswith("LIMIT 3")
        assert answers.count("::uuid") == 3
