"""No two published questions ask the same, in whatever way they are published."""

import pytest
from django.urls import reverse

from questions.bank import versions
from questions.bank.publishing import Obstacles, PublishedQuestions
from questions.models import Question, Status
from tests.admin_pages import errors_of, filled_in, messages_of
from tests.factories import START, UserFactory, published_question

pytestmark = pytest.mark.django_db
LIST = reverse("admin:questions_question_changelist")
ASKED = "Why is *that*?"
SAME = "  why  IS *that*? "


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))


@pytest.fixture
def published():
    return published_question(prompt=ASKED)


def draft(prompt=SAME, **texts):
    question = published_question(prompt=prompt, **texts)
    Question.objects.filter(pk=question.pk).update(status=Status.DRAFT)
    question.refresh_from_db()
    return question


def save(client, question, **changes):
    url = reverse("admin:questions_question_change", args=[question.pk])
    return client.post(url, filled_in(client.get(url), **changes), follow=True)


def test_a_question_with_a_copy_that_is_a_draft_can_still_be_changed(client, published):
    client.post(reverse("admin:questions_question_duplicate", args=[published.pk]))
    copy = Question.objects.exclude(pk=published.pk).get()
    for question in (published, copy):
        save(client, question, answer="Better.", seconds=99)
        question.refresh_from_db()
        assert (question.current_version.answer, question.seconds) == ("Better.", 99)


def test_a_draft_is_not_published_by_its_form_while_it_asks_the_same(client, published):
    copy = draft()
    response = save(client, copy, status="published")
    errors = errors_of(response)
    assert list(errors) == ["prompt"]
    assert published.slug in errors["prompt"][0]
    save(client, copy, status="published", prompt="Why is this?")
    copy.refresh_from_db()
    assert copy.status == Status.PUBLISHED


def test_a_published_question_does_not_come_to_ask_the_same(client, published):
    other = published_question()
    assert "prompt" in errors_of(save(client, other, prompt=SAME))


def test_two_that_ask_the_same_already_can_still_be_changed(client, published):
    other = published_question(prompt=ASKED)
    save(client, other, prompt=ASKED, seconds=99)
    other.refresh_from_db()
    assert other.seconds == 99


def test_the_list_publishes_one_of_those_that_ask_the_same(client):
    copies = [draft(), draft(prompt=ASKED)]
    chosen = {"action": "publish", "_selected_action": [copy.pk for copy in copies]}
    first, second = copies
    published, left_out = messages_of(client.post(LIST, chosen, follow=True))
    assert published == "1 now published."
    assert second.slug in left_out
    assert first.slug in left_out
    assert list(Question.objects.published()) == [first]


def test_a_version_that_asks_the_same_is_not_restored_to_a_published_question(client, published):
    other = published_question(prompt=SAME)
    texts = other.current_version.texts() | {"prompt": "Something else?"}
    versions.save_texts(other, texts, now=START)
    url = reverse("admin:questions_question_restore", args=[other.pk, 1])
    form = {"current": 2, "change_kind": "material", "change_note": "Better."}
    response = client.post(url, form)
    assert published.slug in str(response.context["form"].non_field_errors())
    assert other.versions.count() == 2


# --- the rule itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompt", "key_points", "obstacles"),
    [
        ("Something else?", ["One."], Obstacles(no_key_points=False, duplicate=None)),
        (SAME, ["One."], Obstacles(no_key_points=False, duplicate="asked")),
        ("Something else?", [], Obstacles(no_key_points=True, duplicate=None)),
        (SAME, [], Obstacles(no_key_points=True, duplicate="asked")),
    ],
)
def test_what_keeps_a_question_from_being_published(published, prompt, key_points, obstacles):
    Question.objects.filter(pk=published.pk).update(slug="asked")
    result = PublishedQuestions().obstacles(None, prompt, key_points)
    assert result == obstacles
    assert bool(result) is (obstacles != Obstacles(no_key_points=False, duplicate=None))


def test_drafts_and_retired_questions_are_in_nobodys_way(published):
    Question.objects.filter(pk=published.pk).update(status=Status.RETIRED)
    draft()
    assert not PublishedQuestions().obstacles(None, ASKED, ["One."])


def test_the_first_published_question_that_asks_the_same_is_named(published):
    published_question(prompt=SAME)
    assert PublishedQuestions().obstacles(None, ASKED, ["One."]).duplicate == published.slug


def test_a_question_added_counts_with_its_new_prompt_and_the_one_it_had(published):
    questions = PublishedQuestions()
    questions.add(published.pk, published.slug, "Newer?")
    for prompt in ("newer?", ASKED):
        assert questions.obstacles(None, prompt, ["One."]).duplicate == published.slug
        assert not questions.obstacles(published.pk, prompt, ["One."])
