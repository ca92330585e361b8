"""Topics that a file renames: its rows name them as the file does, and never a refused name."""

import json

import pytest

from questions.exchange.plan import Choices, ImportFile, Outcome, plan_import
from questions.formats import read_file
from questions.models import Question, Topic
from tests.factories import TopicFactory
from tests.questions.exchange.imports import RAW, run

pytestmark = pytest.mark.django_db
PROMPT = {"prompt": "What is drift?", "key_points": ["It changes."]}


@pytest.fixture(autouse=True)
def three_topics(data):
    for slug in ("ops", "kept"):
        TopicFactory(slug=slug, name=slug.capitalize())


def file_of_topics(topics: dict[str, str], **row) -> ImportFile:
    """A file that lists topics by slug, with one question."""
    listed = [{"slug": slug, "name": name} for slug, name in topics.items()]
    document = {"topics": listed, "questions": [{**PROMPT, **row}]}
    return ImportFile("bank.json", read_file("bank.json", json.dumps(document).encode()))


REFUSED = [
    ({"data": "Kept"}, "Kept"),
    ({"data": "Kept"}, "KEPT"),
    ({"data": "Ops", "ops": "Kept"}, "Ops"),
    ({"ops": "Kept", "data": "Ops"}, "Ops"),
    ({"data": "Kept", "new": "Data"}, "Data"),
    ({"new": "Data", "data": "Kept"}, "Data"),
    ({"kept": "Kept", "data": "Kept"}, "Kept"),
    ({"data": "Kept", "new": "Data", "kept": "Kept"}, "Data"),
    ({"data": "New", "ops": "New"}, "New"),
]


@pytest.mark.parametrize("column", ["topic_name", "topic"])
@pytest.mark.parametrize(("topics", "named"), REFUSED)
def test_a_name_that_a_refused_topic_would_get_names_no_topic(topics, named, column):
    file = file_of_topics(topics, **{column: named})
    plan = plan_import(file)
    assert Outcome.WRONG in {row.outcome for row in plan.topics}
    (row,) = plan.rows
    assert [mistake.column for mistake in row.mistakes] == [column]
    names = set(Topic.objects.values_list("slug", "name"))
    run(file, valid_rows=True)
    assert not Question.objects.exists()
    assert set(Topic.objects.values_list("slug", "name")) - names <= {("data", "New")}


@pytest.mark.parametrize("topics", [{"data": "Kept"}, {"data": "Ops", "ops": "Kept"}])
def test_the_slug_and_the_old_name_still_name_a_topic_that_keeps_its_name(topics):
    for row in ({"topic": "data"}, {"topic_name": "Data"}):
        file = file_of_topics(topics, **row)
        (planned,) = plan_import(file).rows
        assert (planned.outcome, planned.question.topic) == (Outcome.NEW, "data")


@pytest.mark.parametrize(
    ("topics", "named", "slug"),
    [
        ({"data": "Ops", "ops": "Data"}, "Data", "ops"),
        ({"data": "Ops", "ops": "Data"}, "Ops", "data"),
        ({"data": "Ops", "ops": "Kept", "kept": "Data"}, "Kept", "ops"),
        ({"data": "Facts"}, "Facts", "data"),
        ({"data": "Facts", "new": "Data"}, "Data", "new"),
    ],
)
def test_rows_name_topics_as_the_file_calls_them(topics, named, slug):
    run(file_of_topics(topics, topic_name=named))
    assert Question.objects.get().topic.slug == slug
    assert Topic.objects.get(slug=slug).name == named


def test_who_may_not_rename_topics_gets_no_row_into_another_topic():
    file = file_of_topics({"data": "Ops", "ops": "Facts"}, topic_name="Ops")
    plan = plan_import(ImportFile(file.name, file.content, may_change_topics=False))
    assert [row.outcome for row in plan.topics] == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert [mistake.column for mistake in plan.rows[0].mistakes] == ["topic_name"]


def test_a_topic_that_is_known_by_its_old_slug_gives_no_row_to_another_one():
    Topic.objects.filter(slug="data").update(slug="facts", name="Facts")
    TopicFactory(slug="other", name="Data")
    (row,) = plan_import(file_of_topics({"data": "Data"}, topic_name="Data")).rows
    assert [mistake.column for mistake in row.mistakes] == ["topic_name"]


def test_an_old_name_that_nobody_takes_over_still_names_its_topic():
    run(file_of_topics({"data": "Facts"}, topic_name="Data"))
    assert Question.objects.get().topic == Topic.objects.get(slug="data", name="Facts")


def test_a_slot_names_no_topic_by_a_refused_name():
    interview = {"slug": "new", "name": "New", "timing": "per_question"}
    document = {
        "topics": [{"slug": "data", "name": "Ops"}, {"slug": "ops", "name": "Kept"}],
        "questions": [{**RAW, "topic": "data"}],
        "interviews": [{**interview, "slots": [{"topic": "Ops"}]}],
    }
    content = read_file("bank.json", json.dumps(document).encode())
    (row,) = plan_import(ImportFile("bank.json", content)).interviews
    assert [mistake.column for mistake in row.mistakes] == ["slots"]


def test_a_refused_name_is_not_added_as_a_topic_either():
    file = file_of_topics({"data": "Ops", "ops": "Kept"}, topic_name="Ops")
    every = ImportFile(file.name, file.content, choices=Choices(add_all_topics=True))
    plan = plan_import(every)
    assert (plan.rows[0].outcome, plan.new_topics) == (Outcome.WRONG, ())
