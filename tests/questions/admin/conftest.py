"""Who edits in these tests, and what."""

import pytest
from django.test import Client

from questions.bank import versions
from tests.factories import START, UserFactory, published_question


@pytest.fixture
def editor(client):
    """An editor who may do everything, logged in."""
    user = UserFactory(username="edith", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def question():
    """Two versions. The first has two key points, the second a word more and a point less."""
    question = published_question(answer="A big dog.")
    texts = {"answer": "A very big dog.", "key_points": ["The first idea."]}
    texts = question.current_version.texts() | texts
    versions.save_texts(
        question, texts, now=START, change_kind="typo", change_note="Why <b>not</b>."
    )
    question.refresh_from_db()
    return question


@pytest.fixture
def other():
    """The session of a second editor, who may do everything too."""
    client = Client()
    client.force_login(UserFactory(username="otto", is_staff=True, is_superuser=True))
    return client
