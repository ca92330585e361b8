"""The core bank keeps the order and the rules that the site is built for."""

import re

import pytest

from questions.formats import joined, read_bank
from questions.management.commands.seed_questions import CORE_BANK, SHIPPED_BANKS
from tests.questions.bank.shipped_rules import (
    faults_of_interview,
    faults_of_question,
    faults_of_topics,
)

BANK = read_bank(CORE_BANK.read_text(encoding="utf-8"))

SUBJECTS = [
    # What the prompt must speak of, and what its answer cannot do without.
    (r"version control", r"code", r"data", r"model", r"reproduc"),
    (r"containeriz", r"dependenc|libraries", r"portab|unchanged", r"scale|replica"),
    (r"scal(e|ing)\b.*features|feature scaling", r"magnitude|dominat", r"stable|converge"),
    (r"supervised.*unsupervised", r"label", r"pattern|structure"),
    (r"hyperparameter", r"before training", r"tun", r"generaliz"),
    (r"virtual environment.*python", r"dependenc|packages", r"isolat|own"),
    (r"preprocessing", r"missing", r"scal", r"encod", r"outlier"),
    (r"deploy.*production", r"version", r"scal", r"monitor", r"real.time|latency"),
    (r"transfer learning", r"pre-?trained", r"label"),
    (r"\bDAG\b", r"depend", r"order", r"parallel"),
    (r"serialization", r"sav|file", r"load|rebuil"),
    (r"gpu acceleration", r"parallel", r"faster|speed", r"deep"),
    (r"monitor", r"drift", r"distribution", r"act|alert"),
    (r"data versioning", r"trained on|training data", r"reproduc"),
    (r"framework", r"ease|easy|learn", r"community", r"scal", r"infrastructure|stack"),
    (r"data pipeline", r"collect|ingest", r"clean", r"transform", r"train"),
    (r"cloud", r"scal|demand", r"flexib", r"cost|pay", r"managed|service"),
    (r"interpretab", r"trust", r"transparen|insight"),
    (r"feature engineering", r"interaction", r"categor"),
    (r"regularization.*overfitting", r"\bL1\b", r"\bL2\b", r"penalt", r"simpl"),
    (r"bagging.*boosting", r"independent|parallel", r"sequen|one after", r"averag", r"weight"),
    (r"bias.variance", r"underfit", r"overfit", r"generaliz|unseen|new data"),
    (r"cross-validation", r"fold|subset", r"estimate", r"overfit"),
    (r"deep learning", r"hierarch|layer", r"automatic|by itself|themselves", r"image", r"speech"),
]


def named(question):
    return question.slug


def test_it_has_24_questions_with_a_subject_each():
    assert len(BANK.questions) == len(SUBJECTS) == 24


@pytest.mark.parametrize("place", range(24))
def test_questions_come_in_order_and_carry_what_they_are_about(place):
    question, (asked, *facts) = BANK.questions[place], SUBJECTS[place]
    assert re.search(asked, question.prompt, re.IGNORECASE), question.prompt
    text = "\n".join((question.answer, question.example_answer, *question.key_points))
    assert [fact for fact in facts if not re.search(fact, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("question", BANK.questions, ids=named)
def test_each_question_keeps_the_rules_of_shipped_questions(question):
    assert faults_of_question(question) == []


def test_the_topics_are_four_to_six_and_all_are_used():
    assert 4 <= len(BANK.topics) <= 6
    assert faults_of_topics(BANK) == []


def test_all_three_difficulties_are_used():
    assert {question.difficulty for question in BANK.questions} == {1, 2, 3}


def interview(slug):
    (found,) = (interview for interview in BANK.interviews if interview.slug == slug)
    return found


def test_the_screening_draws_with_a_clock_each_and_takes_a_quarter_of_an_hour():
    screening = interview("screening")
    assert screening.timing == "per_question"
    (slot,) = screening.slots
    assert (slot.question, slot.topic) == (None, None)
    assert slot.count * slot.seconds == 15 * 60


def test_the_full_interview_asks_all_24_in_order_on_one_clock():
    full = interview("full-interview")
    assert full.timing == "total"
    assert [slot.question for slot in full.slots] == [q.slug for q in BANK.questions]


@pytest.mark.parametrize("topic", BANK.topics, ids=lambda topic: topic.slug)
def test_each_topic_has_an_interview_of_all_its_questions(topic):
    (slot,) = interview(topic.slug).slots
    questions = [q for q in BANK.questions if q.topic == topic.slug]
    assert (slot.topic, slot.count, slot.difficulty) == (topic.slug, len(questions), (1, 3))


@pytest.mark.parametrize("topic", BANK.topics, ids=lambda topic: topic.slug)
def test_the_clock_of_a_topic_is_the_sum_of_its_questions(topic):
    suggested = sum(q.seconds for q in BANK.questions if q.topic == topic.slug)
    assert interview(topic.slug).seconds == pytest.approx(suggested, abs=60)


def test_the_clock_of_the_full_interview_is_near_the_sum_of_its_questions():
    suggested = sum(question.seconds for question in BANK.questions)
    assert interview("full-interview").seconds == pytest.approx(suggested, rel=0.1)


@pytest.mark.parametrize("interview", BANK.interviews, ids=named)
def test_good_answers_can_be_typed_in_every_interview_whatever_it_draws(interview):
    shipped = joined(read_bank(path.read_text(encoding="utf-8")) for path in SHIPPED_BANKS)
    assert faults_of_interview(interview, shipped.questions) == []


@pytest.mark.parametrize("question", BANK.questions, ids=named)
def test_each_key_point_comes_with_ways_to_say_it_and_to_miss_it(question):
    assert len(question.phrasings) == len(question.key_points)
    for phrasing in question.phrasings:
        assert len(phrasing.also_said_as) >= 8
        assert len(phrasing.not_to_be_confused_with) >= 5
