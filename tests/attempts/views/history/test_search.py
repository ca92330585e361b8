"""Searching in one's own answers."""

import pytest

from attempts.transitions.personal.searching import make_searchable
from tests.attempts.follow_ups import attempt_with_room, follow_up, question
from tests.attempts.views.history.rows import said
from tests.factories import UserFactory
from tests.plain_browser import visit

pytestmark = pytest.mark.django_db


def rows(client, words, **fields):
    return client.get("/attempts/", {"words": words, **fields}).context["history"].rows


def test_a_hit_shows_the_words_and_leads_to_the_answer(mine, user):
    attempt = said(user, "Nothing here.", "A KV-cache holds keys, so caching helps.")
    said(user, "Of other things.")
    (row,) = rows(mine, "kv-cache")
    assert row.attempt == attempt
    (found,) = row.found
    assert found.position == 2
    assert [part.text for part in found.parts if part.is_found] == ["KV", "cache", "caching"]
    page = visit(mine, "/attempts/?words=kv-cache")
    assert page.link("Question 2") == f"/attempts/{attempt.pk}/review/#answer-2"


def test_nobody_finds_what_others_wrote(mine, user):
    said(UserFactory(), "Zebra of another user.")
    said(None, "Zebra of a guest.", guest_key="somebody")
    assert rows(mine, "zebra") == []


def test_a_guest_finds_their_own(client):
    session = client.session
    session["guest_key"] = "somebody"
    session.save()
    attempt = said(None, "Zebra of a guest.", guest_key="somebody")
    said(UserFactory(), "Zebra of a user.")
    assert [row.attempt for row in rows(client, "zebra")] == [attempt]


def test_what_is_written_is_never_html(mine, user):
    said(user, "<script>alert(1)</script> & a <b>queue</b> \ue000x\ue001")
    html = mine.get("/attempts/", {"words": "queue"}).content.decode()
    assert "<mark>queue</mark>" in html
    assert "<script>alert(1)" not in html
    assert "&lt;b&gt;" in html
    said(user, "A plain \ue000queue")
    assert len(rows(mine, "queue")) == 2


def test_what_is_searched_for_is_never_html(mine, user):
    said(user, "A queue.")
    html = mine.get("/attempts/", {"words": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in html


def test_an_attempt_is_listed_once_with_its_first_hits(mine, user):
    said(user, *(f"A queue, number {number}." for number in range(5)))
    (row,) = rows(mine, "queue")
    assert [found.position for found in row.found] == [1, 2]
    assert row.more == 3


def test_the_longest_answer_has_a_short_snippet(mine, user):
    said(user, "Many words are here. " * 900 + "Then a queue comes.")
    (row,) = rows(mine, "queue")
    assert sum(len(part.text) for part in row.found[0].parts) < 400


@pytest.mark.parametrize(("words", "is_too_common"), [("the", True), ("zebra", False)])
def test_nothing_found_says_whether_it_could_be(mine, user, words, is_too_common):
    said(user, "The queue.")
    page = visit(mine, f"/attempts/?words={words}")
    assert page.response.context["history"].is_too_common is is_too_common
    assert ("too common" in page.words) is is_too_common


@pytest.mark.parametrize(
    "words", ["  ", "-", '"', "!&|():*", "a' OR 1=1 --", "%", "\\", "🙂", "<->"]
)
def test_no_search_is_a_failure(mine, user, words):
    said(user, "The queue.")
    response = mine.get("/attempts/", {"words": words})
    assert response.status_code == 200


def test_a_search_goes_with_filters(mine, user):
    said(user, "A queue.", days=1, interview_title="kept")
    said(user, "A queue.", days=2, is_hidden=True)
    said(user, "A queue.", days=3, state="discarded", interview_title="discarded")
    assert [row.attempt.interview_title for row in rows(mine, "queue")] == ["kept"]
    assert [r.attempt.interview_title for r in rows(mine, "queue", ending="discarded")] == [
        "discarded"
    ]


def test_the_words_of_follow_ups_are_found_and_lead_to_their_question(mine, user):
    attempt = attempt_with_room(user=user)
    answer = question(attempt, number=2, text="A queue.")
    follow_up(answer, "0100", text="Then a zebra.")
    make_searchable([attempt])
    other = attempt_with_room()
    follow_up(question(other), "0100", text="A zebra of somebody else.")
    make_searchable([other])
    (row,) = rows(mine, "zebra")
    (found,) = row.found
    assert (found.position, found.name) == (4, "Follow-up to question 2")
    page = visit(mine, "/attempts/?words=zebra")
    assert page.link("Follow-up to question 2") == f"/attempts/{attempt.pk}/review/#answer-4"
    assert "1 of 1" in page.words
