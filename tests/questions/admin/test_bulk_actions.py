"""Changing many questions at once: a page counts them and asks why before anything is written."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from questions.admin.bulk_actions import MANY
from questions.models import Question, Status
from tests.admin_pages import messages_of
from tests.factories import TopicFactory, UserFactory, published_question

pytestmark = pytest.mark.django_db
LIST = reverse("admin:questions_question_changelist")


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))


@pytest.fixture
def many():
    topic = TopicFactory(name="Old home")
    return [published_question(topic=topic) for _ in range(MANY + 1)]


def act(client, action, questions, **sent):
    chosen = {"action": action, "_selected_action": [q.pk for q in questions]}
    return client.post(LIST, {**chosen, **sent}, follow=True)


def sent_on(response, **typed) -> dict:
    """What the page that asks would send, with `typed`."""
    context = response.context
    chosen = {context["checkbox"]: context["chosen"], "counted": context["count"]}
    return {**dict(context["carried"]), **chosen, **typed}


@pytest.mark.parametrize("action", ["publish", "retire", "set_topic", "set_difficulty"])
def test_many_are_counted_first_and_nothing_is_written(client, many, action):
    before = set(Question.objects.values_list("status", "topic", "difficulty"))
    response = act(client, action, many, topic=TopicFactory().pk, difficulty=3)
    assert f"<strong>{MANY + 1} questions</strong>" in response.content.decode()
    assert set(Question.objects.values_list("status", "topic", "difficulty")) == before
    assert not LogEntry.objects.exists()


def test_told_why_many_are_changed_and_each_log_says_it(client, many):
    asked = act(client, "retire", many)
    response = client.post(LIST, sent_on(asked, why=" Out of  date. "), follow=True)
    assert messages_of(response)[0] == f"{MANY + 1} now retired."
    assert not Question.objects.published().exists()
    said = {entry.get_change_message() for entry in LogEntry.objects.all()}
    assert said == {"Status: published → retired. Why: Out of date."}


def test_without_a_reason_the_page_asks_again(client, many):
    asked = act(client, "set_difficulty", many, difficulty=3)
    response = client.post(LIST, sent_on(asked, why=" "))
    assert "Say why" in response.content.decode()
    assert not Question.objects.filter(difficulty=3).exists()


def test_all_that_match_are_counted_anew_when_there_are_more_meanwhile(client, many):
    asked = act(client, "set_difficulty", many[:1], select_across=1, difficulty=3)
    sent = sent_on(asked, why="Harder than thought.")
    more = published_question()
    again = client.post(LIST, sent)
    assert again.context["count"] == MANY + 2
    client.post(LIST, sent_on(again, why="Harder than thought."))
    more.refresh_from_db()
    assert more.difficulty == 3
    assert Question.objects.filter(difficulty=3).count() == MANY + 2


def test_a_few_are_changed_at_once(client, many):
    act(client, "retire", many[:MANY])
    assert Question.objects.filter(status=Status.RETIRED).count() == MANY


def test_a_missing_choice_is_told_before_anything_is_counted(client, many):
    assert "Nothing was changed" in messages_of(act(client, "set_topic", many))[0]
