"""The form of a question in the admin, and deleting one."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from attempts.models import Answer
from attempts.statistics.compute import refresh
from questions.bank import usage, versions
from questions.models import Question, QuestionVersion, Status
from questions.rules.limits import MAX_TEXT
from tests.admin_pages import delete, errors_of, filled_in, messages_of, queries, save, url_of
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    QuestionFactory,
    TopicFactory,
    interview_of,
    published_question,
)
from tests.rows_read import rows_read

pytestmark = pytest.mark.django_db
ADD = reverse("admin:questions_question_add")


def asked_question(**texts):
    """A published question that one attempt has asked."""
    question = published_question(**texts)
    AnswerFactory(version=question.current_version)
    return question


def test_the_form_shows_the_current_texts(client, editor):
    question = published_question(answer="Fine & <b>true</b>.", key_points=["One.", "Two."])
    form = client.get(url_of("change", question)).context["adminform"].form
    assert form["prompt"].value() == question.current_version.prompt
    assert form["answer"].value() == "Fine & <b>true</b>."
    assert form["key_points"].value() == "One.\nTwo."
    assert form["topic"].value() == question.topic_id


def test_changed_texts_become_a_new_version(client, editor):
    question = published_question()
    response = save(client, question, answer="Better.", change_kind="typo", change_note="Why not.")
    assert "The texts are now version 2." in messages_of(response)
    question.refresh_from_db()
    version = question.current_version
    assert (version.number, version.answer, version.author) == (2, "Better.", editor)
    assert (version.change_kind, version.change_note) == ("typo", "Why not.")
    assert question.versions.get(number=1).answer == "What is true."


def test_unchanged_texts_make_no_version(client, editor):
    question = published_question(
        answer="Two\n\nparagraphs\n    and code.", key_points=["One.", "Two."]
    )
    page = client.get(url_of("change", question))
    # A browser ends lines its own way.
    data = {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in filled_in(page, difficulty=3).items()
    }
    response = client.post(url_of("change", question), data, follow=True)
    assert len(messages_of(response)) == 1
    question.refresh_from_db()
    assert (question.difficulty, question.versions.count()) == (3, 1)


def test_settings_are_saved_without_a_note_even_of_an_asked_question(client, editor):
    question = asked_question()
    topic = TopicFactory()
    save(client, question, topic=topic.pk, seconds=240, position=9, slug="other")
    question.refresh_from_db()
    assert (question.topic, question.seconds, question.position) == (topic, 240, 9)
    assert (question.slug, question.versions.count()) == ("other", 1)


def test_a_note_is_required_once_somebody_was_asked(client, editor):
    question = asked_question()
    response = save(client, question, answer="Better.")
    assert errors_of(response) == {
        "change_kind": ["Somebody was asked this question: say whether its meaning changes."],
        "change_note": ["Somebody was asked this question: say why it changes."],
    }
    assert question.versions.count() == 1
    save(client, question, answer="Better.", change_kind="typo", change_note="It was wrong.")
    assert question.versions.get(number=2).change_note == "It was wrong."


def test_a_new_question_gets_its_first_version_and_a_slug(client, editor):
    published_question(topic=TopicFactory())
    page = client.get(ADD)
    data = filled_in(
        page,
        prompt="What is <drift>?",
        key_points="It changes.\n\n  It hurts. ",
        topic=TopicFactory().pk,
        status="published",
    )
    response = client.post(ADD, data, follow=True)
    question = Question.objects.get(slug="what-is-drift")
    assert response.status_code == 200
    assert question.status == Status.PUBLISHED
    assert question.current_version.key_points == ["It changes.", "It hurts."]
    assert (question.current_version.number, question.current_version.author) == (1, editor)
    assert question.position == 1 + max(
        Question.objects.exclude(pk=question.pk).values_list("position", flat=True)
    )


def test_a_new_slug_is_made_of_the_first_line_of_the_prompt(client, editor):
    prompt = "What is **x**?\n\n```python\nx = 1\n```"
    client.post(ADD, filled_in(client.get(ADD), prompt=prompt, topic=TopicFactory().pk))
    assert Question.objects.get().slug == "what-is-x"


def test_a_second_question_with_the_same_prompt_gets_another_slug(client, editor):
    QuestionFactory(slug="why")
    data = filled_in(client.get(ADD), prompt="Why?", topic=TopicFactory().pk)
    client.post(ADD, data)
    assert Question.objects.filter(slug="why-2", status=Status.DRAFT).exists()


def test_a_draft_without_texts_can_be_written(client, editor):
    question = QuestionFactory()
    save(client, question, prompt="Why?")
    question.refresh_from_db()
    assert question.current_version.prompt == "Why?"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"prompt": " "}, "prompt", "This field is required."),
        (
            {"key_points": "\n \n"},
            "key_points",
            "A published question needs at least one key point",
        ),
        ({"key_points": "One.\nTwo.\n ONE. "}, "key_points", "“One.”"),
        ({"answer": "x" * (MAX_TEXT + 1)}, "answer", f"at most {MAX_TEXT} characters"),
        ({"key_points": "x" * (MAX_TEXT + 1)}, "key_points", f"at most {MAX_TEXT} characters"),
        ({"answer": "a\0b"}, "answer", "Null characters are not allowed."),
        ({"difficulty": 4}, "difficulty", "Select a valid choice"),
        ({"status": "secret"}, "status", "Select a valid choice"),
        ({"seconds": 0}, "seconds", "greater than or equal to 1"),
        ({"seconds": "9" * 400}, "seconds", "less than or equal to 86400"),
        ({"position": "9" * 400}, "position", "less than or equal to 2147483647"),
        ({"topic": "9" * 400}, "topic", "Select a valid choice"),
        ({"slug": "two words"}, "slug", "Enter a valid “slug”"),
    ],
)
def test_a_mistake_is_told_beside_its_field(client, editor, changes, field, message):
    question = published_question()
    response = save(client, question, **changes)
    assert response.status_code == 200
    (said,) = errors_of(response)[field]
    assert message in said
    assert question.versions.count() == 1


def test_line_ends_do_not_count_twice_against_the_limit(client, editor):
    question = published_question()
    text = "x\n" * (MAX_TEXT // 2 - 1) + "x"
    save(client, question, answer=text.replace("\n", "\r\n"))
    question.refresh_from_db()
    assert question.current_version.answer == text


def test_versions_are_listed_newest_first_and_cannot_be_edited(client, editor):
    question = published_question()
    save(client, question, answer="Better.", change_note="Clearer.")
    (inline,) = client.get(url_of("change", question)).context["inline_admin_formsets"]
    assert [form.instance.number for form in inline.formset.forms] == [2, 1]
    assert {name for form in inline.formset.forms for name in form.fields} == {"id", "question"}
    assert not inline.has_add_permission
    assert not inline.has_delete_permission


def test_the_form_takes_the_same_queries_for_one_version_and_for_four(client, editor, question):
    interview_of(1).slots.update(question=question)
    url = url_of("change", question)
    client.get(url)  # The first page of a process fills caches.
    before = queries(client, url)
    for words in ("Three.", "Four."):
        texts = question.current_version.texts() | {"answer": words}
        versions.save_texts(question, texts, now=START, author=editor)
    for _ in range(3):
        interview_of(1).slots.update(question=question)
        AnswerFactory(version=question.versions.first(), written=True)
    assert queries(client, url) == before


def test_retiring_by_the_form_names_the_interviews_that_suffer(client, editor):
    interview_of(1, name="Screening")
    question = Question.objects.get()
    response = save(client, question, status="retired")
    said = "These interviews ask for them by name and can't be started now: Screening."
    assert said in messages_of(response)
    assert said not in messages_of(save(client, question, seconds=99))


# --- the log -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"answer": "Better.", "change_kind": "material", "change_note": "clearer"},
            "Version 3, meaning changed: clearer.",
        ),
        ({"answer": "Better.", "change_kind": "typo"}, "Version 3, typo."),
        ({"difficulty": 3, "status": "retired"}, "Difficulty: medium → hard. "
         "Status: published → retired."),
        ({"answer": "Better.", "seconds": 99, "change_note": "Why not?"},
         "Version 3, meaning changed: Why not? Suggested seconds: 180 → 99."),
        ({}, "No fields changed."),
    ],
)  # fmt: skip
def test_the_log_has_what_changed_and_why(client, editor, question, changes, said):
    url = url_of("change", question)
    client.post(url, filled_in(client.get(url), **changes))
    assert LogEntry.objects.get().get_change_message() == said


def test_the_log_names_the_topic_before_and_after(client, editor, question):
    url, topic = url_of("change", question), TopicFactory(name="New home")
    client.post(url, filled_in(client.get(url), topic=topic.pk))
    said = f"Topic: {question.topic.name} → New home."
    assert LogEntry.objects.get().get_change_message() == said


# --- deleting ----------------------------------------------------------------------------------


def test_a_question_nobody_was_asked_can_be_deleted(client, editor):
    question = published_question()
    delete(client, question)
    assert not Question.objects.exists()
    assert not QuestionVersion.objects.exists()


def test_a_question_that_was_asked_cannot_and_the_page_says_why(client, editor):
    question = asked_question()
    assert "can&#x27;t be deleted" in client.get(url_of("change", question)).content.decode()
    said = f"{question.slug}: 1 answer to it. Retire it instead."
    assert said in client.get(url_of("delete", question)).content.decode()
    assert said in client.post(url_of("delete", question), {"post": "yes"}).content.decode()
    assert Question.objects.filter(pk=question.pk).exists()


def test_the_form_and_deleting_count_the_answers_there_are_now(client, editor):
    refresh(now=START)
    question = asked_question()
    page = client.get(url_of("change", question)).content.decode()
    assert "1 time. It can&#x27;t be deleted" in page
    assert "1 answer to it." in client.get(url_of("delete", question)).content.decode()


@pytest.mark.parametrize("page", ["change", "delete"])
def test_a_page_reads_no_more_answers_of_a_question_that_was_asked_often(
    client, editor, monkeypatch, page
):
    monkeypatch.setattr(usage, "MOST_COUNTED", 3)
    question = asked_question()
    read = []
    for answers in (5, 50):
        attempts = AttemptFactory.create_batch(answers, finished=True)
        for attempt in attempts:
            AnswerFactory(attempt=attempt, version=question.current_version, written=True)
        with rows_read(Answer) as rows:
            shown = client.get(url_of(page, question)).content.decode()
        assert "ore than 3" in shown
        read += rows
    assert read[0] == read[1]


def test_a_question_that_an_interview_names_cannot_be_deleted(client, editor):
    interview = interview_of(1, name="Screening")
    question = interview.slots.get().question
    response = client.post(url_of("delete", question), {"post": "yes"})
    assert str(interview.slots.get()) in response.content.decode()
    assert Question.objects.filter(pk=question.pk).exists()
