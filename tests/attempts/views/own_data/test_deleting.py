"""Somebody deletes one attempt, or all of theirs, and pages that are open elsewhere are told."""

import pytest
from django.test import Client

from attempts.models import Attempt
from questions.models import Timing
from tests.attempts.views.test_access import FULL
from tests.factories import UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, logged_in, visit

pytestmark = pytest.mark.django_db

WHO = {"a user": lambda: logged_in(UserFactory()), "a guest": Client}
BOTH = pytest.mark.parametrize("client", WHO, indirect=True)


@pytest.fixture
def client(request):
    return WHO[getattr(request, "param", "a user")]()


def ended(client: Client) -> Attempt:
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    visit(client, attempt.get_absolute_url()).press("Flag", text="What I wrote.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    return attempt


@BOTH
def test_it_names_the_attempt_and_asks_first(client):
    attempt = ended(client)
    page = visit(client, f"/attempts/{attempt.pk}/delete/")
    assert attempt.interview_title in page.words
    assert "1 answer" in page.words
    assert "What I wrote." not in page.html
    assert "no-store" in page.response.headers["Cache-Control"]
    assert Attempt.objects.count() == 1


@BOTH
@pytest.mark.parametrize("runs", [False, True], ids=["ended", "running"])
def test_it_deletes_this_one_and_no_other(client, runs):
    kept = ended(client)
    attempt = begin(client, interview_of(1)) if runs else ended(client)
    page = visit(client, f"/attempts/{attempt.pk}/delete/").press("Delete")
    assert page.address == "/attempts/"
    assert list(Attempt.objects.all()) == [kept]
    assert client.cookies["forget-unsaved"].value == str(attempt.pk)


def test_the_browser_is_told_of_each_attempt_whose_unsaved_text_goes(client):
    first, second = ended(client), ended(client)
    for attempt in (first, second):
        client.post(f"/attempts/{attempt.pk}/delete/")
    assert client.cookies["forget-unsaved"].value == f"{first.pk}.{second.pk}"
    client.cookies["forget-unsaved"] = "1"
    client.post(f"/attempts/{ended(client).pk}/delete/")
    assert client.cookies["forget-unsaved"].value == "1"


@BOTH
@pytest.mark.parametrize("headers", [None, HTMX, SCRIPT], ids=["plain", "htmx", "script"])
def test_pages_that_are_open_are_told(client, headers):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    client.post(f"/attempts/{attempt.pk}/delete/")
    for method, data in (("get", {}), ("post", FULL)):
        response = getattr(client, method)(f"/attempts/{attempt.pk}/submit/", data, headers=headers)
        if response.status_code == 405:
            continue
        said = response.content.decode()
        assert response.status_code == 410
        assert "was deleted" in said
        assert "Forget this browser”" not in said
        if headers:
            assert response.headers["X-Attempt-Removed"] == "deleted"


def test_a_text_that_a_button_sends_comes_back_to_be_copied(client):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    room = visit(client, attempt.get_absolute_url())
    client.post(f"/attempts/{attempt.pk}/delete/")
    back = room.press("Submit answer", text="Typed meanwhile.")
    assert (back.status, back.heading) == (410, "This attempt was deleted")
    assert "Typed meanwhile.</textarea>" in back.html


def test_all_of_a_user_s_go_and_the_account_stays(client):
    ended(client), begin(client, interview_of(1))
    other = ended(Client())
    page = visit(client, "/attempts/delete/")
    assert "2 attempts" in page.words
    assert Attempt.objects.count() == 3
    page = page.press("Delete all")
    assert page.address == "/accounts/data/"
    assert "0 attempts" in page.words
    assert list(Attempt.objects.all()) == [other]
    assert client.cookies["forget-unsaved"].value == "1"


def test_pages_of_all_that_was_deleted_are_told(client):
    attempts = [ended(client), begin(client, interview_of(1))]
    client.post("/attempts/delete/")
    for attempt in attempts:
        assert client.get(f"/attempts/{attempt.pk}/").status_code == 410


@pytest.mark.parametrize("has_attempts", [False, True])
def test_a_guest_is_led_to_the_page_that_forgets_the_browser(has_attempts):
    client = Client()
    if has_attempts:
        ended(client)
    for send in (client.get, client.post):
        assert send("/attempts/delete/").headers["Location"] == "/attempts/forget/"
    assert Attempt.objects.count() == has_attempts


def test_what_there_is_takes_few_statements_however_much_it_is(
    client, django_assert_max_num_queries
):
    for _ in range(3):
        ended(client)
    for address in ("/accounts/data/", "/attempts/delete/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    assert Client().get("/accounts/data/").headers["Location"].startswith("/accounts/login/")
