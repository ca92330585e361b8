"""The pages of a question in the admin: preview, versions, restoring, copies, where it is used."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.models import Answer, Attempt, QuestionStatistics, Report
from questions.bank import versions
from questions.models import Question, Slot, Status
from tests.admin_pages import filled_in, messages_of
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    InterviewFactory,
    QuestionFactory,
    TopicFactory,
    UserFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:questions_question_changelist")
PREVIEW = reverse("admin:questions_question_markdown")
ROOM = reverse("admin:questions_question_as_candidate")


def url_of(page, question, *more):
    return reverse(f"admin:questions_question_{page}", args=[question.pk, *more])


@pytest.fixture
def editor(client):
    user = UserFactory(username="edith", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def question():
    """Two versions; the first has two key points, the second one word more and a point less."""
    question = published_question(answer="A big dog.")
    texts = {"answer": "A very big dog.", "key_points": ["The first idea."]}
    texts = question.current_version.texts() | texts
    versions.save_texts(
        question, texts, now=START, change_kind="typo", change_note="Why <b>not</b>."
    )
    question.refresh_from_db()
    return question


def reader(*permissions):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


# --- preview --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("prompt", "What is *drift*?", '<p class="preview-prompt">What is <em>drift</em>?</p>'),
        ("answer", "One\n\n- two", "<p>One</p>\n<ul>\n<li>two</li>\n</ul>\n"),
        ("key_points", "One.\n\n *Two*. ", "<ul><li>One.</li><li><em>Two</em>.</li></ul>"),
        ("key_points", " ", ""),
    ],
)
def test_the_preview_shows_what_becomes_of_the_markdown(client, editor, field, typed, shown):
    response = client.post(f"{PREVIEW}?field={field}", {field: typed})
    assert response.content.decode() == shown


@pytest.mark.parametrize("field", ["prompt", "answer", "key_points"])
def test_the_preview_is_sanitized(client, editor, field):
    typed = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://z/)"
    page = client.post(f"{PREVIEW}?field={field}", {field: typed}).content.decode()
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
    assert client.post(f"{PREVIEW}?field=slug", {"slug": "x"}).status_code == 404
    assert client.get(f"{PREVIEW}?field=answer").status_code == 405


# --- as a candidate -------------------------------------------------------------------------


def test_a_stored_version_is_shown_in_the_room_and_nothing_is_stored(client, editor, question):
    old = question.versions.get(number=1)
    response = client.get(ROOM, {"version": old.pk})
    page = response.content.decode()
    assert "Your answer" in page
    assert old.prompt in page
    assert "Preview: this is the room" in page
    assert "big dog" not in page  # the room never shows an answer
    assert "js/room.js" not in page
    policy = response["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "connect-src 'none'" in policy
    assert not Attempt.objects.exists()
    assert not Answer.objects.exists()


def test_what_stands_in_the_form_is_shown_in_the_room(client, editor):
    topic = TopicFactory(name="Data & more")
    sent = {"prompt": "Why *so*?", "topic": topic.pk, "difficulty": 3, "seconds": 90}
    page = client.post(ROOM, sent).content.decode()
    assert "Why <em>so</em>?" in page
    assert "Data &amp; more · hard" in page
    assert "1:30" in page
    assert not Question.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"topic": "x", "difficulty": "9" * 400, "seconds": "-1"}])
def test_a_form_that_is_wrong_is_shown_all_the_same(client, editor, sent):
    assert client.post(ROOM, sent).status_code == 200


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 400])
def test_a_version_that_is_not_there_is_a_404(client, editor, version):
    assert client.get(ROOM, {"version": version}).status_code == 404


# --- comparing, restoring -------------------------------------------------------------------


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
        assert messages_of(response) == [
            "The question says what version 2 says: there is nothing to restore."
        ]
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
    assert "Somebody saved another version meanwhile." in response.content.decode()
    assert question.versions.count() == 3
    assert client.post(url_of("restore", question, 1), {}).status_code == 200
    assert question.versions.count() == 3


def test_a_version_without_key_points_is_not_restored_to_a_published_question(client, editor):
    question = published_question(key_points=[])
    texts = question.current_version.texts() | {"key_points": ["One."]}
    versions.save_texts(question, texts, now=START)
    assert "no key points" in restore(client, question, 1).content.decode()
    assert question.versions.count() == 2


# --- copies, use, the banner ----------------------------------------------------------------


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


def test_the_form_takes_the_same_queries_for_one_version_and_for_four(client, editor, question):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url_of("change", question)).status_code == 200
        return len(captured)

    interview_of(1).slots.update(question=question)
    queries()
    before = queries()
    for words in ("Three.", "Four."):
        texts = question.current_version.texts() | {"answer": words}
        versions.save_texts(question, texts, now=START, author=editor)
    for _ in range(3):
        interview_of(1).slots.update(question=question)
        AnswerFactory(version=question.versions.first(), written=True)
    assert queries() == before


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


# --- the list -------------------------------------------------------------------------------


def act(client, action, *questions, **sent):
    data = {"action": action, "_selected_action": [q.pk for q in questions], **sent}
    return client.post(LIST, data, follow=True)


def test_topic_and_difficulty_are_set_for_many_at_once(client, editor):
    one, two, topic = published_question(), published_question(), TopicFactory(name="New home")
    before = [f"Topic: {q.topic.name} → New home." for q in (one, two)]
    assert messages_of(act(client, "set_topic", one, two, topic=topic.pk)) == [
        "2 changed: topic New home."
    ]
    act(client, "set_difficulty", one, difficulty="3")
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.topic, two.topic, one.difficulty, two.difficulty) == (topic, topic, 3, 2)
    said = {entry.get_change_message() for entry in LogEntry.objects.all()}
    assert said == {*before, "Difficulty: medium → hard."}


@pytest.mark.parametrize("sent", [{}, {"topic": "", "difficulty": ""}])
def test_nothing_chosen_changes_nothing(client, editor, sent):
    question = published_question()
    for action in ("set_topic", "set_difficulty"):
        assert "Nothing was changed" in messages_of(act(client, action, question, **sent))[0]
    assert not LogEntry.objects.exists()


def test_a_forged_value_changes_nothing(client, editor):
    question = published_question()
    act(client, "set_topic", question, topic="9" * 400)
    act(client, "set_difficulty", question, difficulty="4")
    before = (question.topic_id, question.difficulty)
    question.refresh_from_db()
    assert (question.topic_id, question.difficulty) == before


def test_the_list_shows_the_author_of_the_version_and_counts_beside_the_filters(client, editor):
    question = published_question()
    published_question()
    texts = question.current_version.texts() | {"answer": "New."}
    versions.save_texts(question, texts, now=START, author=editor)
    page = client.get(LIST).content.decode()
    assert "2 by edith" in page
    assert "published (2)" in page


# --- who ------------------------------------------------------------------------------------


def test_who_may_only_look_compares_and_changes_nothing(client, question):
    client.force_login(reader("view_question"))
    page = client.get(url_of("compare", question)).content.decode()
    assert url_of("restore", question, 1) not in page
    assert client.get(ROOM, {"version": question.current_version_id}).status_code == 200
    for response in (
        restore(client, question, 1),
        client.get(url_of("restore", question, 1)),
        client.post(url_of("duplicate", question)),
        client.post(f"{PREVIEW}?field=answer", {"answer": "x"}),
    ):
        assert response.status_code == 403
    act(client, "set_topic", question, topic=TopicFactory().pk)
    act(client, "set_difficulty", question, difficulty="3")
    topic = question.topic
    question.refresh_from_db()
    assert (question.topic, question.difficulty) == (topic, 2)
    assert question.versions.count() == 2
    assert Question.objects.count() == 1


# --- what only attempts know ----------------------------------------------------------------


COVERAGE = reverse("admin:questions_question_coverage")


def test_the_form_names_the_key_points_that_the_example_answer_lacks(client, editor):
    typed = {
        "prompt": "Why keep versions of data?",
        "answer": "A model can be trained again on the same data. Errors can be traced.",
        "example_answer": "I keep versions so that a model can be trained again on the same data.",
        "key_points": "A model can be trained again on the same data.\n\n Costs fall by *half*.",
    }
    assert COVERAGE in client.get(url_of("change", published_question())).content.decode()
    for _ in range(2):  # found, then remembered
        page = client.post(COVERAGE, typed).content.decode()
        assert "Costs fall by <em>half</em>." in page
        assert "trained again" not in page
    whole = typed | {"key_points": "A model can be trained again on the same data."}
    assert "makes each key point" in client.post(COVERAGE, whole).content.decode()
    client.force_login(reader("view_question"))
    assert client.post(COVERAGE, typed).status_code == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, ""),
        ({"example_answer": "Words."}, ""),
        ({"key_points": "One."}, ""),
        ({"example_answer": "x" * 10_001, "key_points": "One."}, "looked at up to"),
        ({"example_answer": "x", "key_points": "\n".join(map(str, range(99)))}, "looked at up to"),
    ],
)
def test_of_no_example_and_of_a_very_long_one_no_point_is_said_to_lack(client, editor, typed, said):
    page = client.post(COVERAGE, typed).content.decode()
    assert said in page
    assert "does not seem" not in page
    assert bool(page.strip()) == bool(said)


def test_the_list_has_the_stored_statistics_and_open_reports(client, editor):
    question = published_question()
    answer = AnswerFactory(version=question.current_version, written=True)
    QuestionStatistics.objects.create(
        question=question, asked=9, reached=9, scored=8, mean_share=0.456, skip_rate=0.25,
        paired=0, computed_at=START,
    )  # fmt: skip
    Report.objects.create(
        answer=answer, reason=Report.Reason.values[0], text="Odd.", reported_at=START
    )
    page = client.get(LIST, {"o": "-7.-8.-9"}).content.decode()
    assert '<td class="field-mean_share">46 %</td>' in page
    assert '<td class="field-skip_rate">25 %</td>' in page
    assert '<td class="field-open_reports">1</td>' in page
