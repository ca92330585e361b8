"""Comparing two versions of a question in the admin, and restoring an old one."""

import pytest
from django.contrib.admin.models import LogEntry

from questions.bank import versions
from tests.admin_pages import levels_of, messages_of, url_of
from tests.factories import START, AnswerFactory, QuestionFactory, published_question

pytestmark = pytest.mark.django_db


def test_two_versions_are_compared_word_by_word(client, editor, question):
    page = client.get(url_of("compare", question)).content.decode()
    assert "Version 1 and version 2" in page
    assert '<ins><span class="visually-hidden">Added: </span>very </ins>big dog.' in page
    assert '<del><span class="visually-hidden">Removed: </span>' in page
    assert "Why &lt;b&gt;not&lt;/b&gt;." in page
    assert url_of("restore", question, 1) in page


def test_any_two_versions_can_be_chosen(client, editor, question):
    context = client.get(url_of("compare", question), {"from": 2, "to": 1}).context
    assert (context["before"].number, context["after"].number) == (2, 1)
    for odd in ("x", "0", "9" * 400, "-1"):
        context = client.get(url_of("compare", question), {"from": odd, "to": odd}).context
        assert (context["before"].number, context["after"].number) == (1, 2)


def test_one_version_is_compared_with_itself_and_none_is_a_404(client, editor):
    single, none = published_question(), QuestionFactory()
    assert client.get(url_of("compare", single)).status_code == 200
    assert client.get(url_of("compare", none)).status_code == 404


def restore(client, question, number, **sent):
    sent = {"current": 2, "change_kind": "material", "change_note": "Better.", **sent}
    return client.post(url_of("restore", question, number), sent, follow=True)


def test_an_old_version_is_restored_as_a_new_one(client, editor, question):
    assert "very" in client.get(url_of("restore", question, 1)).content.decode()
    assert question.versions.count() == 2
    response = restore(client, question, 1)
    assert messages_of(response) == ["The texts of version 1 are restored."]
    question.refresh_from_db()
    version = question.current_version
    assert (version.number, version.answer, version.author) == (3, "A big dog.", editor)
    assert version.change_note == "Version 1 restored: Better."
    assert LogEntry.objects.get().get_change_message() == (
        "Version 1 restored: Better. It is now version 3."
    )


def test_what_the_question_says_already_is_not_restored(client, editor, question):
    for response in (
        restore(client, question, 2),
        client.get(url_of("restore", question, 2), follow=True),
    ):
        assert levels_of(response) == ["warning"]
    assert question.versions.count() == 2


def test_restoring_needs_a_reason_once_somebody_was_asked(client, editor, question):
    AnswerFactory(version=question.current_version)
    response = restore(client, question, 1, change_note=" ", change_kind="")
    assert "say whether its meaning changes" in response.content.decode()
    assert "say why it changes" in response.content.decode()
    assert "1 person was asked version 2." in response.content.decode()
    assert question.versions.count() == 2


def test_nothing_is_restored_over_what_another_editor_saved_meanwhile(client, editor, question):
    texts = question.current_version.texts() | {"answer": "Third."}
    versions.save_texts(question, texts, now=START)
    response = restore(client, question, 1)
    assert list(response.context["form"].errors) == ["__all__"]
    assert question.versions.count() == 3
    assert client.post(url_of("restore", question, 1), {}).status_code == 200
    assert question.versions.count() == 3


def test_a_version_without_key_points_is_not_restored_to_a_published_question(client, editor):
    question = published_question(key_points=[])
    texts = question.current_version.texts() | {"key_points": ["One."]}
    versions.save_texts(question, texts, now=START)
    assert "no key points" in restore(client, question, 1).content.decode()
    assert question.versions.count() == 2
