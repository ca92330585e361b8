"""No word of a question that was not asked leaves the database before its owner wants it."""

import re

import pytest

from attempts.models import QuestionNote
from attempts.owners import Owner
from tests.attempts.views.questions.rows import answered, as_guest, secret_question
from tests.factories import UserFactory, interview_of, published_question
from tests.plain_browser import HTMX, begin, logged_in

pytestmark = pytest.mark.django_db

WORD = "xylophone"


@pytest.fixture
def hidden():
    return secret_question(WORD)


@pytest.fixture(params=["stranger", "guest", "user", "somebody with answers"])
def somebody(request, client, hidden):
    """A client; the last one has answers, a note and a bookmark, also on the hidden question."""
    if request.param == "stranger":
        return client
    if request.param == "guest":
        as_guest(client)
        return client
    user = UserFactory()
    if request.param == "somebody with answers":
        me = Owner(user_id=user.pk)
        answered(me, published_question())
        fields = {"note": "Mine.", "is_bookmarked": True}
        QuestionNote.objects.create(user=user, question=hidden, **fields)
    return logged_in(user)


def responses(client, pk):
    """Every page and fragment about the question, by what was asked for."""
    words = [WORD, f"{WORD}prompt", f"how {WORD}", f"{WORD}point", f"{WORD}-slug", "work", "how"]
    gets = [
        "/questions/",
        f"/questions/{pk}/",
        "/questions/?sort=topic",
        "/questions/?state=never-asked",
    ]
    gets += [f"/questions/?q={word}" for word in words]
    for address in gets:
        for headers in (None, HTMX):
            yield address, client.get(address, headers=headers)
    posts = [("note", {"text": "x" * 9_999}), ("note", {"text": "Mine too.", "based_on": ""})]
    posts += [("bookmark", {"yes": "1"}), ("bookmark", {"yes": "0"}), ("prompt", {"yes": "0"})]
    for thing, data in posts:
        for headers in (None, HTMX):
            address = f"/questions/{pk}/{thing}/"
            yield address, client.post(address, data, headers=headers, follow=headers is None)


def leaks(response) -> list[str]:
    """Where the word stands, but for what a search form says back."""
    html = re.sub(r'<input type="search"[^>]*>', "", response.content.decode())
    said = re.sub(r"\?q=[^\"'&#]*", "", f"{html} {dict(response.headers)}").casefold()
    return [said[max(at.start() - 60, 0) : at.end() + 20] for at in re.finditer(WORD, said)]


def test_no_response_has_a_word_of_it(somebody, hidden):
    for address, response in responses(somebody, hidden.pk):
        assert leaks(response) == [], address


def test_a_search_for_its_words_does_not_find_it(somebody, hidden):
    for word in (WORD, f"{WORD}prompt", "work", "How does", f"{WORD}below", f"{WORD}point"):
        found = [row.pk for row in somebody.get("/questions/", {"q": word}).context["page"].found]
        assert hidden.pk not in found


def test_the_order_and_the_addresses_do_not_follow_its_words(client, hidden):
    html = client.get("/questions/").content.decode()
    assert f'href="/questions/{hidden.pk}/"' in html
    assert hidden.slug not in html


def test_a_question_later_in_a_running_interview_is_hidden(client):
    interview = interview_of(3)
    questions = [slot.question for slot in interview.slots.order_by("position")]
    attempt = begin(client, interview)
    client.get(attempt.get_absolute_url())
    html = client.get("/questions/").content.decode()
    shown = [q.current_version.prompt in html for q in questions]
    assert shown == [True, False, False]


def test_key_points_are_on_no_page_of_questions_and_model_answers_on_no_list(client, hidden):
    """Not even of an answered one: points are on its result, model answers on its own page too."""
    me = as_guest(client)
    answered(me, hidden)
    for address, response in responses(client, hidden.pk):
        is_list = address == "/questions/" or address.startswith("/questions/?")
        authors = ("answer.", "advice.", "example.") if is_list else ()
        html = response.content.decode()
        for text in ("point.", *authors):
            assert f"{WORD}{text}" not in html, address
