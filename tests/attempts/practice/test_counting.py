"""How many questions each way in has."""

from datetime import timedelta

import pytest

from attempts.practice.counting import TopicToPractise, ways_in
from questions.models import Status
from tests.attempts.candidate import a_guest, a_user
from tests.attempts.practice.recall import answered
from tests.factories import START, TopicFactory, published_question

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=30)


@pytest.mark.parametrize("make_owner", [a_user, a_guest])
def test_each_way_in_counts_the_published_questions_of_its_owner(make_owner):
    owner, other = make_owner(), a_guest()
    second, first = TopicFactory(position=2000), TopicFactory(position=1000)
    weak, solid, new = (published_question(first) for _ in range(3))
    retired, _ = (published_question(second) for _ in range(2))
    answered(owner, "0.9", weak)
    answered(owner, "0.5", weak, at=START + timedelta(days=1))
    answered(owner, "0.7", solid)
    answered(owner, "0.1", retired)
    for question in (weak, solid, new):
        answered(other, "0.1", question)
    retired.status = Status.RETIRED.value
    retired.save()
    ways = ways_in(owner, LATER, None)
    assert (ways.due, ways.missed) == (2, 1)
    assert list(ways.topics) == [
        TopicToPractise(first.pk, first.name, questions=3, tried=2, weak=1),
        TopicToPractise(second.pk, second.name, questions=1, tried=0, weak=0),
    ]
    assert [topic.not_tried for topic in ways.topics] == [1, 1]
    assert ways_in(owner, START + timedelta(days=1), None).due == 0


def test_a_stranger_has_the_topics_alone():
    question = published_question()
    answered(a_guest(), "0.1", question)
    ways = ways_in(None, LATER, None)
    assert (ways.due, ways.missed) == (0, 0)
    assert [(topic.questions, topic.tried) for topic in ways.topics] == [(1, 0)]
