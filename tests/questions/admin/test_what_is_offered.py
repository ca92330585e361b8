"""What is offered after a question is saved, and where deleting is offered."""

import pytest
from django.urls import reverse

from questions.models import Question, Slot
from tests.admin_pages import filled_in, save, url_of
from tests.factories import AnswerFactory, TopicFactory, interview_of, published_question

pytestmark = pytest.mark.django_db


def test_one_more_question_begins_with_the_topic_difficulty_and_time_of_the_last(client, editor):
    topic = TopicFactory()
    add = reverse("admin:questions_question_add")
    typed = {"prompt": "Why?", "topic": topic.pk, "difficulty": 3, "seconds": 77}
    next_one = client.post(
        add, filled_in(client.get(add), **typed, _addanother="Save"), follow=True
    )
    form = next_one.context["adminform"].form
    kept = {name: str(form[name].value()) for name in ("topic", "difficulty", "seconds")}
    assert kept == {"topic": str(topic.pk), "difficulty": "3", "seconds": "77"}
    assert not form["prompt"].value()
    question = Question.objects.get()
    again = save(client, question, difficulty=1, _addanother="Save")
    assert str(again.context["adminform"].form["difficulty"].value()) == "1"


def offers_to_delete(client, row) -> bool:
    return url_of("delete", row) in client.get(url_of("change", row)).content.decode()


def test_where_deleting_cannot_work_no_button_leads_there(client, editor):
    fixed = interview_of(1).slots.get().question
    drawn_from = TopicFactory()
    Slot.objects.create(interview=interview_of(1), position=9, topic=drawn_from)
    asked = published_question()
    AnswerFactory(version=asked.current_version)
    for row in (asked, fixed, fixed.topic, drawn_from):
        assert not offers_to_delete(client, row)
    for row in (published_question(), TopicFactory(), interview_of(1)):
        assert offers_to_delete(client, row)


def test_a_question_offers_to_change_its_topic_but_not_to_delete_it(client, editor):
    page = client.get(url_of("change", published_question())).content.decode()
    # A script puts the topic into the address.
    assert reverse("admin:questions_topic_change", args=["__fk__"]) in page
    assert reverse("admin:questions_topic_delete", args=["__fk__"]) not in page


def test_a_topic_that_is_used_says_how_often_and_is_not_deleted(client, editor):
    question = published_question()
    published_question(question.topic)
    for response in (
        client.get(url_of("delete", question.topic)),
        client.post(url_of("delete", question.topic), {"post": "yes"}),
    ):
        assert "2 questions" in response.content.decode()
    assert "2 questions" in client.get(url_of("change", question.topic)).content.decode()
    question.topic.refresh_from_db()
