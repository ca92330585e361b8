"""The page with the words that candidates show for a question's key points."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from attempts.models import WordsDecision
from attempts.rules.shown_words import digest_of
from questions.models import Question, QuestionVersion
from questions.rules.limits import MAX_STATEMENTS
from tests.admin_pages import levels_of, queries, staff, url_of
from tests.attempts.said import said
from tests.factories import UserFactory, VersionFactory, published_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = staff("view_question", "change_question")
    client.force_login(user)
    return user


@pytest.fixture
def question():
    return published_question()


def first_point(question):
    return question.current_version.key_points[0]


def press(client, question, verdict, words, *, follow=True):
    data = {"verdict": verdict, "words": digest_of(first_point(question), words)}
    return client.post(url_of("words", question), data, follow=follow)


def offered(client, question):
    points = client.get(url_of("words", question)).context["points"]
    return [[words.text for words, _ in rows] for _, rows, _ in points]


def phrasings(question):
    question.refresh_from_db()
    return question.phrasings.get(first_point(question), {"accept": [], "reject": []})


def log():
    return [(entry.user_id, entry.get_change_message()) for entry in LogEntry.objects.all()]


@pytest.mark.parametrize("who", ["nobody", "candidate", "reader", "examiner"])
def test_only_who_may_change_questions_sees_the_words(client, question, who):
    said(question, "it is so")
    users = {
        "candidate": UserFactory,
        "reader": lambda: staff("view_question"),
        "examiner": lambda: staff("view_question", "view_attempt", "view_answer"),
    }
    if who in users:
        client.force_login(users[who]())
    for response in (
        client.get(url_of("words", question)),
        press(client, question, "accept", "it is so", follow=False),
    ):
        assert response.status_code in (302, 403)
        assert "it is so" not in response.content.decode()
    assert phrasings(question)["accept"] == []
    assert not WordsDecision.objects.exists()


def test_the_page_shows_no_person_and_nothing_else_of_the_answer(client, editor, question):
    ann = UserFactory(username="ann-the-candidate", email="ann@example.net")
    row = said(question, "it is so", user=ann)
    said(question, "mine at ann@example.net")
    said(published_question(), "of another question")
    page = client.get(url_of("words", question)).content.decode()
    assert "it is so" in page
    private = ("ann-the-candidate", "ann@", "Before it", "After it", str(row.answer.attempt_id))
    for text in (*private, "of another question", "March 2026"):
        assert text not in page


@pytest.mark.parametrize("kind", ["accept", "reject"])
def test_one_press_accepts(client, editor, question, kind):
    said(question, "it is so")
    response = press(client, question, kind, "it is so")
    assert response.redirect_chain == [(f"{url_of('words', question)}#point-1", 302)]
    assert phrasings(question)[kind] == ["it is so"]
    assert offered(client, question) == [[], []]
    assert QuestionVersion.objects.count() == 1
    [(user_id, message)] = log()
    assert user_id == editor.pk
    assert "it is so" in message


@pytest.mark.django_db(transaction=True)
def test_the_editor_is_told_how_many_suggestions_would_change(client, editor, question):
    said(question, "it is so")
    response = press(client, question, "accept", "it is so")
    assert levels_of(response) == ["success", "info"]


def test_one_press_puts_aside_and_another_takes_that_back(client, editor, question):
    said(question, "it is so")
    press(client, question, "aside", "it is so")
    assert offered(client, question) == [[], []]
    assert phrasings(question) == {"accept": [], "reject": []}
    press(client, question, "offer", "it is so")
    assert offered(client, question) == [["it is so"], []]
    assert len(log()) == 2
    assert all("it is so" not in message for _, message in log())


def test_what_is_refused_is_said_beside_the_words(client, editor, question):
    said(question, "it is so")
    said(question, "and so")
    full = [f"way {n}" for n in range(MAX_STATEMENTS)]
    Question.objects.update(phrasings={first_point(question): {"accept": full, "reject": []}})
    response = press(client, question, "accept", "it is so")
    rows = response.context["points"][0][1]
    assert [(words.text, bool(wrong)) for words, wrong in rows] == [
        ("and so", False),
        ("it is so", True),
    ]
    assert 'role="alert"' in response.content.decode()
    assert phrasings(question)["accept"] == full
    assert log() == []


def test_words_that_are_decided_meanwhile_change_nothing(client, editor, question):
    said(question, "it is so")
    press(client, question, "aside", "it is so")
    response = press(client, question, "accept", "it is so")
    assert levels_of(response) == ["warning"]
    assert phrasings(question)["accept"] == []


@pytest.mark.parametrize("verdict", ["", "typo"])
def test_other_decisions_are_refused(client, editor, question, verdict):
    said(question, "it is so")
    assert press(client, question, verdict, "it is so").status_code == 404


def test_words_that_nobody_shows_cannot_be_accepted(client, editor, question):
    said(question, "it is so")
    response = press(client, question, "accept", "made up")
    assert levels_of(response) == ["warning"]
    assert phrasings(question)["accept"] == []


def test_what_candidates_wrote_is_escaped(client, editor, question):
    said(question, "<script>alert(1)</script>")
    for _ in range(2):
        assert "<script>alert(1)" not in client.get(url_of("words", question)).content.decode()
        press(client, question, "aside", "<script>alert(1)</script>")


def test_a_question_without_a_version_has_no_such_page(client, editor):
    draft = VersionFactory().question
    assert client.get(url_of("words", draft)).status_code == 404


def test_the_question_and_its_statistics_lead_there(client, editor, question):
    page = url_of("words", question)
    statistics = reverse("admin:attempts_questionstatistics_question", args=[question.pk])
    for address in (url_of("change", question), statistics):
        assert f'href="{page}"' in client.get(address).content.decode()
    client.force_login(staff("view_question"))
    for address in (url_of("change", question), statistics):
        assert f'href="{page}"' not in client.get(address).content.decode()


def test_the_page_takes_as_many_statements_with_more_words(client, editor, question):
    said(question, "it is so")
    client.get(url_of("words", question))
    before = queries(client, url_of("words", question))
    for n in range(3):
        said(question, f"way {n}", point=n % 2)
        press(client, question, "aside", f"way {n}")
    said(question, "one more")
    client.get(url_of("words", question))
    assert queries(client, url_of("words", question)) == before
