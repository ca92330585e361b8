"""Nothing tells a stranger whether an address has an account: page, status, headers, cookies, how
many passwords are hashed, how many statements run, how much mail leaves.
"""

import re
from collections import Counter
from typing import NamedTuple

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import PASSWORD, UserFactory
from tests.plain_browser import HTMX, SCRIPT

pytestmark = pytest.mark.django_db

UNKNOWN = "nobody.knows@example.org"
JSON = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}

OF_THE_MOMENT = {"Content-Length", "X-Own-Reply", "Expires", "X-Request-ID"}
"""Headers that follow the length of what was typed, the time of day, or the request."""


class CountingHasher(MD5PasswordHasher):
    algorithm = "counting"
    hashes = 0

    def encode(self, password, salt):
        CountingHasher.hashes += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def counted(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    cache.clear()
    yield
    cache.clear()


def unconfirmed():
    user = UserFactory(last_login=None)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user.email


def confirmed():
    user = UserFactory()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user.email


def from_before():
    """Somebody who signed up when no address had to be confirmed, and uses the site."""
    user = UserFactory(last_login="2026-01-01T00:00Z")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user.email


def made_by_staff():
    return UserFactory().email


def inactive():
    return UserFactory(is_active=False).email


def without_password():
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    return user.email


def second_address():
    user = UserFactory()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    EmailAddress.objects.create(user=user, email="second@example.org", verified=True)
    return "second@example.org"


KINDS = [confirmed, from_before, unconfirmed, made_by_staff, inactive, second_address]


class Seen(NamedTuple):
    pages: list[tuple[int, str]]
    headers: list[dict]
    cookies: set
    hashes: int
    mails: int


def changing(text: str, address: str) -> str:
    """The page without what differs each time and without the address that was typed."""
    text = text.replace(address, "ADDRESS").replace(address.upper(), "ADDRESS")
    return re.sub(r"(csrfmiddlewaretoken.{1,20}?)[a-zA-Z0-9]{64}", r"\1TOKEN", text)


def seen(callbacks, place, form, address, headers=None, client=None) -> Seen:
    client = client or Client()
    client.get(place)
    hashes, mails = CountingHasher.hashes, len(mail.outbox)
    with callbacks(execute=True):
        response = client.post(place, form, headers=headers)
    hashes, mails = CountingHasher.hashes - hashes, len(mail.outbox) - mails
    steps = [response]
    if response.status_code == 302:
        steps.append(client.get(response.headers["Location"]))
    return Seen(
        [(r.status_code, changing(r.content.decode(), address)) for r in steps],
        [{k: v for k, v in r.headers.items() if k not in OF_THE_MOMENT} for r in steps],
        set(client.cookies),
        hashes,
        mails,
    )


def sign_up(address):
    return "/accounts/signup/", {"email": address, "password1": PASSWORD, "password2": PASSWORD}


def log_in(address):
    return "/accounts/login/", {"login": address, "password": "a wrong password"}


def reset(address):
    return "/accounts/password/reset/", {"email": address}


def log_in_to_admin(address):
    return "/admin/login/", {"username": address, "password": "a wrong password"}


@pytest.mark.parametrize("headers", [None, HTMX, SCRIPT, JSON], ids=["plain", "htmx", "js", "json"])
@pytest.mark.parametrize("way", [sign_up, log_in, reset, log_in_to_admin])
@pytest.mark.parametrize("kind", [*KINDS, without_password])
def test_a_known_address_is_answered_like_an_unknown_one(
    django_capture_on_commit_callbacks, kind, way, headers
):
    if kind is without_password and way in (log_in, log_in_to_admin):
        pytest.skip("nobody has set it: the hash of it is none, as for an unknown address")
    known, callbacks = kind(), django_capture_on_commit_callbacks
    one = seen(callbacks, *way(UNKNOWN), UNKNOWN, headers)
    other = seen(callbacks, *way(known), known, headers)
    assert one.pages == other.pages
    assert one == other


@pytest.mark.parametrize("way", [sign_up, log_in, reset, log_in_to_admin])
@pytest.mark.parametrize("written", [str.upper, "  {}  ".format])
def test_however_the_address_is_written(django_capture_on_commit_callbacks, way, written):
    known, callbacks = confirmed(), django_capture_on_commit_callbacks
    one = seen(callbacks, *way(written(UNKNOWN)), UNKNOWN)
    assert one == seen(callbacks, *way(written(known)), known)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", [log_in, log_in_to_admin])
def test_too_many_guesses_are_told_alike(django_capture_on_commit_callbacks, kind, way):
    known, callbacks = kind(), django_capture_on_commit_callbacks
    pages = [
        [seen(callbacks, *way(address), address) for _ in range(7)] for address in (UNKNOWN, known)
    ]
    assert pages[0] == pages[1]
    assert pages[0][0] != pages[0][-1]


@pytest.mark.parametrize("kind", KINDS)
def test_another_address_of_ones_own_is_added_alike(django_capture_on_commit_callbacks, kind):
    known, results = kind(), []
    for address in (UNKNOWN, known):
        user = UserFactory(email=f"a{len(results)}@example.org")
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        client = Client()
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        form = {"email": address, "action_add": ""}
        got = seen(
            django_capture_on_commit_callbacks, "/accounts/email/", form, address, None, client
        )
        pages = [(status, page.replace(user.email, "MINE")) for status, page in got.pages]
        results.append((pages, got.cookies, got.hashes, got.mails))
    assert results[0] == results[1]


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_that_was_only_added_logs_nobody_in(kind):
    """Else whoever adds an address to an account would learn from the log-in who else has it."""
    for address in (UNKNOWN, kind()):
        user = UserFactory()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        EmailAddress.objects.create(user=user, email=address, verified=False)
        user.set_password("of the one who adds")
        user.save()
        client = Client()
        form = {"login": address, "password": "of the one who adds"}
        assert client.post("/accounts/login/", form).status_code == 200


def test_who_has_signed_up_cannot_log_in_before_the_address_is_confirmed(
    django_capture_on_commit_callbacks,
):
    """Else signing up and logging in would tell whether the account was made."""
    known, callbacks, results = confirmed(), django_capture_on_commit_callbacks, []
    for address in (UNKNOWN, known):
        seen(callbacks, *sign_up(address), address)
        cache.clear()
        client = Client()
        form = {"login": address, "password": PASSWORD}
        response = client.post("/accounts/login/", form)
        results.append("_auth_user_id" in client.session)
        assert response.status_code in (200, 302)
    assert results == [False, True]  # PASSWORD is the known one's own


def statements(callbacks, address) -> Counter:
    """What runs in the database, by kind of statement and table."""
    with CaptureQueriesContext(connection) as captured:
        seen(callbacks, *sign_up(address), address)
    words = (re.match(r'(\w+)(?: INTO| FROM)?(?: "(\w+)")?', q["sql"]) for q in captured)
    return Counter(m[0] for m in words if m and m[1] in ("INSERT", "UPDATE", "DELETE"))


def test_signing_up_writes_as_much_for_a_known_address(django_capture_on_commit_callbacks):
    known = confirmed()
    before = list(User.objects.values_list("email", flat=True))
    counts = [statements(django_capture_on_commit_callbacks, a) for a in (known, UNKNOWN)]
    assert counts[0]['INSERT INTO "auth_user"'] == 1
    assert counts[1]['INSERT INTO "auth_user"'] == 1
    assert list(User.objects.values_list("email", flat=True)) == [*before, UNKNOWN]
