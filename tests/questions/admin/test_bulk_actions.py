"""What the list of questions does to many at once."""

import pytest
from django.contrib.admin.models import LogEntry

from questions.admin.bulk_actions import MANY
from questions.models import Question, Status
from tests.admin_pages import QUESTIONS, act, messages_of
from tests.factories import QuestionFactory, TopicFactory, interview_of, published_question

pytestmark = pytest.mark.django_db


# --- publish, retire ---------------------------------------------------------------------------


def test_publish_takes_what_is_ready_and_says_what_is_not(client, editor):
    ready, pointless, empty = (
        published_question(),
        published_question(key_points=[]),
        QuestionFactory(),
    )
    Question.objects.update(status=Status.DRAFT.value)
    response = act(client, "publish", ready, pointless, empty)
    assert messages_of(response) == [
        "1 now published.",
        f"Not published, because they have no key points: {pointless.slug}, {empty.slug}.",
    ]
    assert list(Question.objects.published()) == [ready]
    assert LogEntry.objects.get().get_change_message() == "Status: draft → published."


def test_retire_names_the_interviews_that_suffer(client, editor):
    interview = interview_of(1, name="Screening")
    question = interview.slots.get().question
    response = act(client, "retire", question, published_question())
    assert messages_of(response) == [
        "2 now retired.",
        "These interviews ask for them by name and can't be started now: Screening.",
    ]
    assert not Question.objects.published().exists()


def test_nothing_is_deleted_in_bulk(client, editor):
    question = published_question()
    assert "delete_selected" not in client.get(QUESTIONS).content.decode()
    act(client, "delete_selected", question)
    assert Question.objects.filter(pk=question.pk).exists()


# --- topic, difficulty -------------------------------------------------------------------------


def test_topic_and_difficulty_are_set_for_many_at_once(client, editor):
    one, two, topic = published_question(), published_question(), TopicFactory(name="New home")
    before = [f"Topic: {q.topic.name} → New home." for q in (one, two)]
    assert messages_of(act(client, "set_topic", one, two, topic=topic.pk)) == [
        "2 changed: topic New home."
    ]
    act(client, "set_difficulty", one, difficulty="3")
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.topic, two.topic, one.difficulty, two.difficulty) == (topic, topic, 3, 2)
    said = {entry.get_change_message() for entry in LogEntry.objects.all()}
    assert said == {*before, "Difficulty: medium → hard."}


@pytest.mark.parametrize("sent", [{}, {"topic": "", "difficulty": ""}])
def test_nothing_chosen_changes_nothing(client, editor, sent):
    question = published_question()
    for action in ("set_topic", "set_difficulty"):
        assert "Nothing was changed" in messages_of(act(client, action, question, **sent))[0]
    assert not LogEntry.objects.exists()


def test_a_forged_value_changes_nothing(client, editor):
    question = published_question()
    act(client, "set_topic", question, topic="9" * 400)
    act(client, "set_difficulty", question, difficulty="4")
    before = (question.topic_id, question.difficulty)
    question.refresh_from_db()
    assert (question.topic_id, question.difficulty) == before


# --- more than a few ---------------------------------------------------------------------------


@pytest.fixture
def many():
    topic = TopicFactory(name="Old home")
    return [published_question(topic=topic) for _ in range(MANY + 1)]


def sent_on(response, **typed) -> dict:
    """What the page that asks would send, with `typed`."""
    context = response.context
    chosen = {context["checkbox"]: context["chosen"], "counted": context["count"]}
    return {**dict(context["carried"]), **chosen, **typed}


@pytest.mark.parametrize("action", ["publish", "retire", "set_topic", "set_difficulty"])
def test_many_are_counted_first_and_nothing_is_written(client, editor, many, action):
    before = set(Question.objects.values_list("status", "topic", "difficulty"))
    response = act(client, action, *many, topic=TopicFactory().pk, difficulty=3)
    assert f"<strong>{MANY + 1} questions</strong>" in response.content.decode()
    assert set(Question.objects.values_list("status", "topic", "difficulty")) == before
    assert not LogEntry.objects.exists()


def test_told_why_many_are_changed_and_each_log_says_it(client, editor, many):
    asked = act(client, "retire", *many)
    response = client.post(QUESTIONS, sent_on(asked, why=" Out of  date. "), follow=True)
    assert messages_of(response)[0] == f"{MANY + 1} now retired."
    assert not Question.objects.published().exists()
    said = {entry.get_change_message() for entry in LogEntry.objects.all()}
    assert said == {"Status: published → retired. Why: Out of date."}


def test_without_a_reason_the_page_asks_again(client, editor, many):
    asked = act(client, "set_difficulty", *many, difficulty=3)
    response = client.post(QUESTIONS, sent_on(asked, why=" "))
    assert response.context["without_why"]
    assert not Question.objects.filter(difficulty=3).exists()


def test_all_that_match_are_counted_anew_when_there_are_more_meanwhile(client, editor, many):
    asked = act(client, "set_difficulty", *many[:1], select_across=1, difficulty=3)
    sent = sent_on(asked, why="Harder than thought.")
    more = published_question()
    again = client.post(QUESTIONS, sent)
    assert again.context["count"] == MANY + 2
    client.post(QUESTIONS, sent_on(again, why="Harder than thought."))
    more.refresh_from_db()
    assert more.difficulty == 3
    assert Question.objects.filter(difficulty=3).count() == MANY + 2


def test_a_few_are_changed_at_once(client, editor, many):
    act(client, "retire", *many[:MANY])
    assert Question.objects.filter(status=Status.RETIRED).count() == MANY


def test_a_missing_choice_is_told_before_anything_is_counted(client, editor, many):
    assert "Nothing was changed" in messages_of(act(client, "set_topic", *many))[0]


@pytest.mark.parametrize(
    "texts", [{"prompt": "\u200b\u2060"}, {"prompt": "&nbsp;"}, {"key_points": ["\u3164"]}]
)
def test_what_nobody_sees_is_not_published(client, editor, texts):
    """Drafts from before there was such a check, or from other ways in."""
    question = published_question(**texts)
    Question.objects.update(status=Status.DRAFT)
    told = act(client, "publish", question)
    question.refresh_from_db()
    assert question.status == Status.DRAFT
    assert question.slug in "".join(messages_of(told))
