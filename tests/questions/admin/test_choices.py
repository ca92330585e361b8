"""What a question is called where one is chosen: in slots, and in the list that opens there."""

import pytest
from django.urls import reverse

from questions.models import Question
from questions.models.question import MAX_CHOICE
from tests.admin_pages import url_of
from tests.factories import QuestionFactory, interview_of, published_question

pytestmark = pytest.mark.django_db
SLOT = {"app_label": "questions", "model_name": "slot", "field_name": "question"}


def offered(client, term="") -> list[str]:
    results = client.get(reverse("admin:autocomplete"), {**SLOT, "term": term}).json()["results"]
    return [row["text"] for row in results]


def test_a_choice_shows_the_whole_prompt_on_one_line(client, editor):
    published_question(prompt="What does this do?\n\n```\nprint(1)\n```")
    assert offered(client) == ["What does this do? ``` print(1) ```"]


def test_a_very_long_prompt_ends_where_one_can_tell_it(client, editor):
    published_question(prompt="word " * 1000)
    (text,) = offered(client)
    assert 150 < len(text) <= MAX_CHOICE
    assert text.endswith("…")


def test_a_draft_with_the_prompt_of_another_question_can_be_told(client, editor):
    original = published_question(prompt="What is drift?")
    client.post(reverse("admin:questions_question_duplicate", args=[original.pk]))
    assert sorted(offered(client)) == ["What is drift?", "What is drift? (draft)"]


def test_a_question_without_texts_has_its_slug(client, editor):
    question = QuestionFactory()
    assert offered(client) == [f"{question.slug} (draft)"]


def test_a_choice_is_found_whatever_the_accents(client, editor):
    published_question(prompt="What is a caf\u00e9?")
    published_question(prompt="What is tea?")
    assert offered(client, "cafe\u0301") == ["What is a caf\u00e9?"]


def test_a_slot_shows_the_question_as_the_list_that_opens_there(client, editor):
    interview = interview_of(1)
    question = interview.slots.get().question
    Question.objects.filter(pk=question.pk).update(status="retired")
    page = client.get(url_of("change", interview)).content.decode()
    assert f"{question.title} (retired)" in page
