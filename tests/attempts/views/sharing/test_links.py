"""The page of a result's links: made, listed, taken back."""

import re

import pytest
from django.test import Client

from attempts.models import ResultLink
from questions.models import Timing
from tests.factories import UserFactory, interview_of
from tests.plain_browser import begin, logged_in, visit

pytestmark = pytest.mark.django_db

WHO = {"a user": lambda: logged_in(UserFactory()), "a guest": Client}


@pytest.fixture(params=WHO)
def client(request):
    return WHO[request.param]()


def result_of(client):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    visit(client, attempt.get_absolute_url()).press("Flag", text="What I wrote.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    return attempt


@pytest.fixture
def place(client):
    return f"/attempts/{result_of(client).pk}/share/"


def address_on(page) -> str:
    return re.search(r'value="(http://testserver/shared/[^"]+)"', page.html)[1]


def test_the_result_leads_to_it(client, place):
    review = visit(client, place.replace("share", "review"))
    assert review.link("Share this result…") == place


def test_the_address_is_shown_once(client, place):
    page = visit(client, place).press("Make a link")
    address = address_on(page)
    assert Client().get(address).status_code == 200
    assert "/shared/" not in visit(client, place).html
    assert "no-store" in page.response.headers["Cache-Control"]


@pytest.mark.parametrize(("days", "expected"), [(None, 7), ("1", 1), ("7", 7), ("30", 30)])
@pytest.mark.parametrize("ticked", [False, True])
def test_a_link_lives_as_long_as_chosen(client, place, days, expected, ticked):
    typed = {"days": [days]} if days else {}
    visit(client, place).press(
        "Make a link", **typed, **({"shows_answers": ["on"]} if ticked else {})
    )
    link = ResultLink.objects.get()
    assert (link.expires_at - link.created_at).days == expected
    assert link.shows_answers is ticked


@pytest.mark.parametrize("days", ["", "0", "2", "-1", "3650", "x", "9" * 400])
def test_no_other_time_can_be_chosen(client, place, days):
    response = client.post(place, {"days": days})
    assert response.status_code == 422
    assert not ResultLink.objects.exists()


def test_the_links_are_listed_and_one_is_taken_back_at_once(client, place):
    first = address_on(visit(client, place).press("Make a link"))
    second = address_on(visit(client, place).press("Make a link"))
    page = visit(client, place)
    assert page.words.count("works until") == 2
    page = page.press("Take back link 1")
    assert page.address == place
    assert page.words.count("works until") == 1
    assert Client().get(second).status_code == 404
    assert Client().get(first).status_code == 200


@pytest.mark.parametrize("link", ["", "0", "-1", "x", "9" * 400, str(2**63)])
def test_a_link_that_is_none_is_not_taken_back(client, place, link):
    client.post(place, {"days": "7"})
    assert client.post(place, {"take_back": link}).status_code == 302
    assert ResultLink.objects.count() == 1


def test_an_eleventh_link_is_refused_with_the_reason(client, place):
    for _ in range(10):
        client.post(place, {"days": "1"})
    response = client.post(place, {"days": "1"})
    assert response.status_code == 422
    assert "at most 10" in response.content.decode()
    assert ResultLink.objects.count() == 10


@pytest.mark.parametrize("send", ["get", "post"])
def test_a_running_attempt_has_no_links(client, send):
    attempt = begin(client, interview_of(1))
    response = getattr(client, send)(f"/attempts/{attempt.pk}/share/", {"days": "7"})
    assert response.headers["Location"] == f"/attempts/{attempt.pk}/"
    assert not ResultLink.objects.exists()


def test_a_discarded_attempt_has_none_either(client):
    attempt = begin(client, interview_of(1))
    client.post(f"/attempts/{attempt.pk}/discard/")
    response = client.post(f"/attempts/{attempt.pk}/share/", {"days": "7"})
    assert response.headers["Location"] == f"/attempts/{attempt.pk}/review/"
    assert not ResultLink.objects.exists()


def test_ten_links_take_the_statements_of_one(client, place, django_assert_max_num_queries):
    for _ in range(10):
        client.post(place, {"days": "1"})
    with django_assert_max_num_queries(12):
        client.get(place)
