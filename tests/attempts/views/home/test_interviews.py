"""The interviews to choose from: formats and topics, and the minutes of each."""

import pytest

from attempts.views.home.interviews import Choice, interview_choices, sections, shortest
from questions.models import Interview, Slot, Timing
from tests.factories import InterviewFactory, TopicFactory, interview_of, published_question

pytestmark = pytest.mark.django_db

TOTAL, EACH = Timing.TOTAL.value, Timing.PER_QUESTION.value


def drawing(*slots: dict, **fields) -> Interview:
    """An interview with these slots, per-question timing unless said otherwise."""
    interview = InterviewFactory(**fields)
    for position, slot in enumerate(slots, start=1):
        Slot.objects.create(interview=interview, position=position, **slot)
    return interview


def only() -> Choice:
    (choice,) = interview_choices()
    return choice


def test_the_active_ones_with_a_slot_are_there_in_their_order():
    second, first = interview_of(1, position=2), interview_of(2, position=1)
    interview_of(1, is_active=False)
    InterviewFactory()
    choices = interview_choices()
    assert [(c.interview, c.questions) for c in choices] == [(first, 2), (second, 1)]


@pytest.mark.parametrize(
    ("fields", "slots", "minutes", "is_exact"),
    [
        ({"timing": TOTAL, "seconds": 600}, [{"count": 4}], 10, True),
        ({"timing": TOTAL, "seconds": 600, "think_seconds": 30}, [{"count": 4}], 12, True),
        ({}, [{"count": 5, "seconds": 180}], 15, True),
        ({"think_seconds": 60}, [{"count": 5, "seconds": 180}], 20, True),
        ({}, [{"count": 1, "seconds": 90}, {"count": 2, "seconds": 60}], 4, True),  # 3.5
        # The bank's questions have 120 and 240 seconds.
        ({}, [{"count": 2}], 6, False),
        ({}, [{"count": 2, "difficulty_from": 3, "difficulty_to": 3}], 8, False),
        ({}, [{"count": 2, "difficulty_from": 2, "difficulty_to": 2}], 6, False),  # there is none
    ],
)
def test_its_minutes(fields, slots, minutes, is_exact):
    published_question(seconds=120, difficulty=1)
    published_question(seconds=240, difficulty=3)
    drawing(*slots, **fields)
    assert (only().minutes, only().is_exact) == (minutes, is_exact)


@pytest.mark.parametrize(
    ("follow_ups", "each", "length"),
    [(0, 60, "15 min"), (1, 36, "15 to 18 min"), (2, 60, "15 to 25 min"), (1, 1, "15 to 16 min")],
)
def test_follow_ups_can_make_it_longer(follow_ups, each, length):
    slot = {"count": 5, "seconds": 180}
    drawing(slot, follow_ups=follow_ups, follow_up_seconds=each, name="Ours: screening")
    assert only().length == length
    if follow_ups:
        assert only().start == f"Start screening ({length})"


def test_the_minutes_of_a_topics_questions_are_those_of_its_own():
    topic = TopicFactory()
    published_question(topic, seconds=60)
    published_question(seconds=600)
    drawing({"count": 3, "topic": topic})
    assert only().length == "about 3 min"


def test_a_fixed_question_brings_its_own_seconds():
    drawing({"question": published_question(seconds=90)})
    assert only().length == "2 min"


def test_an_interview_is_a_topic_if_all_its_questions_are_of_one():
    topic, other = TopicFactory(), TopicFactory()
    rows = [
        ([{"topic": topic, "count": 3}], True),
        ([{"topic": topic}, {"question": published_question(topic)}], True),
        ([{"topic": topic}, {"topic": other}], False),
        ([{"topic": topic}, {"question": published_question(other)}], False),
        ([{"topic": topic}, {}], False),
        ([{}], False),
    ]
    for position, (slots, _) in enumerate(rows):
        drawing(*slots, position=position)
    assert [choice.is_topic for choice in interview_choices()] == [is_topic for _, is_topic in rows]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], {}),
        (["Screening"], {"Interviews": ["Screening"]}),
        (["*A"], {"One topic": ["*A"]}),
        (["A: one", "*A", "A: two"], {"Interviews": ["A: one", "A: two"], "One topic": ["*A"]}),
        (["*B", "Screening"], {"Interviews": ["Screening"], "One topic": ["*B"]}),
        (
            ["A: one", "*A", "Own", "*C", "B: one", "B: two", "*B"],
            {
                "Interviews": ["A: one", "Own", "B: one", "B: two"],
                "A: one topic": ["*A", "*C"],
                "B: one topic": ["*B"],
            },
        ),
        (
            ["*C", "A: one", "*A", "B: one", "*B", "A: two", "*D"],
            {
                "Interviews": ["A: one", "B: one", "A: two"],
                "One topic": ["*C"],
                "A: one topic": ["*A", "*D"],
                "B: one topic": ["*B"],
            },
        ),
    ],
)
def test_topics_are_headed_by_the_formats_that_they_come_after(names, expected):
    """A star: all questions are of one topic."""
    choices = [
        Choice(InterviewFactory.build(name=name), 3, 60, is_topic=name.startswith("*"))
        for name in names
    ]
    found = sections(choices)
    assert {head: [c.interview.name for c in group] for head, group in found.items()} == expected
    assert list(found) == list(expected)


def test_a_first_time_begins_with_the_shortest_format():
    topic = Choice(InterviewFactory.build(), 3, 60, is_topic=True)
    long, short = (Choice(InterviewFactory.build(), 3, seconds) for seconds in (900, 600))
    assert shortest([topic, long, short]) == short
    assert shortest([topic]) == topic
    assert shortest([]) is None


@pytest.mark.parametrize(
    ("name", "seconds", "label"),
    [
        ("ML infrastructure: screening", 900, "Start a 15-minute screening"),
        ("Reproducibility", 360, "Start a 6-minute interview"),
        ("Reproducibility", 480, "Start an 8-minute interview"),
        ("Reproducibility", 641, "Start an 11-minute interview"),
        ("Reproducibility", 1080, "Start an 18-minute interview"),
        ("Reproducibility", 4800, "Start an 80-minute interview"),
        ("Ratio 3:1", 3600, "Start a 60-minute interview"),
    ],
)
def test_the_button_says_what_it_leads_to(name, seconds, label):
    assert Choice(InterviewFactory.build(name=name), 5, seconds).start == label


def test_many_interviews_take_one_statement(django_assert_num_queries):
    for _ in range(12):
        drawing({"question": published_question()}, {"count": 2}, {"topic": TopicFactory()})
    with django_assert_num_queries(1):
        assert len(interview_choices()) == 12
