"""The question that the example data correct."""

import pytest

from attempts.example_data import corrections
from questions.bank.versions import save_texts
from questions.models import Question, QuestionVersion
from quizsite.clock import database_now
from tests.factories import UserFactory, published_question

pytestmark = pytest.mark.django_db


def test_a_withdrawn_point_takes_its_follow_up_with_it():
    question = published_question()
    Question.objects.update(slug=corrections.SLUG)
    texts = question.current_version.texts()
    texts["key_points"] = ["A history of changes", "Teamwork on one repository", "Pinned data"]
    texts["follow_ups"] = ["What changed?", "Who else works on it?", "Which data was it?"]
    save_texts(question, texts, now=database_now())

    corrections.withdraw_a_point(author=UserFactory(), at=database_now())

    version = QuestionVersion.objects.filter(question=question).latest("number")
    assert version.key_points == ["A history of changes", "Pinned data"]
    assert version.follow_ups == ["What changed?", "Which data was it?"]
