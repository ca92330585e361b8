"""The bank in Django's admin: questions and topics."""

import threading

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.statistics.compute import refresh
from questions.formats import MAX_TEXT
from questions.models import Question, QuestionVersion, Status
from tests.admin_pages import errors_of, filled_in, messages_of
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    QuestionFactory,
    TopicFactory,
    UserFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:questions_question_changelist")
ADD = reverse("admin:questions_question_add")


def change_url(question):
    return reverse("admin:questions_question_change", args=[question.pk])


def delete_url(question):
    return reverse("admin:questions_question_delete", args=[question.pk])


def asked_question(**texts):
    """A published question that one attempt has asked."""
    question = published_question(**texts)
    AnswerFactory(version=question.current_version)
    return question


def staff(*permissions, **fields):
    user = UserFactory(is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def editor(client):
    user = UserFactory(username="edith", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def save(client, question, **changes):
    """Open the form, type, save; the answer is the page that comes then."""
    data = filled_in(client.get(change_url(question)), **changes)
    return client.post(change_url(question), data, follow=True)


# --- the form -------------------------------------------------------------------------------


def test_the_form_shows_the_current_texts(client, editor):
    question = published_question(answer="Fine & <b>true</b>.", key_points=["One.", "Two."])
    form = client.get(change_url(question)).context["adminform"].form
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
    page = client.get(change_url(question))
    # A browser ends lines its own way.
    data = {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in filled_in(page, difficulty=3).items()
    }
    response = client.post(change_url(question), data, follow=True)
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
        ({"key_points": "\n \n"}, "key_points", "To be published, a question needs a key point"),
        ({"key_points": "One.\nTwo.\n ONE. "}, "key_points", "This key point comes twice: “One.”"),
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
    (inline,) = client.get(change_url(question)).context["inline_admin_formsets"]
    assert [form.instance.number for form in inline.formset.forms] == [2, 1]
    assert {name for form in inline.formset.forms for name in form.fields} == {"id", "question"}
    assert not inline.has_add_permission
    assert not inline.has_delete_permission


# --- two editors ----------------------------------------------------------------------------


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(client, editor):
    question = published_question(answer="First words.")
    second = filled_in(client.get(change_url(question)), answer="Second <b>words</b>.")
    save(client, question, answer="Other words.")
    response = client.post(change_url(question), second)
    (said,) = errors_of(response)["__all__"]
    assert said.startswith("edith saved version 2 while you had this form open")
    assert response.context["adminform"].form.conflicts == [
        {"label": "Answer", "saved": "Other words.", "yours": "Second <b>words</b>."}
    ]
    assert "Second &lt;b&gt;words&lt;/b&gt;." in response.content.decode()
    assert question.versions.count() == 2
    question.refresh_from_db()
    assert question.current_version.answer == "Other words."


def test_having_seen_both_the_second_editor_can_save(client, editor):
    question = published_question()
    second = filled_in(client.get(change_url(question)), answer="Second words.")
    save(client, question, answer="Other words.")
    told = client.post(change_url(question), second)
    client.post(change_url(question), filled_in(told))
    assert list(question.versions.values_list("number", "answer")) == [
        (3, "Second words."),
        (2, "Other words."),
        (1, "What is true."),
    ]


def test_what_only_the_other_editor_changed_stays_and_only_what_both_changed_is_asked(
    client, editor
):
    question = published_question(difficulty=1, answer="First words.")
    second = filled_in(
        client.get(change_url(question)), how_to_answer="Mine.", answer="My words.", seconds=99
    )
    save(client, question, prompt="A better prompt?", answer="Their words.", difficulty=3)
    told = client.post(change_url(question), second)
    form = told.context["adminform"].form
    assert [conflict["label"] for conflict in form.conflicts] == ["Answer"]
    assert form["prompt"].value() == "A better prompt?"
    client.post(change_url(question), filled_in(told))
    question.refresh_from_db()
    version = question.current_version
    assert (version.prompt, version.how_to_answer) == ("A better prompt?", "Mine.")
    assert (version.answer, question.difficulty, question.seconds) == ("My words.", 3, 99)


def test_two_editors_of_different_fields_need_not_be_asked(client, editor):
    question = published_question(difficulty=1)
    second = filled_in(client.get(change_url(question)), seconds=99, how_to_answer="Mine.")
    save(client, question, difficulty=3, key_points="One idea.\nAnother.")
    response = client.post(change_url(question), second, follow=True)
    assert (
        "Somebody changed this meanwhile, and it stays as they saved it: Key points, Difficulty."
    ) in messages_of(response)
    question.refresh_from_db()
    assert (question.difficulty, question.seconds) == (3, 99)
    assert question.current_version.key_points == ["One idea.", "Another."]
    assert question.current_version.how_to_answer == "Mine."


def test_a_setting_that_both_changed_is_shown_with_its_label(client, editor):
    question = published_question(difficulty=1)
    second = filled_in(client.get(change_url(question)), difficulty=2)
    save(client, question, difficulty=3)
    response = client.post(change_url(question), second)
    assert errors_of(response)["__all__"][0].startswith("Somebody saved this question while")
    assert response.context["adminform"].form.conflicts == [
        {"label": "Difficulty", "saved": "hard", "yours": "medium"}
    ]


def test_two_editors_with_the_same_words_do_not_quarrel(client, editor):
    question = published_question()
    second = filled_in(client.get(change_url(question)), answer="Same words.")
    save(client, question, answer="Same words.")
    response = client.post(change_url(question), second)
    assert response.status_code == 302
    assert question.versions.count() == 2


@pytest.mark.parametrize(
    "started", ["", "x", "[]", '{"version": 1e999}', '{"version": ' + "9" * 400 + "}", "[" * 9999]
)
def test_a_form_that_does_not_say_where_it_started_is_not_believed(client, editor, started):
    question = published_question()
    response = save(client, question, answer="Better.", started_from=started)
    assert "__all__" in errors_of(response)
    assert question.versions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_moment_one_saves_and_one_is_told(client, editor):
    question = published_question()
    page = client.get(change_url(question))
    ready, said = threading.Barrier(2), []

    def post(answer):
        try:
            own = Client()
            own.cookies = client.cookies
            ready.wait(timeout=10)
            said.append(own.post(change_url(question), filled_in(page, answer=answer)).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[text]) for text in ("Mine.", "Yours.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(said) == [200, 302]
    assert question.versions.count() == 2


# --- the list -------------------------------------------------------------------------------


def rows(response):
    return [question.slug for question in response.context["cl"].result_list]


def test_the_list_says_how_often_each_was_asked_as_last_counted(client, editor):
    often, fresh, once = published_question(), published_question(), published_question()
    for version in (often.current_version, often.current_version, once.current_version):
        AnswerFactory(attempt=AttemptFactory(finished=True), version=version)
    refresh(now=START)
    AnswerFactory(attempt=AttemptFactory(finished=True), version=fresh.current_version)
    table = client.get(LIST).context["cl"]
    assert {q.slug: q.stored_asked for q in table.result_list} == {
        often.slug: 2,
        once.slug: 1,
        fresh.slug: 0,
    }
    column = table.list_display.index("times_asked")
    assert rows(client.get(LIST, {"o": f"-{column}"})) == [often.slug, once.slug, fresh.slug]


def test_the_form_and_deleting_count_the_answers_there_are_now(client, editor):
    refresh(now=START)
    question = asked_question()
    page = client.get(change_url(question)).content.decode()
    assert "1 time(s). It can&#x27;t be deleted" in page
    assert "1 answer(s) to it." in client.get(delete_url(question)).content.decode()


def test_the_list_escapes_prompts(client, editor):
    published_question(prompt="<script>alert(1)</script> & more")
    page = client.get(LIST).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


@pytest.mark.parametrize(
    "field", ["prompt", "answer", "how_to_answer", "example_answer", "key_points"]
)
def test_search_finds_every_text(client, editor, field):
    needle = "has a Needle in it"
    wanted = published_question(**{field: [needle] if field == "key_points" else needle})
    published_question()
    assert rows(client.get(LIST, {"q": "needle"})) == [wanted.slug]


def test_search_finds_the_slug_and_no_former_text(client, editor):
    question = published_question(answer="Former words.")
    save(client, question, answer="New words.")
    assert rows(client.get(LIST, {"q": question.slug})) == [question.slug]
    assert rows(client.get(LIST, {"q": "former"})) == []


@pytest.mark.parametrize(
    "params",
    [
        {"q": "'\"%_\\"},
        {"o": "6.-5.1.2.3.4"},
        {"difficulty__exact": "9" * 400},
        {"status__exact": "x"},
        {"topic__id__exact": "x"},
        {"p": "9" * 400},
        {"_facets": "True"},
    ],
)
def test_no_address_breaks_the_list(client, editor, params):
    asked_question()
    assert client.get(LIST, params, follow=True).status_code == 200


def test_filters_by_topic_difficulty_and_status(client, editor):
    wanted = published_question(difficulty=3)
    published_question(difficulty=1)
    draft = QuestionFactory(difficulty=3)
    assert rows(client.get(LIST, {"topic__id__exact": wanted.topic_id})) == [wanted.slug]
    assert rows(client.get(LIST, {"status__exact": "draft"})) == [draft.slug]
    assert set(rows(client.get(LIST, {"difficulty__exact": 3}))) == {wanted.slug, draft.slug}


def queries(client, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["question", "topic", "interview"])
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(client, editor, name):
    url = reverse(f"admin:questions_{name}_changelist")
    interview = interview_of(2)  # of two topics, for a filter with one choice is not shown
    AnswerFactory(version=interview.slots.first().question.current_version)
    client.get(url)  # the first page of a process fills caches
    once = queries(client, url)
    for interview in (interview_of(1), interview_of(1)):
        AnswerFactory(version=interview.slots.get().question.current_version)
    assert queries(client, url) == once


# --- actions --------------------------------------------------------------------------------


def act(client, action, *questions):
    data = {"action": action, "_selected_action": [question.pk for question in questions]}
    return client.post(LIST, data, follow=True)


def test_publish_takes_what_is_ready_and_says_what_is_not(client, editor):
    ready, pointless, empty = (
        published_question(),
        published_question(key_points=[]),
        QuestionFactory(),
    )
    Question.objects.update(status=Status.DRAFT.value)
    response = act(client, "publish", ready, pointless, empty)
    assert messages_of(response) == [
        "1 now published.",
        f"Left out, for they have no key points: {pointless.slug}, {empty.slug}.",
    ]
    assert list(Question.objects.published()) == [ready]
    assert LogEntry.objects.get().get_change_message() == "Status: draft → published."


def test_retiring_by_the_form_names_the_interviews_that_suffer(client, editor):
    interview_of(1, name="Screening")
    question = Question.objects.get()
    response = save(client, question, status="retired")
    said = "These interviews ask for them by name and can't be started now: Screening."
    assert said in messages_of(response)
    assert said not in messages_of(save(client, question, seconds=99))


def test_retire_names_the_interviews_that_suffer(client, editor):
    interview = interview_of(1, name="Screening")
    question = interview.slots.get().question
    response = act(client, "retire", question, published_question())
    assert messages_of(response) == [
        "2 now retired.",
        "These interviews ask for them by name and can't be started now: Screening.",
    ]
    assert not Question.objects.published().exists()


def test_nothing_is_deleted_in_bulk(client, editor):
    question = published_question()
    assert "delete_selected" not in client.get(LIST).content.decode()
    act(client, "delete_selected", question)
    assert Question.objects.filter(pk=question.pk).exists()


def test_a_question_nobody_was_asked_can_be_deleted(client, editor):
    question = published_question()
    client.post(delete_url(question), {"post": "yes"})
    assert not Question.objects.exists()
    assert not QuestionVersion.objects.exists()


def test_a_question_that_was_asked_cannot_and_the_page_says_why(client, editor):
    question = asked_question()
    assert "can&#x27;t be deleted" in client.get(change_url(question)).content.decode()
    said = f"{question.slug}: 1 answer(s) to it. Retire it instead."
    assert said in client.get(delete_url(question)).content.decode()
    assert said in client.post(delete_url(question), {"post": "yes"}).content.decode()
    assert Question.objects.filter(pk=question.pk).exists()


def test_a_question_that_an_interview_names_cannot_be_deleted(client, editor):
    interview = interview_of(1, name="Screening")
    question = interview.slots.get().question
    response = client.post(delete_url(question), {"post": "yes"})
    assert "Screening, slot 1" in response.content.decode()
    assert Question.objects.filter(pk=question.pk).exists()


# --- topics ---------------------------------------------------------------------------------


def test_topics_are_listed_with_their_questions_and_moved_in_the_list(client, editor):
    url = reverse("admin:questions_topic_changelist")
    topic = TopicFactory(name="Data")
    QuestionFactory(topic=topic)
    QuestionFactory(topic=topic)
    (row,) = client.get(url).context["cl"].result_list
    assert row.question_count == 2
    data = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": topic.pk,
        "form-0-position": 42,
        "_save": "Save",
    }
    client.post(url, data)
    topic.refresh_from_db()
    assert topic.position == 42


# --- who ------------------------------------------------------------------------------------


def pages(question):
    names = ["question", "topic", "interview"]
    return [
        *(
            reverse(f"admin:questions_{name}_{page}")
            for name in names
            for page in ("changelist", "add")
        ),
        change_url(question),
        delete_url(question),
        reverse("admin:questions_question_history", args=[question.pk]),
    ]


@pytest.mark.parametrize("who", ["nobody", "candidate"])
def test_strangers_are_sent_to_the_log_in(client, who):
    question = published_question(prompt="A secret prompt?")
    if who == "candidate":
        client.force_login(UserFactory())
    for url in pages(question):
        for response in (client.get(url), client.post(url)):
            assert (response.status_code, response["Location"]) == (
                302,
                f"{reverse('admin:login')}?next={url}",
            )


def test_staff_without_permission_is_refused(client):
    question = published_question()
    client.force_login(staff("view_attempt"))
    for url in pages(question):
        assert [client.get(url).status_code, client.post(url).status_code] == [403, 403]
    autocomplete = {"app_label": "questions", "model_name": "slot", "field_name": "question"}
    assert client.get(reverse("admin:autocomplete"), autocomplete).status_code == 403


def test_who_may_only_look_sees_the_texts_and_changes_nothing(client):
    question = published_question(answer="Fine <b>words</b>.", key_points=["One.", "Two."])
    client.force_login(staff("view_question"))
    page = client.get(change_url(question)).content.decode()
    assert "Fine &lt;b&gt;words&lt;/b&gt;." in page
    assert "One.<br>Two." in page
    assert "<textarea" not in page
    assert "question-group" not in page
    assert client.post(change_url(question), {"answer": "x"}).status_code == 403
    assert client.get(delete_url(question)).status_code == 403
    act(client, "retire", question)
    question.refresh_from_db()
    assert question.status == Status.PUBLISHED


@pytest.mark.parametrize("key", ["0", "x", "9" * 400, "a%00b"])
def test_a_question_that_is_not_there_leads_back(client, editor, key):
    for page in ("change", "delete", "history"):
        response = client.get(f"{LIST}{key}/{page}/")
        assert (response.status_code, response["Location"]) == (302, reverse("admin:index"))


@pytest.mark.parametrize("url", [reverse("admin:index"), LIST, ADD])
def test_the_pages_have_a_title_and_nothing_inline(client, editor, url):
    page = client.get(url).content.decode()
    assert "Mock interview: the bank" in page
    for inline in ("<style", " style=", " onclick=", "<script>"):
        assert inline not in page
