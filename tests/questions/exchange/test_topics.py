"""The topics of rows: known ones, new ones and the one chosen for rows that name none."""

import pytest

from questions.formats import TopicRecord
from tests.factories import TopicFactory
from tests.questions.exchange.imports import RAW, mistakes_of, plan_of, planned

pytestmark = pytest.mark.django_db


def test_a_topic_is_found_by_slug_or_name_or_added_with_both(data):
    assert planned({**RAW, "topic": "DATA"}).question.topic == "data"
    assert planned({**RAW, "topic": None, "topic_name": "data"}).question.topic == "data"
    plan = plan_of({**RAW, "topic": "ops", "topic_name": "Operations"})
    assert plan.new_topics == (TopicRecord("ops", "Operations"),)


def test_a_topic_that_there_is_not(data):
    wrong = [("topic", "there is no topic “ops”")]
    assert mistakes_of(planned({**RAW, "topic": "ops"})) == wrong
    named = {**RAW, "topic": "ops", "topic_name": "Operations"}
    assert mistakes_of(planned(named, may_add_topics=False)) == wrong
    clash = {**RAW, "topic": "ops", "topic_name": "DATA"}
    assert mistakes_of(planned(clash)) == [("topic_name", "“DATA” is the topic data already")]
    assert mistakes_of(planned({**RAW, "topic": None})) == [("topic", "is missing")]


def test_new_questions_without_a_topic_take_the_chosen_one(data):
    other = TopicFactory(slug="ops")
    assert planned({**RAW, "topic": None}, fallback_topic=other).question.topic == "ops"
    assert planned(RAW, fallback_topic=other).question.topic == "data"
