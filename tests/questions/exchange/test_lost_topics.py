"""Topics that rows name and the bank lacks: each is named, and can be added."""

import pytest

from questions.exchange.plan import Choices, Outcome
from questions.exchange.whole_file import MOST_NAMED
from questions.formats import TopicRecord, read_file
from questions.models import Question, Topic
from tests.factories import TopicFactory, published_question
from tests.questions.exchange.imports import RAW, file_of, plan_file, plan_of, planned, run

pytestmark = pytest.mark.django_db
CSV = b"""prompt,answer,topic
What is a NIC?,A network card.,Networks
What is RDMA?,Memory access over the network.,Networks
What is a lock file?,Exact versions and hashes.,Reproducibility
"""
MOODLE = b"""<quiz>
<question type="category"><category><text>$course$/top/Serving/Networks</text></category></question>
<question type="essay"><name><text>Latency</text></name>
<questiontext format="html"><text>What is tail latency?</text></questiontext></question>
</quiz>"""


@pytest.fixture
def other():
    return TopicFactory(slug="other", name="Everything else")


@pytest.mark.parametrize(
    ("name", "content", "lost"),
    [
        ("x.csv", CSV, {"Networks": 2, "Reproducibility": 1}),
        ("x.csv", CSV.replace(b",topic", b",topic_name"), {"Networks": 2, "Reproducibility": 1}),
        ("x.xml", MOODLE, {"Networks": 1}),
        ("x.gift", b"$CATEGORY: $course$/top/Serving/Networks\n\n::Q:: Why? {}", {"Networks": 1}),
        ("x.yaml", b"questions: [{prompt: Why?, topic: networks}]", {"networks": 1}),
    ],
)
def test_rows_of_a_topic_that_there_is_not_name_it_and_where_they_go(name, content, lost, other):
    plan = plan_file(name, content, fallback_topic=other)
    assert {topic.name: topic.rows for topic in plan.lost_topics} == lost
    assert {topic.to for topic in plan.lost_topics} == {("Everything else",)}
    assert {row.topic_name for row in plan.rows} == {"Everything else"}
    assert {row.lost_topic for row in plan.rows} == set(lost)
    assert plan.counts["wrong"] == 0


def test_without_a_fallback_they_are_wrong_and_can_be_added():
    plan = plan_file("x.csv", CSV)
    assert plan.counts["wrong"] == 3
    assert [(topic.rows, topic.wrong) for topic in plan.lost_topics] == [(2, 2), (1, 1)]
    assert "add that topic" in plan.rows[0].mistakes[0].fix
    chosen = Choices(add_topics=frozenset({"networks"}))
    plan = plan_file("x.csv", CSV, choices=chosen)
    assert plan.new_topics == (TopicRecord("networks", "Networks"),)
    assert [row.topic_name for row in plan.rows if not row.mistakes] == ["Networks", "Networks"]
    assert [topic.name for topic in plan.lost_topics] == ["Reproducibility"]


def test_added_topics_are_written_with_the_questions_in_them(other):
    content = read_file("x.csv", CSV)
    file = file_of(fallback_topic=other, choices=Choices(add_all_topics=True))
    assert run(type(file)("x.csv", content, choices=file.choices)) == 3
    assert set(Topic.objects.values_list("slug", "questions__slug")) >= {
        ("networks", "what-is-a-nic"),
        ("networks", "what-is-rdma"),
        ("reproducibility", "what-is-a-lock-file"),
    }
    again = plan_file("x.csv", CSV, choices=file.choices)
    assert (again.to_write, again.lost_topics, again.new_topics) == (0, (), ())


@pytest.mark.parametrize(
    ("named", "slug", "name"),
    [
        ({"topic": "machine-learning"}, "machine-learning", "Machine learning"),
        ({"topic_name": "Machine learning"}, "machine-learning", "Machine learning"),
        ({"topic_name": "机器学习"}, "topic", "机器学习"),
        ({"topic": "C++"}, "c-2", "C++"),
        ({"topic": "ML Ops / 2"}, "ml-ops-2", "ML Ops / 2"),
    ],
)
def test_an_added_topic_gets_a_slug_and_a_name(named, slug, name):
    TopicFactory(slug="c", name="C")
    choices = Choices(add_all_topics=True)
    plan = plan_of({"prompt": "Why?", **named}, choices=choices)
    assert plan.new_topics == (TopicRecord(slug, name),)
    assert list(plan.added.values()) == [name]


