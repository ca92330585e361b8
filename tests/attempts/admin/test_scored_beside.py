"""What pages of the staff have scored is read beside the process that serves them."""

import pytest
from django.urls import reverse

from attempts import scoring, transitions
from attempts.models import Answer
from attempts.scoring_process import beside
from tests.attempts.marking.answers import POINTS, TEXT, answered, suggestion
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "prompt": "Why version control?",
    "answer": " ".join(POINTS),
    "example_answer": TEXT,
    "key_points": "\n".join(POINTS),
    "try_answer": TEXT,
}


@pytest.fixture(autouse=True)
def scores_beside(monkeypatch):
    """Here nothing may be scored, and no engine loaded; beside, a real process does both."""
    monkeypatch.setattr(beside, "_beside", None)
    beside.serve_pages()
    beside.engine_name()
    for name in ("score", "engine_name"):
        monkeypatch.setattr(scoring, name, _fails)
    yield
    beside._beside.process.stop()


def _fails(*args, **options):
    raise AssertionError("it was scored here")


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def test_an_answer_that_is_tried(editor):
    page = editor.post(reverse("admin:questions_question_try"), TYPED)
    assert [point.state for point in page.context["points"]] == ["found", "not found"]


def test_the_checks_of_a_form(editor):
    page = editor.post(reverse("admin:questions_question_coverage"), TYPED)
    assert [point.text for point in page.context["scored"].missing] == [POINTS[1]]


def test_suggesting_again(editor):
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True], "old-1"))
    chosen = {"action": "rescore", "_selected_action": [str(answer.attempt_id)], "confirmed": "1"}
    editor.post(reverse("admin:attempts_attempt_changelist"), chosen)
    assert Answer.objects.get(pk=answer.pk).engine == beside.engine_name()
