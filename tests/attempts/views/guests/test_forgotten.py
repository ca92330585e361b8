"""A browser is forgotten while pages of its attempts are open in other tabs."""

import pytest
from django.test import Client

from attempts.models import Attempt
from questions.models import Timing
from tests.attempts.views.test_access import FULL, OF_AN_ATTEMPT, address
from tests.factories import UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, Page, begin, logged_in, visit

pytestmark = pytest.mark.django_db

FORGET = "/attempts/forget/"


@pytest.fixture
def room(client) -> Page:
    """The room of a guest, open in a tab; in another one the browser is forgotten."""
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    page = visit(client, attempt.get_absolute_url())
    visit(client, FORGET).press("Delete and forget")
    assert not Attempt.objects.exists()
    return page


@pytest.mark.parametrize("name", OF_AN_ATTEMPT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_request_of_an_open_page_is_told_and_asks_for_no_log_in(client, room, name, method):
    place = address(name, room.address.split("/")[2])
    for headers in (None, HTMX, SCRIPT):
        data = FULL if method == "post" else {}
        response = getattr(client, method)(place, data, headers=headers)
        if response.status_code == 405:
            continue
        said = response.content.decode()
        assert response.status_code == 410, headers
        assert "Forget this browser" in said
        assert "logged out" not in said
        if headers:
            assert response.headers["X-Attempt-Removed"] == "forgotten"
            assert response.headers["HX-Reswap"] == "none"  # the text in the box stays there
            assert "<textarea" not in said


@pytest.mark.parametrize("button", ["Submit answer", "Skip", "Finish interview", "Flag"])
def test_a_text_that_a_button_sends_comes_back_to_be_copied(room, button):
    back = room.press(button, text="\nTyped <b>meanwhile</b>. ")
    assert (back.status, back.heading) == (410, "This attempt was removed from this browser")
    assert "\nTyped &lt;b&gt;meanwhile&lt;/b&gt;. </textarea>" in back.html
    assert "Send again" not in back.html
    assert back.link("All interviews") == "/"


def test_a_new_guest_of_the_browser_is_told_too(client, room):
    begin(client, interview_of(1))
    assert client.get(room.address).status_code == 410
    assert visit(client, "/attempts/").status == 200


def test_what_was_removed_twice_is_still_known(client, room):
    second = begin(client, interview_of(1))
    visit(client, FORGET).press("Delete and forget")
    for place in (room.address, second.get_absolute_url()):
        assert client.get(place).status_code == 410


def test_the_pages_of_others_say_nothing_of_it(client, room):
    other = begin(Client(), interview_of(1))
    assert client.get(other.get_absolute_url()).status_code == 404
    assert Client().get(room.address).status_code == 404
    assert client.post(f"{room.address}save/", FULL, headers=SCRIPT).status_code == 410
    assert Client().post(f"{room.address}save/", FULL, headers=SCRIPT).status_code == 401


def test_who_has_logged_in_and_removes_a_guest_s_attempts_is_told_in_their_pages(client):
    attempt = begin(client, interview_of(1))
    client.force_login(UserFactory(), "django.contrib.auth.backends.ModelBackend")
    visit(client, FORGET).press("Delete and forget")
    assert client.get(attempt.get_absolute_url()).status_code == 410
    response = client.post("/attempts/whose/", {"answer": "move"}, follow=True)
    assert "Forget this browser" in response.content.decode()


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_list_that_is_still_open_leads_to_the_empty_one_and_says_why(client, room, headers):
    place = "/attempts/?before=2026-01-01T00:00:00%2B00:00_00000000-0000-4000-8000-000000000000"
    response = client.get(place, headers=headers)
    assert (response.headers.get("HX-Redirect") or response.headers["Location"]) == "/attempts/"
    page = visit(client, "/attempts/")
    assert "Forget this browser" in page.words
    assert "Nothing here yet" in page.words


def test_whoever_logs_out_meanwhile_is_asked_to_log_in_as_before():
    user = UserFactory()
    client = logged_in(user)
    attempt = begin(client, interview_of(1))
    client.logout()
    reply = client.post(f"{attempt.get_absolute_url()}save/", FULL, headers=SCRIPT)
    assert reply.status_code == 401