def test_two_spellings_of_a_topic_add_one():
    rows = [{"prompt": f"{n}?", **named} for n, named in enumerate(
        [{"topic": "deep-learning"}, {"topic_name": "Deep  Learning"}, {"topic": "Deep learning"}]
    )]  # fmt: skip
    plan = plan_of(*rows, choices=Choices(add_all_topics=True))
    assert plan.new_topics == (TopicRecord("deep-learning", "Deep learning"),)
    assert plan.counts["new"] == 3


def test_who_may_not_add_topics_is_offered_none(other):
    options = {"may_add_topics": False, "choices": Choices(add_all_topics=True)}
    row = planned({**RAW, "topic": "networks"}, fallback_topic=other, **options)
    assert (row.topic_name, row.lost_topic) == ("Everything else", "networks")
    plan = plan_of({**RAW, "topic": "networks"}, **options)
    assert (plan.counts["wrong"], plan.may_add_topics) == (1, False)


def test_a_known_question_stays_where_it_is_and_that_is_said(data, other):
    question = published_question(data)
    row = {"uid": str(question.uid), "topic_name": "Networks", "seconds": 7}
    plan = plan_of(row, fallback_topic=other)
    assert [change.field for change in plan.rows[0].changes] == ["seconds"]
    assert (plan.rows[0].topic_name, plan.lost_topics[0].to) == ("Data", ("Data",))
    moved = plan_of(row, choices=Choices(add_topics=frozenset({"Networks"}))).rows[0]
    assert [change.field for change in moved.changes] == ["topic", "seconds"]


def test_a_topic_of_another_name_is_said(data):
    plan = plan_of({**RAW, "topic": "data", "topic_name": "Daten"})
    assert "The topic data is called “Daten” in the file. Here it stays “Data”." in plan.notes


def test_a_topic_whose_slug_was_renamed_is_known_by_the_old_one(data):
    Topic.objects.filter(pk=data.pk).update(slug="all-data")
    assert planned(RAW).question.topic == "all-data"
    Topic.objects.filter(pk=data.pk).update(slug="every-data")
    assert planned({**RAW, "topic": "all-data"}).question.topic == "every-data"
    assert planned(RAW).outcome == Outcome.NEW


def test_a_slug_names_a_topic_before_a_name_does():
    TopicFactory(slug="data", name="Information")
    TopicFactory(slug="info", name="Data")
    assert planned({**RAW, "topic": "data"}).question.topic == "data"
    assert planned({**RAW, "topic": None, "topic_name": "data"}).question.topic == "info"


def test_what_is_not_taken_is_summed_up(data):
    rows = [{**RAW, "slug": f"q{n}", "prompt": f"{n}?", "tags": ["a"]} for n in range(2)]
    plan = plan_of(*rows, {**RAW, "source": "own notes"})
    assert plan.not_taken == {"field tags": 2, "field source": 1}
    assert [row.not_taken for row in plan.rows] == [("field tags",)] * 2 + [("field source",)]
    run(file_of(*rows))
    assert Question.objects.count() == 2


def test_spellings_of_a_topic_are_one_topic_to_add():
    named = ["Deep learning", "deep-learning", "DEEP  learning", "Deeper learning"]
    rows = [{"prompt": f"{n}?", "topic": name} for n, name in enumerate(named)]
    lost = plan_of(*rows).lost_topics
    assert [(topic.name, topic.rows) for topic in lost] == [
        ("Deep learning", 3),
        ("Deeper learning", 1),
    ]
    chosen = Choices(add_topics=frozenset({lost[0].token}))
    assert plan_of(*rows, choices=chosen).counts["new"] == 3


def test_of_many_things_that_are_not_taken_the_summary_names_some(data):
    rows = [{"prompt": f"{n}?", "topic": "data", f"own {n}": "x", "tags": "y"} for n in range(100)]
    named = plan_of(*rows).not_taken
    assert len(named) == MOST_NAMED + 1
    assert (named["field tags"], named["71 other things"]) == (100, 71)
