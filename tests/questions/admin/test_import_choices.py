"""The preview: what falls, what an editor chooses there, and that the choice is what is written."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache

from questions.admin.exchange.import_pages import MOST_TOPICS
from questions.exchange.export import export_bank
from questions.models import ForeignId, Interview, Question, Status, Topic
from tests.factories import TopicFactory, interview_of, published_question
from tests.questions.admin.test_exchange import (
    PREVIEW,
    ROW,
    agree,
    bank_of,
    messages_of,
    staff,
    uploaded,
)
from tests.questions.exchange.test_lost_topics import CSV
from tests.questions.exchange.test_whole_bank import empty_bank

pytestmark = pytest.mark.django_db
PERMISSIONS = ("add_question", "change_question", "view_question", "add_topic", "change_topic")
INTERVIEWS = ("add_interview", "change_interview", "add_slot", "change_slot", "delete_slot")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def data():
    return TopicFactory(slug="data", name="Data")


@pytest.fixture
def editor(client):
    user = staff(*PERMISSIONS, *INTERVIEWS)
    client.force_login(user)
    return user


def chosen(client, page, **choices):
    return client.get(PREVIEW, {"file": page.context["token"], **choices})


def test_the_preview_offers_the_topics_that_the_bank_lacks(client, editor, data):
    page = uploaded(client, CSV, "bank.csv", topic=data.pk)
    text = page.content.decode()
    assert "2 rows of “Networks” go to “Data”" in text
    tokens = [topic.token for topic in page.context["plan"].lost_topics]
    assert all(f'name="add_topic" value="{token}"' in text for token in tokens)
    again = chosen(client, page, add_topic=tokens)
    assert {row.topic_name for row in again.context["plan"].rows} == {"Networks", "Reproducibility"}
    response = agree(client, again, add_topic=tokens)
    assert messages_of(client, response) == ["3 questions imported. New ones are drafts."]
    assert Topic.objects.get(slug="networks").questions.count() == 2
    assert LogEntry.objects.filter(content_type__model="topic", user=editor).count() == 2


def test_each_row_shows_its_topic_and_the_one_in_the_file(client, editor, data):
    text = uploaded(client, CSV, "bank.csv", topic=data.pk).content.decode()
    assert text.count("In the file: Networks") == 2
    assert "Data" in text


def test_a_choice_that_was_not_seen_is_shown_first(client, editor, data):
    page = uploaded(client, CSV, "bank.csv", topic=data.pk)
    response = agree(client, page, add_topic=["Networks"])
    assert response.url.startswith(PREVIEW)
    assert "add_topic=Networks" in response.url
    assert not Question.objects.exists()


def test_who_may_not_add_topics_is_offered_none(client, data):
    client.force_login(staff("add_question", "change_question", "view_question"))
    page = uploaded(client, CSV, "bank.csv", topic=data.pk)
    assert "2 rows of “Networks” go to “Data”" in page.content.decode()
    assert 'name="add_topic"' not in page.content.decode()
    agree(client, page, add_topic=["Networks"])
    assert Topic.objects.count() == 1


def test_pages_of_rows_keep_the_choices(client, editor, data):
    page = uploaded(client, CSV, "bank.csv", topic=data.pk)
    text = chosen(client, page, add_topic="Networks & co", source="A&B").content.decode()
    assert "add_topic=Networks+%26+co&amp;source=A%26B&amp;rows=new" in text


def test_what_is_not_taken_and_who_asks_the_same_is_said_on_top_and_in_the_row(
    client, editor, data
):
    question = published_question(data, prompt="What is drift?")
    page = uploaded(client, bank_of({**ROW, "origin": "own notes", "id": "A-1"}))
    text = " ".join(page.content.decode().split())
    assert "1 row asks the same as another question." in text
    (what,) = page.context["plan"].not_taken
    assert "origin" in what
    assert f"Not taken: {what} (1 row)." in text
    assert f"Not taken: {what}.</p>" in text
    assert f"the published question {question.slug}." in text


def test_the_source_of_ids_can_be_named(client, editor, data):
    page = uploaded(client, bank_of({**ROW, "id": "A-1"}))
    assert 'name="source"' in page.content.decode()
    again = chosen(client, page, source="Our Anki deck")
    agree(client, again, source="Our Anki deck")
    assert str(ForeignId.objects.get()) == "Our Anki deck: A-1"


def test_a_whole_bank_is_imported_with_its_interviews(client, editor, data):
    interview_of(2, name="Both")
    exported = export_bank("json")
    empty_bank()
    page = uploaded(client, exported)
    assert "Interviews of the file" in page.content.decode()
    again = chosen(client, page, as_in_file="1")
    assert 'id="as-in-file" checked' in again.content.decode()
    response = agree(client, again, as_in_file="1")
    assert messages_of(client, response) == [
        "2 questions imported, with the file's topics and interviews."
    ]
    assert Interview.objects.get().is_active
    assert set(Question.objects.values_list("status", flat=True)) == {Status.PUBLISHED}
    assert export_bank("json") == exported


def test_only_interviews_can_be_imported(client, editor, data):
    interview_of(1, name="One")
    document = json.loads(export_bank("json"))
    document["interviews"][0]["name"] = "Uno"
    page = uploaded(client, json.dumps(document).encode())
    assert 'value="Import 0 questions and 1 interview"' in page.content.decode()
    agree(client, page)
    assert Interview.objects.get().name == "Uno"


def test_who_may_not_write_interviews_imports_none(client, data):
    interview_of(1, name="One")
    exported = export_bank("json")
    empty_bank()
    client.force_login(staff(*PERMISSIONS))
    page = uploaded(client, exported)
    assert "your account may not change interviews" in page.content.decode()
    agree(client, page)
    assert (Question.objects.count(), Interview.objects.count()) == (1, 0)


def test_hundreds_of_topics_are_added_with_an_address_that_fits(client, editor, data):
    rows = [{**ROW, "slug": f"q{n}", "prompt": f"{n}?", "topic": f"主题 {n}"} for n in range(300)]
    page = uploaded(client, bank_of(*rows), topic=data.pk)
    some = [topic.token for topic in page.context["plan"].lost_topics][:MOST_TOPICS]
    assert page.content.decode().count('name="add_topic"') == MOST_TOPICS
    again = chosen(client, page, add_topic=some, rows="new")
    assert len(again.request["QUERY_STRING"]) < 1500
    everything = chosen(client, page, add_all_topics="1")
    assert 'id="add-all-topics" checked' in everything.content.decode()
    agree(client, everything, add_all_topics="1")
    assert Topic.objects.count() == 301
