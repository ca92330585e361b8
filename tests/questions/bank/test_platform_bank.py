"""The platform bank keeps the rules of shipped questions, and covers the loop that it is for."""

from collections import Counter

import pytest

from questions.formats import joined, read_bank
from questions.management.commands.seed_questions import PLATFORM_BANK, SHIPPED_BANKS
from questions.rules.prompts import prompt_key
from tests.questions.bank.shipped_rules import (
    faults_of_interview,
    faults_of_question,
    faults_of_topics,
)

BANK = read_bank(PLATFORM_BANK.read_text(encoding="utf-8"))
SHIPPED = joined(read_bank(path.read_text(encoding="utf-8")) for path in SHIPPED_BANKS)
QUESTIONS_ABOUT = {
    "distributed-training": 10,
    "gpus": 8,
    "kubernetes-and-scheduling": 9,
    "serving": 9,
    "llm-serving": 11,
    "vectors-and-retrieval": 4,
    "data-platform": 9,
    "features": 6,
    "delivery-and-reproducibility": 8,
    "monitoring-and-incidents": 8,
    "evaluation-and-experiments": 6,
    "cost-and-capacity": 4,
    "security-and-privacy": 4,
}


def named(record):
    return record.slug


def interview(slug):
    (found,) = (interview for interview in BANK.interviews if interview.slug == slug)
    return found


def test_it_covers_the_loop_of_a_platform_engineer():
    assert Counter(question.topic for question in BANK.questions) == QUESTIONS_ABOUT
    assert faults_of_topics(BANK) == []


def test_a_fifth_is_easy_nearly_half_is_medium_and_a_third_is_hard():
    levels = Counter(question.difficulty for question in BANK.questions)
    shares = {level: levels[level] / len(BANK.questions) for level in (1, 2, 3)}
    assert shares == pytest.approx({1: 0.20, 2: 0.45, 3: 0.35}, abs=0.03)


@pytest.mark.parametrize("question", BANK.questions, ids=named)
def test_each_question_keeps_the_rules_of_shipped_questions(question):
    assert faults_of_question(question) == []
    assert len(question.key_points) >= 4


def test_no_two_shipped_questions_ask_the_same():
    prompts = Counter(prompt_key(question.prompt) for question in SHIPPED.questions)
    assert [prompt for prompt, times in prompts.items() if times > 1] == []


@pytest.mark.parametrize("interview", BANK.interviews, ids=named)
def test_good_answers_can_be_typed_in_every_interview_whatever_it_draws(interview):
    assert faults_of_interview(interview, SHIPPED.questions) == []


@pytest.mark.parametrize("topic", BANK.topics, ids=named)
def test_each_topic_has_an_interview_of_all_its_questions(topic):
    of_topic = interview(topic.slug)
    (slot,) = of_topic.slots
    asked = (slot.topic, slot.count, slot.difficulty)
    assert asked == (topic.slug, QUESTIONS_ABOUT[topic.slug], (1, 3))
    suggested = sum(q.seconds for q in BANK.questions if q.topic == topic.slug)
    assert of_topic.seconds == pytest.approx(suggested, abs=60)


def test_the_screening_asks_five_and_follows_up_once():
    screening = interview("platform-screening")
    assert (screening.timing, screening.follow_ups) == ("per_question", 1)
    assert sum(slot.count for slot in screening.slots) == 5


def test_the_senior_loop_asks_four_hard_ones_and_follows_up_twice():
    loop = interview("platform-senior-loop")
    assert (loop.timing, loop.follow_ups) == ("per_question", 2)
    assert [(slot.count, slot.difficulty) for slot in loop.slots] == [(1, (3, 3))] * 4


def test_the_mixed_hour_takes_an_hour_and_asks_nothing_twice_of_a_topic():
    hour = interview("platform-mixed-hour")
    assert (hour.timing, hour.seconds) == ("total", 3600)
    topics = [slot.topic for slot in hour.slots for _ in range(slot.count)]
    assert len(topics) == len(set(topics)) >= 10
