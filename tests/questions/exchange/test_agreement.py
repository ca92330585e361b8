"""An editor agrees to what the preview shows: to another plan the agreement does not count."""

import json

import pytest

from questions.exchange.apply import Refused
from questions.exchange.plan import Choices, ImportFile, plan_import
from questions.formats import read_file
from questions.models import Interview, Question, Status
from tests.factories import TopicFactory, published_question
from tests.questions.exchange.imports import RAW, run

pytestmark = pytest.mark.django_db
SLOTS = [{"question": "drift"}, {"topic": "data", "difficulty": [1, 2], "count": 1}]
INTERVIEW = {
    "slug": "new",
    "name": "New",
    "timing": "per_question",
    "slots": SLOTS,
    "is_active": True,
}
DOCUMENT = {"topics": [], "questions": [RAW], "interviews": [INTERVIEW]}


def file_with(**changed) -> ImportFile:
    """A file with a new question and a new interview; `changed` replaces what the latter says."""
    document = {**DOCUMENT, "interviews": [{**INTERVIEW, **changed}]}
    return _file(document)


def _file(document: dict) -> ImportFile:
    content = read_file("bank.json", json.dumps(document).encode())
    return ImportFile("bank.json", content, choices=Choices(as_in_file=True))


@pytest.fixture
def asked(data):
    """A question of the bank that the new interview asks."""
    TopicFactory(slug="ops", name="Operations")
    return published_question(data, prompt="What is skew?")


def test_the_same_file_and_bank_have_the_same_fingerprint(asked):
    file = file_with(slots=[*SLOTS, {"question": asked.slug}])
    seen = plan_import(file).fingerprint
    published_question(asked.topic)  # which the file does not touch
    assert run(file, expected=seen) == 1
    assert [slot.count for slot in Interview.objects.get().slots.all()] == [1, 1, 1]


@pytest.mark.parametrize(
    "changed",
    [
        {"slots": SLOTS[:1]},
        {"slots": SLOTS[::-1]},
        {"slots": [SLOTS[0], {**SLOTS[1], "count": 2}]},
        {"slots": [SLOTS[0], {**SLOTS[1], "difficulty": [1, 3]}]},
        {"slots": [SLOTS[0], {**SLOTS[1], "topic": "ops"}]},
        {"slots": [SLOTS[0], {**SLOTS[1], "topic": None}]},
        {"slots": [{**SLOTS[0], "seconds": 30}, SLOTS[1]]},
        {"name": "Newer"},
        {"slug": "newer"},
        {"description": "Fast."},
        {"timing": "total", "seconds": 900},
        {"think_seconds": 5},
        {"is_active": False},
    ],
)
def test_another_new_interview_in_the_file_is_another_plan(asked, changed):
    seen = plan_import(file_with()).fingerprint
    with pytest.raises(Refused, match="Please check it again"):
        run(file_with(**changed), expected=seen)
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"prompt": "What is data drift?"},
        {"answer": "The data changes."},
        {"key_points": ["It moves."]},
        {"difficulty": 3},
        {"seconds": 30},
        {"slug": "data-drift"},
        {"uid": "817662ef-cc00-429a-a7df-1a928d21f1b3"},
        {"phrasings": [{"also_said_as": ["It moves."], "not_to_be_confused_with": []}]},
    ],
)
def test_another_new_question_in_the_file_is_another_plan(asked, changed):
    seen = plan_import(_file({"topics": [], "questions": [RAW]})).fingerprint
    with pytest.raises(Refused, match="Please check it again"):
        run(_file({"topics": [], "questions": [{**RAW, **changed}]}), expected=seen)
    assert Question.objects.get() == asked


def _other_has_the_slug(asked):
    slug = asked.slug
    Question.objects.filter(pk=asked.pk).update(slug="other")
    other = published_question(asked.topic)
    Question.objects.filter(pk=other.pk).update(slug=slug)


@pytest.mark.parametrize(
    "change",
    [
        _other_has_the_slug,
        lambda asked: Question.objects.filter(pk=asked.pk).update(status=Status.DRAFT),
        lambda asked: type(asked.topic).objects.filter(slug="ops").update(slug="operations"),
    ],
    ids=["slug of another question", "draft", "renamed topic"],
)
def test_what_changes_in_the_bank_under_a_new_interview_is_another_plan(asked, change):
    file = file_with(slots=[{"question": asked.slug}, {"topic": "ops"}])
    seen = plan_import(file).fingerprint
    change(asked)
    with pytest.raises(Refused, match="Please check it again"):
        run(file, expected=seen)
    assert not Interview.objects.exists()
