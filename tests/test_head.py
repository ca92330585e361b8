"""HEAD is answered like GET at every address of the site, by the same status and headers."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver

from attempts.models import Attempt
from questions.models import Timing
from tests.factories import AnswerFactory, UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, logged_in
from tests.test_admin_walk import patterns
from tests.test_admin_walk import urls as admin_urls

pytestmark = pytest.mark.django_db

SAME = ("Location", "Content-Type", "Cache-Control", "Allow")
ELSEWHERE = ["/static/no-such-file.css", "/no-such-page/", "/%ff"]


def fill(path: str, known: dict) -> str:
    """An address of the pattern: with the values that are known for its parts, else with 1."""
    return "/" + re.sub(
        r"<[^>]+>", lambda part: str(known.get(part[0].strip("<>").rpartition(":")[2], 1)), path
    )


def addresses(**known) -> list[str]:
    """Every address outside of the admin."""
    paths = [path for space, path, _ in patterns(get_resolver()) if space != "admin"]
    return [fill(path.replace("^", "").replace("$", ""), known) for path in paths]


def reply(client: Client, method: str, address: str, headers) -> tuple[list, bytes]:
    """(status and headers, body)"""
    answer = getattr(client, method)(address, headers=headers)
    return [address, answer.status_code, *map(answer.headers.get, SAME)], answer.getvalue()


def assert_same(client: Client, places: list[str], headers=None) -> None:
    assert len(places) > 3
    for address in places:
        got, _ = reply(client, "get", address, headers)
        asked, body = reply(client, "head", address, headers)
        assert asked == got
        assert body == b""


def with_attempt(client: Client, *, ends: bool) -> Attempt:
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    if ends:
        client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    return attempt


@pytest.mark.parametrize("headers", [None, HTMX, SCRIPT], ids=["plain", "htmx", "script"])
@pytest.mark.parametrize("ends", [False, True], ids=["running", "ended"])
@pytest.mark.parametrize("who", ["a guest", "a user", "a guest who logged in", "a stranger"])
def test_at_every_address_of_the_site(who, ends, headers):
    client = logged_in(UserFactory()) if who == "a user" else Client()
    attempt = with_attempt(client, ends=ends)
    if who == "a guest who logged in":
        client.force_login(UserFactory(), "django.contrib.auth.backends.ModelBackend")
    if who == "a stranger":
        client = Client()
    places = addresses(pk=attempt.pk, slug=attempt.interview.slug)
    assert f"/attempts/{attempt.pk}/review/" in places
    assert_same(client, [*places, *ELSEWHERE], headers)


def test_at_every_address_of_an_account_with_a_second_factor():
    user = UserFactory()
    TOTP.activate(user, generate_totp_secret())
    assert_same(logged_in(user), addresses())


@pytest.mark.parametrize("who", ["nobody", "staff", "superuser"])
def test_at_every_address_of_the_admin(who):
    Group.objects.create(name="Somebody")
    row = AnswerFactory(version=interview_of(1).slots.get().question.current_version, written=True)
    client = Client()
    if who != "nobody":
        client = logged_in(UserFactory(is_staff=True, is_superuser=who == "superuser"))
    pages = [url for _, url in admin_urls(row) if "logout" not in url]
    assert_same(client, pages)
