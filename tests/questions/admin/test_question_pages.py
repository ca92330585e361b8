"""What the form of a question offers besides saving: previews, a copy, where it is used."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from questions.models import Question, Slot, Status
from tests.admin_pages import url_of
from tests.factories import (
    AnswerFactory,
    AttemptFactory,
    InterviewFactory,
    UserFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db
MARKDOWN = reverse("admin:questions_question_markdown")


# --- preview -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("prompt", "What is *drift*?", '<p class="preview-prompt">What is <em>drift</em>?</p>'),
        (
            "prompt",
            "What?\n\n- *one*",
            '<p class="preview-prompt">What?</p><ul>\n<li><em>one</em></li>\n</ul>\n',
        ),
        ("prompt", "```\nx\n```", "<pre><code>x\n</code></pre>\n"),
        ("answer", "# One\n## Two", "<h3>One</h3>\n<h4>Two</h4>\n"),
        ("answer", "One\n\n- two", "<p>One</p>\n<ul>\n<li>two</li>\n</ul>\n"),
        ("key_points", "One.\n\n *Two*. ", "<ul><li>One.</li><li><em>Two</em>.</li></ul>"),
        ("key_points", " ", ""),
    ],
)
def test_the_preview_shows_what_becomes_of_the_markdown(client, editor, field, typed, shown):
    response = client.post(f"{MARKDOWN}?field={field}", {field: typed})
    assert response.content.decode() == shown


@pytest.mark.parametrize("field", ["prompt", "answer", "key_points"])
def test_the_preview_is_sanitized(client, editor, field):
    typed = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://z/)"
    page = client.post(f"{MARKDOWN}?field={field}", {field: typed}).content.decode()
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page


def test_the_form_has_a_preview_beside_each_text(client, editor):
    question = published_question(answer="Some *words*.")
    page = client.get(url_of("change", question)).content.decode()
    for field in ("prompt", "answer", "how_to_answer", "example_answer", "key_points"):
        assert f'id="preview-{field}"' in page
    assert "<em>words</em>" in page
    assert 'src="/static/django_htmx/htmx-2.min.js"' in page
    assert '"allowEval": false' in page


def test_the_preview_of_another_field_is_not_there(client, editor):
    assert client.post(f"{MARKDOWN}?field=slug", {"slug": "x"}).status_code == 404
    assert client.get(f"{MARKDOWN}?field=answer").status_code == 405


# --- copies, use -------------------------------------------------------------------------------


def test_a_question_is_duplicated_as_a_draft(client, editor, question):
    response = client.post(url_of("duplicate", question), follow=True)
    copy = Question.objects.exclude(pk=question.pk).get()
    assert (copy.status, copy.topic, copy.slug) == ("draft", question.topic, f"{question.slug}-2")
    assert copy.current_version.texts() == question.current_version.texts()
    assert copy.position > question.position
    assert response.redirect_chain[-1][0] == url_of("change", copy)
    assert LogEntry.objects.get().get_change_message() == f"Made as a copy of {question.slug}."
    assert client.get(url_of("duplicate", question)).status_code == 405


def test_the_form_says_how_many_answered_this_version_and_what_they_see(client, editor, question):
    version = question.current_version
    user = UserFactory()
    AnswerFactory(version=version, written=True)
    AnswerFactory(version=version)  # wrote nothing
    for number in (1, 2):  # the same person twice
        attempt = AttemptFactory(user=user, number=number, finished=True)
        AnswerFactory(version=version, written=True, attempt=attempt)
    AnswerFactory(
        version=version, written=True, attempt=AttemptFactory(user=None, guest_key="k" * 43)
    )
    AnswerFactory(version=question.versions.get(number=1), written=True)
    page = " ".join(client.get(url_of("change", question)).content.decode().split())
    assert (
        "3 people answered version 2, 1 person version 1."
        " They keep seeing theirs, with a note that it changed."
    ) in page


def test_the_form_says_where_the_question_is_used(client, editor, question):
    named, drawn, other = interview_of(1, name="By name"), InterviewFactory(), InterviewFactory()
    named.slots.update(question=question)
    Slot.objects.create(interview=drawn, position=1, topic=question.topic, difficulty_to=2)
    Slot.objects.create(interview=other, position=1, topic=question.topic, difficulty_from=3)
    used = client.get(url_of("change", question)).context["used"]
    assert [slot.interview for slot in used["named"]] == [named]
    assert [slot.interview for slot in used["drawn"]] == [drawn]
    Question.objects.update(status=Status.RETIRED.value)
    assert list(client.get(url_of("change", question)).context["used"]["drawn"]) == []
