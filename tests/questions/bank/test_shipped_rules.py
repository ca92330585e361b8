"""The rules of shipped banks find what they are for, in a small bank that keeps them."""

import uuid
from dataclasses import replace

import pytest

from questions.formats import (
    Bank,
    InterviewRecord,
    PhrasingRecord,
    QuestionRecord,
    SlotRecord,
    TopicRecord,
)
from tests.questions.bank.shipped_rules import (
    faults_of_interview,
    faults_of_question,
    faults_of_topics,
)

POINTS = tuple(f"The {n} point says one thing in nine words." for n in ("first", "second", "third"))
SAID = PhrasingRecord(tuple("abcdef"), tuple("ghij"))
GOOD = QuestionRecord(
    uid=uuid.UUID("817662ef-cc00-429a-a7df-1a928d21f1b3"),
    slug="drift",
    topic="data",
    difficulty=2,
    seconds=120,
    prompt="What is drift?",
    answer="It is.",
    how_to_answer="Calmly.",
    example_answer="I saw it.",
    short_example="word " * 50,
    key_points=POINTS,
    follow_ups=("Why?", "And then?", "Who?"),
    phrasings=(SAID,) * 3,
    common_mistakes=("Saying so.", "Forgetting it."),
    sources=("A: B",),
)
TOTAL = InterviewRecord("all", "All", "", "total", 300, 0, (SlotRecord(topic="data", count=1),))
EACH = replace(TOTAL, timing="per_question", seconds=None)


def test_a_good_question_has_no_fault():
    assert faults_of_question(GOOD) == []


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": "A job hangs.\nWhy does it"},
        {"prompt": "A job of eight workers\nhangs. Why?"},
        {"answer": " "},
        {"short_example": ""},
        {"short_example": "word " * 39},
        {"short_example": "word " * 66},
        {"answer": "Calmly."},
        {"example_answer": "One sees it."},
        {"difficulty": 4},
        {"seconds": 150},
        {"seconds": 90},
        {"uid": uuid.UUID(int=1)},
        {"key_points": (*POINTS[:2], "The second point says one thing in nine words")},
        {"key_points": POINTS[:2], "follow_ups": ("Why?", "Who?"), "phrasings": (SAID,) * 2},
        {"follow_ups": ()},
        {"follow_ups": ("Why?", "", "Who?")},
        {"follow_ups": ("Why?", "Tell me.", "Who?")},
        {"follow_ups": ("Why?", "so " * 25 + "?", "Who?")},
        {"common_mistakes": ("Saying so.",)},
        {"common_mistakes": ("Saying so.", "b", "c")},
        {"sources": ()},
        {"sources": ("a", "b", "c")},
        {"phrasings": (SAID,) * 2},
        {"phrasings": (SAID, SAID, PhrasingRecord(tuple("abc"), tuple("ghij")))},
        {"phrasings": (SAID, SAID, PhrasingRecord(tuple("abcd"), tuple("gh")))},
    ],
)
def test_each_rule_finds_what_breaks_it(change):
    assert faults_of_question(replace(GOOD, **change)) != []


@pytest.mark.parametrize(
    ("interview", "count"),
    [
        (TOTAL, 0),
        (replace(TOTAL, seconds=60), 1),
        (EACH, 0),
        (replace(EACH, slots=(SlotRecord(question="drift", seconds=60),)), 1),
        (replace(EACH, slots=(SlotRecord(question="else"),)), 1),
        (replace(EACH, slots=(SlotRecord(count=2),)), 1),
        (replace(EACH, slots=(SlotRecord(difficulty=(3, 3)),)), 1),
    ],
)
def test_an_interview_has_the_questions_and_the_time_for_them(interview, count):
    assert len(faults_of_interview(interview, (GOOD,))) == count


def test_topics_and_questions_belong_together():
    topic = TopicRecord("data", "Data")
    assert faults_of_topics(Bank((topic,), (GOOD,))) == []
    assert faults_of_topics(Bank((topic, TopicRecord("more", "More")), (GOOD,))) == ["more"]
    assert faults_of_topics(Bank((), (GOOD,))) == ["data"]
