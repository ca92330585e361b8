"""Follow-ups, mistakes and sources in a file that changes a question, and those of interviews."""

import json

import pytest

from questions.exchange.export import export_bank
from questions.exchange.plan import Choices, Outcome
from questions.models import Interview, Timing
from tests.factories import interview_of, published_question
from tests.questions.exchange.imports import RAW, file_of, mistakes_of, plan_file, planned, run
from tests.questions.exchange.test_whole_bank import whole_file

pytestmark = pytest.mark.django_db

POINTS = ["It goes up and down.", "It costs more."]


@pytest.fixture
def question(data):
    return published_question(data, key_points=POINTS, follow_ups=["Where to?", "For whom?"])


def row_of(question, **raw) -> dict:
    return {"uid": str(question.uid), **raw}


def follow_ups_after(question, **raw) -> list[str]:
    run(file_of(row_of(question, **raw)))
    question.refresh_from_db()
    return question.current_version.follow_ups


def test_a_file_that_does_not_say_them_changes_nothing(question):
    assert planned(row_of(question, key_points=POINTS)).outcome == Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"key_points": POINTS[::-1]}, ["For whom?", "Where to?"]),
        ({"key_points": ["It went up and down.", POINTS[1]]}, ["Where to?", "For whom?"]),
        ({"key_points": ["Something else.", POINTS[1]]}, ["", "For whom?"]),
        ({"key_points": [POINTS[1]]}, ["For whom?"]),
        ({"key_points": ["Something else."]}, []),
        ({"follow_ups": "2: Who pays?"}, ["", "Who pays?"]),
        ({"follow_ups": ["Why?"]}, ["Why?", ""]),
        ({"follow_ups": ["", "Where to?"]}, ["", "Where to?"]),
        ({"follow_ups": []}, []),
        ({"key_points": [*POINTS, "New."], "follow_ups": ["", "", "Who?"]}, ["", "", "Who?"]),
    ],
)
def test_follow_ups_are_in_step_with_the_key_points(question, raw, expected):
    row = planned(row_of(question, **raw))
    changed = {change.field for change in row.changes}
    assert ("follow_ups" in changed) == (expected != ["Where to?", "For whom?"])
    assert row.changes_texts
    assert follow_ups_after(question, **raw) == expected
    assert planned(row_of(question, **raw)).outcome == Outcome.UNCHANGED


def test_a_change_names_the_key_point_of_each(question):
    (change,) = planned(row_of(question, follow_ups=["", "For whom?"])).changes
    assert (change.old, change.new) == ("1: Where to?\n2: For whom?", "2: For whom?")


def test_follow_ups_to_more_points_than_there_are_are_refused(question):
    row = planned(row_of(question, follow_ups=["a?", "b?", "c?"]))
    assert mistakes_of(row) == [("follow_ups", "has follow-ups to more than 2 key points")]
    new = planned({**RAW, "follow_ups": ["a?", "b?"]})
    assert mistakes_of(new) == [("follow_ups", "has 2 entries for 1 key points")]


def test_a_new_question_arrives_with_all_of_them(data):
    said = {
        "short_example": "It moves.",
        "follow_ups": ["Where to?"],
        "common_mistakes": ["Saying that it stays."],
        "sources": ["A: B"],
    }
    run(file_of({**RAW, **said}))
    texts = data.questions.get().current_version.texts()
    assert {name: texts[name] for name in said} == said


@pytest.mark.parametrize("name", ["short_example", "common_mistakes", "sources"])
def test_each_other_text_is_a_change_of_the_texts(question, name):
    row = planned(row_of(question, **{name: "It moves."}))
    assert ([change.field for change in row.changes], row.changes_texts) == ([name], True)


def test_a_wrong_list_is_named_with_its_place_in_a_bank_file(data):
    document = {"questions": [{**RAW, "uid": None, "follow_ups": ["a?", "b?"]}]}
    (row,) = plan_file("bank.json", json.dumps(document).encode()).rows
    assert (row.place, mistakes_of(row)) == (
        "entry 1",
        [("follow_ups", "has 2 entries for 1 key points")],
    )


# --- interviews ------------------------------------------------------------------------------


def with_interview(data: bytes, *removed, **change) -> bytes:
    document = json.loads(data)
    (interview,) = document["interviews"]
    for field in removed:
        del interview[field]
    interview.update(change)
    return json.dumps(document).encode()


@pytest.fixture
def exported():
    interview_of(1, follow_ups=2, follow_up_seconds=45)
    return export_bank("json")


def after(data: bytes) -> Interview:
    run(whole_file(data, choices=Choices(as_in_file=True)))
    return Interview.objects.get()


def test_the_follow_ups_of_an_interview_come_back(exported):
    Interview.objects.update(follow_ups=0, follow_up_seconds=60)
    interview = after(exported)
    assert (interview.follow_ups, interview.follow_up_seconds) == (2, 45)


def test_a_file_from_before_leaves_them_as_they_are(exported):
    interview = after(with_interview(exported, "follow_ups", "follow_up_seconds", name="New"))
    assert (interview.name, interview.follow_ups, interview.follow_up_seconds) == ("New", 2, 45)


def test_one_clock_for_all_takes_them_away(exported):
    change = {"timing": "total", "seconds": 600}
    interview = after(with_interview(exported, "follow_ups", **change))
    assert (interview.timing, interview.follow_ups) == (Timing.TOTAL, 0)


def test_with_one_clock_for_all_they_are_a_mistake(exported):
    change = {"timing": "total", "seconds": 600, "follow_ups": 1}
    (row,) = plan_file("bank.json", with_interview(exported, **change)).interviews
    assert mistakes_of(row) == [("follow_ups", "need per-question timing")]
