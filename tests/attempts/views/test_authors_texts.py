"""The short example, common mistakes and sources: where candidates see them, and when not yet."""

import re
from datetime import timedelta

import pytest

from questions.bank.versions import save_texts
from questions.models import Timing
from tests.factories import START, AnswerFactory, AttemptFactory, interview_of, published_question
from tests.plain_browser import begin, visit

pytestmark = pytest.mark.django_db

MORE = {
    "short_example": "Briefly, *caches* help.",
    "follow_ups": ["And where does it grow old?", ""],
    "common_mistakes": ["Saying that a <b>cache</b> is free.", "Forgetting who empties it."],
    "sources": [
        "Kleppmann: Data-Intensive (https://example.org/ddia)",
        "[Docs](https://example.org/docs) [x](javascript:alert(1))",
    ],
}
SECRETS = ["Briefly,", "And where does it grow old?", "is free.", "Kleppmann"]


@pytest.fixture
def attempt(client):
    """An interview of one question that says all of it, begun."""
    interview = interview_of(1, timing=Timing.PER_QUESTION.value)
    interview.slots.update(question=published_question(**MORE))
    return begin(client, interview)


def question_page(client, attempt):
    return visit(client, f"/questions/{attempt.answers.get().version.question_id}/")


def test_nothing_of_it_is_told_while_the_question_is_asked(client, attempt):
    for page in (visit(client, attempt.get_absolute_url()), question_page(client, attempt)):
        assert [secret for secret in SECRETS if secret in page.html] == []


@pytest.mark.parametrize("read", ["result", "question"])
def test_the_result_and_the_questions_page_show_all_but_the_follow_ups(client, attempt, read):
    result = visit(client, attempt.get_absolute_url()).press("Submit answer", text="Mine.")
    page = result if read == "result" else question_page(client, attempt)
    assert "Briefly, <em>caches</em> help." in page.html
    assert page.html.index("In half a minute") < page.html.index("In full")
    assert "Saying that a &lt;b&gt;cache&lt;/b&gt; is free." in page.html
    links = re.findall(r'<ul class="prose sources".*?</ul>', page.html, re.DOTALL)[0]
    found = re.findall(r'<a href="([^"]*)"[^>]* rel="noopener noreferrer">', links)
    assert found == ["https://example.org/ddia", "https://example.org/docs"]
    assert links.count("<a ") == 2
    assert "javascript:" not in links.replace("[x](javascript:alert(1))", "")
    assert "And where does it grow old?" not in page.html


def test_without_a_short_one_the_example_stands_alone(client):
    interview = interview_of(1, timing=Timing.PER_QUESTION.value)
    attempt = begin(client, interview)
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="Mine.")
    assert "Example answer" in page.words
    assert [
        word for word in ("In half", "In full", "Common mistakes", "Sources") if word in page.words
    ] == []


def test_a_discarded_attempt_brings_the_authors_texts_to_no_page(client, user):
    client.force_login(user)
    question = published_question(**MORE)
    attempt = AttemptFactory(user=user, state="discarded", finished_at=START + timedelta(hours=1))
    AnswerFactory(attempt=attempt, version=question.current_version, position=1, text="Mine.")
    page = visit(client, f"/questions/{question.pk}/")
    assert "Mine." in page.words
    assert [secret for secret in SECRETS if secret in page.html] == []


def test_a_corrected_text_is_named_beside_the_old_one(client, attempt):
    visit(client, attempt.get_absolute_url()).press("Submit answer", text="Mine.")
    question = attempt.answers.get().version.question
    texts = question.current_version.texts() | {"sources": ["Else"], "short_example": ""}
    save_texts(question, texts, now=START + timedelta(days=1))
    page = visit(client, attempt.get_absolute_url())
    assert "Changed: the short example, the sources." in page.words
