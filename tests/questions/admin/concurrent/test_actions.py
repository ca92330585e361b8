"""Actions on questions that somebody else has changed since the list was shown."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from questions.admin.bulk_actions import MANY
from questions.models import Question, Status
from tests.admin_pages import QUESTIONS, act, messages_of, save
from tests.factories import TopicFactory, published_question

pytestmark = pytest.mark.django_db


def seen_in(response) -> dict[str, str]:
    """The fingerprints that the list carries."""
    page = response.content.decode()
    return dict(re.findall(r'<input type="hidden" name="(seen-\d+)" value="(\w+)">', page))


def statuses() -> list[str]:
    return list(Question.objects.order_by("pk").values_list("status", flat=True))


def test_a_question_that_somebody_retired_meanwhile_is_not_published_again(client, editor, other):
    mine, theirs = published_question(), published_question()
    Question.objects.update(status=Status.DRAFT)
    seen = seen_in(client.get(QUESTIONS))
    act(other, "retire", theirs)
    told = act(client, "publish", mine, theirs, **seen)
    assert statuses() == ["published", "retired"]
    assert theirs.slug in messages_of(told)[0]
    act(client, "publish", theirs, **seen_in(told))
    assert statuses() == ["published", "published"]


@pytest.mark.parametrize(
    ("action", "typed"),
    [("publish", {}), ("retire", {}), ("set_difficulty", {"difficulty": 1}), ("set_topic", {})],
)
@pytest.mark.parametrize("change", [{"difficulty": 3}, {"answer": "New words."}])
def test_no_action_is_done_to_what_was_changed_meanwhile(
    client, editor, other, action, typed, change
):
    question = published_question()
    if action == "publish":
        Question.objects.update(status=Status.DRAFT)
    if action == "set_topic":
        typed = {"topic": TopicFactory().pk}
    seen = seen_in(client.get(QUESTIONS))
    save(other, question, **change)
    question.refresh_from_db()
    before = vars(question).copy()
    act(client, action, question, **seen, **typed)
    question.refresh_from_db()
    assert {**vars(question), "_state": 0} == {**before, "_state": 0}


def test_the_page_that_asks_why_keeps_what_the_list_showed(client, editor, other):
    questions = [published_question() for _ in range(MANY + 2)]
    seen = seen_in(client.get(QUESTIONS))
    asked = act(client, "retire", *questions, **seen)
    save(other, questions[0], difficulty=3)
    data = {**dict(asked.context["carried"]), "_selected_action": asked.context["chosen"]}
    again = client.post(QUESTIONS, {**data, "counted": asked.context["count"], "why": "Old."})
    assert again.context["count"] == MANY + 1
    client.post(QUESTIONS, {**data, "counted": again.context["count"], "why": "Old."})
    assert statuses() == ["published", *["retired"] * (MANY + 1)]


def test_the_log_has_the_value_that_was_replaced(client, editor, other):
    question = published_question(difficulty=1)
    client.get(QUESTIONS)
    act(other, "set_difficulty", question, difficulty=2)
    act(client, "set_difficulty", question, difficulty=3)
    messages = LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(messages) == ["Difficulty: easy → medium.", "Difficulty: medium → hard."]
