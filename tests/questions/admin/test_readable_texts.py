"""Texts as the admin's forms store them: visible, composed, key points without bullets."""

import pytest

from tests.admin_pages import errors_of, save
from tests.factories import AnswerFactory, TopicFactory, interview_of, published_question

pytestmark = pytest.mark.django_db


def asked_question(**texts):
    """A published question that one attempt has asked."""
    question = published_question(**texts)
    AnswerFactory(version=question.current_version)
    return question


UNSEEN = ["\u200b", "\u200b \u2060\ufeff", "\u115f", "\u3164\n\u3164", "\u2800", "\u00ad", "&nbsp;"]


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_a_prompt_that_nobody_sees_is_none(client, editor, text):
    question = published_question()
    assert list(errors_of(save(client, question, prompt=text))) == ["prompt"]
    assert question.versions.count() == 1


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_key_points_that_nobody_sees_are_none(client, editor, text):
    question = published_question()
    assert "key_points" in errors_of(save(client, question, key_points=text))
    save(client, question, key_points=f"One.\n{text}\nTwo.")
    question.refresh_from_db()
    assert question.current_version.key_points == ["One.", "Two."]


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_a_reason_that_nobody_sees_is_none(client, editor, text):
    question = asked_question()
    changes = {"answer": "New words.", "change_kind": "typo", "change_note": text}
    assert list(errors_of(save(client, question, **changes))) == ["change_note"]


@pytest.mark.parametrize("text", UNSEEN[:-1], ids=ascii)
def test_names_that_nobody_sees_are_none(client, editor, text):
    for row in (TopicFactory(), interview_of(1)):
        assert list(errors_of(save(client, row, name=text))) == ["name"]


@pytest.mark.parametrize(
    "typed",
    [
        "- One.\n- Two.",
        "• One.\n• Two.",
        "1. One.\n2. Two.",
        "* One.\r\n* Two.",
        "\u2022\tOne.\n\no\tTwo.",
        "- [ ] One.\n- [x] Two.",
    ],
)
def test_key_points_lose_their_bullets(client, editor, typed):
    question = published_question()
    save(client, question, key_points=typed)
    question.refresh_from_db()
    assert question.current_version.key_points == ["One.", "Two."]


def test_texts_are_stored_with_composed_accents(client, editor):
    question = published_question()
    save(client, question, prompt="What is a cafe\u0301?", key_points="A cafe\u0301.")
    question.refresh_from_db()
    version = question.current_version
    assert (version.prompt, version.key_points) == ("What is a caf\u00e9?", ["A caf\u00e9."])


def test_an_old_text_that_nobody_touched_stays_as_it_is(client, editor):
    """Else whoever sets the time of an old question would have to say what changed in its texts."""
    question = asked_question(prompt="Cafe\u0301?", key_points=["- An idea.", "1. Another."])
    assert save(client, question, seconds=99).redirect_chain
    question.refresh_from_db()
    assert (question.seconds, question.versions.count()) == (99, 1)
