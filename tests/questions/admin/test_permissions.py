"""Who may see and change the bank in the admin."""

import pytest
from django.urls import reverse

from questions.models import Question, Status
from tests.admin_pages import QUESTIONS, act, staff, url_of
from tests.factories import TopicFactory, UserFactory, published_question

pytestmark = pytest.mark.django_db
ADD = reverse("admin:questions_question_add")
MARKDOWN = reverse("admin:questions_question_markdown")
AS_CANDIDATE = reverse("admin:questions_question_as_candidate")


def pages(question):
    names = ["question", "topic", "interview"]
    return [
        *(
            reverse(f"admin:questions_{name}_{page}")
            for name in names
            for page in ("changelist", "add")
        ),
        url_of("change", question),
        url_of("delete", question),
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
    page = client.get(url_of("change", question)).content.decode()
    assert "Fine &lt;b&gt;words&lt;/b&gt;." in page
    assert "One.<br>Two." in page
    assert page.count("<textarea") == 1  # to try an answer, which changes nothing
    assert "question-group" not in page
    assert client.post(url_of("change", question), {"answer": "x"}).status_code == 403
    assert client.get(url_of("delete", question)).status_code == 403
    act(client, "retire", question)
    question.refresh_from_db()
    assert question.status == Status.PUBLISHED


def test_who_may_only_look_compares_and_changes_nothing(client, question):
    client.force_login(staff("view_question"))
    page = client.get(url_of("compare", question)).content.decode()
    assert url_of("restore", question, 1) not in page
    assert client.get(AS_CANDIDATE, {"version": question.current_version_id}).status_code == 200
    for response in (
        client.post(url_of("restore", question, 1), {"current": 2, "change_note": "Better."}),
        client.get(url_of("restore", question, 1)),
        client.post(url_of("duplicate", question)),
        client.post(f"{MARKDOWN}?field=answer", {"answer": "x"}),
    ):
        assert response.status_code == 403
    act(client, "set_topic", question, topic=TopicFactory().pk)
    act(client, "set_difficulty", question, difficulty="3")
    topic = question.topic
    question.refresh_from_db()
    assert (question.topic, question.difficulty) == (topic, 2)
    assert question.versions.count() == 2
    assert Question.objects.count() == 1


@pytest.mark.parametrize("key", ["0", "x", "9" * 400, "a%00b"])
def test_a_question_that_is_not_there_leads_back(client, editor, key):
    for page in ("change", "delete", "history"):
        response = client.get(f"{QUESTIONS}{key}/{page}/")
        assert (response.status_code, response["Location"]) == (302, reverse("admin:index"))


@pytest.mark.parametrize("url", [reverse("admin:index"), QUESTIONS, ADD])
def test_the_pages_have_a_title_and_nothing_inline(client, editor, url):
    page = client.get(url).content.decode()
    assert "Mock interview: the bank" in page
    for inline in ("<style", " style=", " onclick=", "<script>"):
        assert inline not in page
