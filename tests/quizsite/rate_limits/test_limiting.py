"""Too much of anything is a calm 429: for a person, and for a network; a class is never stopped."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse

from attempts.models import Attempt, Report
from questions.models import Timing
from quizsite.rate_limits.rates import ACCOUNTS, LIMITS
from tests.factories import PASSWORD, AttemptFactory, UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, load, logged_in, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def finished():
    """(client of a user, an attempt of theirs that has ended)."""
    client = logged_in(UserFactory())
    attempt = begin(client, interview_of(1))
    client.post(f"{attempt.get_absolute_url()}finish/", {"confirmed": "1"})
    return client, attempt


def until_too_many(send, most) -> int:
    """How often it went before the 429: twice the most, if the time began anew meanwhile."""
    for number in range(2 * most + 1):
        response = send()
        if response.status_code == 429:
            assert int(response.headers["Retry-After"]) > 0
            return number
    raise AssertionError("it is never too much")


ADDRESSES = {
    "attempts:share": "share/",
    "attempts:report": "review/1/report/",
    "attempts:delete": "delete/",
    "attempts:take_follow_up": "follow-up/",
}


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_each_limit_counts_for_one_person(name, finished):
    client, attempt = finished
    if name.startswith("admin:"):
        client = logged_in(UserFactory(is_staff=True, is_superuser=True))
    if name in ADDRESSES:
        address = attempt.get_absolute_url() + ADDRESSES[name]
    elif name == "interview":
        address = interview_of(1).get_absolute_url()
    elif name in ("own:interview", "practice:next"):
        address = reverse(name, args=[attempt.pk])
    else:
        address = reverse(name)
    assert resolve(address).view_name == name
    cache.clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")
    limit = LIMITS[name]

    def send():
        # What it does does not matter here, only how often it may be asked for.
        if "GET" in limit.methods:
            response = client.get(address, {"format": "x"})
            if response.streaming:
                assert b"".join(response.streaming_content)  # which closes the file
            return response
        return client.post(address, {"slug": "", "source": "nothing", "file": ""})

    assert limit.person.most <= until_too_many(send, limit.person.most) <= 2 * limit.person.most


def test_another_person_in_the_same_network_goes_on(finished):
    client, attempt = finished
    share = f"{attempt.get_absolute_url()}share/"
    until_too_many(lambda: client.post(share, {}), LIMITS["attempts:share"].person.most)
    other = logged_in(UserFactory())
    theirs = begin(other, interview_of(1))
    other.post(f"{theirs.get_absolute_url()}finish/", {"confirmed": "1"})
    assert other.post(f"{theirs.get_absolute_url()}share/", {"days": "x"}).status_code == 422


def test_visitors_count_for_their_network_only():
    """Thirty guests and more start behind one router, none of whom has a cookie yet."""
    address = interview_of(1).get_absolute_url()
    most = LIMITS["interview"].network.most
    assert most >= 10 * 30
    sent = [Client().post(address, {"time_factor": "none"}) for _ in range(31)]
    assert {response.status_code for response in sent} == {302}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET value = %s WHERE cache_key LIKE 'rate:%%'", [str(most)])
    assert Client().post(address, {"time_factor": "none"}).status_code == 429
    elsewhere = Client().post(address, {"time_factor": "none"}, REMOTE_ADDR="192.0.2.77")
    assert elsewhere.status_code == 302


def test_a_report_that_was_too_much_is_on_the_page_and_can_be_sent_again(finished):
    client, attempt = finished
    address = f"{attempt.get_absolute_url()}review/1/report/"
    until_too_many(lambda: client.post(address, {}), LIMITS["attempts:report"].person.most)
    text = "What I wrote about it, which took me a while. " * 4
    response = client.post(address, {"reason": "wrong", "text": text})
    page = load(client, response, address)
    assert (page.status, page.heading) == (429, "Please wait a moment")
    assert not Report.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")  # a minute later
    page.press("Send again")
    assert Report.objects.get().text == text.strip()


@pytest.mark.parametrize("headers", [HTMX, SCRIPT], ids=["htmx", "script"])
def test_a_script_gets_a_note_and_keeps_its_page(finished, headers):
    client, attempt = finished
    address = f"{attempt.get_absolute_url()}review/1/report/"
    until_too_many(lambda: client.post(address, {}), LIMITS["attempts:report"].person.most)
    response = client.post(address, {"text": "<b>typed</b>"}, headers=headers)
    assert response.status_code == 429
    assert "<html" not in response.content.decode()
    assert int(response.headers["X-Own-Reply"]) == len(response.content)


def test_what_was_typed_is_only_ever_escaped(finished):
    client, attempt = finished
    address = f"{attempt.get_absolute_url()}review/1/report/"
    until_too_many(lambda: client.post(address, {}), LIMITS["attempts:report"].person.most)
    hostile = '"><script>alert(1)</script>' + "x" * 80 + "</textarea><script>"
    html = client.post(address, {"text": hostile, hostile: "1"}).content.decode()
    assert "<script>alert" not in html
    assert "</textarea><script>" not in html


def test_no_password_is_written_into_the_page():
    most = int(re.match(r"\d+", ACCOUNTS["signup"])[0])
    form = {"email": "a", "password1": PASSWORD, "password2": PASSWORD}
    for _ in range(most + 1):  # allauth's time begins with each request
        response = Client().post("/accounts/signup/", form)
    assert response.status_code == 429
    assert PASSWORD not in response.content.decode()
    page = load(Client(), response, "/accounts/signup/")
    assert page.heading == "Please wait a moment"


@pytest.mark.parametrize(
    ("address", "action"),
    [("login/", "login"), ("signup/", "signup"), ("password/reset/", "reset_password")],
)
def test_a_class_fits_into_what_accounts_allow(address, action):
    by_network = [rate for rate in ACCOUNTS[action].split(",") if rate.endswith("/ip")]
    assert all(int(rate.partition("/")[0]) >= 60 for rate in by_network)
    for number in range(30):
        form = {"email": f"a{number}@example.org", "login": "a", "password": "b"}
        assert Client().post(f"/accounts/{address}", form).status_code != 429


def test_a_running_interview_has_no_limit(client):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    room = visit(client, attempt.get_absolute_url())
    for number in range(70):
        assert room.press("Flag", text=f"Text {number}").status == 200
    names = {resolve(f"{attempt.get_absolute_url()}{place}/").view_name
             for place in ("save", "submit", "clock", "finish", "flag", "more-time")}  # fmt: skip
    assert names.isdisjoint(LIMITS)


def test_every_limit_names_an_address_that_there_is():
    for name in LIMITS:
        pk = AttemptFactory().pk
        for args in ([], [pk], [pk, 1], ["slug"]):
            try:
                reverse(name, args=args)
            except Exception:  # noqa: S112 - another number of arguments
                continue
            break
        else:
            raise AssertionError(name)


def test_limits_can_be_switched_off_for_measuring(client, settings):
    settings.RATE_LIMITS = False
    address = interview_of(1).get_absolute_url()
    before = Attempt.objects.count()
    for _ in range(LIMITS["interview"].person.most + 2):
        assert client.post(address, {"time_factor": "none"}).status_code == 302
    assert Attempt.objects.count() == before + 1  # the one that runs
