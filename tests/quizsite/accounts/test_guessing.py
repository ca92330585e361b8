"""Guessing passwords is slowed by account and network together, and locks no owner out."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

HERE, THERE = "192.0.2.1", "198.51.100.7"
TOO_MANY = "Too many failed log-ins"


@pytest.fixture(autouse=True)
def no_failed_log_ins():
    cache.clear()
    yield
    cache.clear()


def log_in(login, password=PASSWORD, *, network=HERE, client=None):
    form = {"login": login, "password": password}
    return (client or Client()).post("/accounts/login/", form, REMOTE_ADDR=network)


def in_admin(name, password=PASSWORD, *, network=HERE):
    form = {"username": name, "password": password}
    return Client().post("/admin/login/", form, REMOTE_ADDR=network)


def guess(login, times, *, network=HERE, way=log_in) -> str:
    """The page after the last of so many wrong guesses."""
    for number in range(times):
        response = way(login, f"guess {number}", network=network)
    return response.content.decode()


def test_the_owner_logs_in_elsewhere_while_somebody_guesses():
    user = UserFactory()
    assert TOO_MANY in guess(user.email, 6)
    assert TOO_MANY in log_in(user.email).content.decode()
    assert log_in(user.email, network=THERE).status_code == 302


def test_staff_log_in_elsewhere_while_somebody_guesses_in_the_admin():
    UserFactory(username="admin", is_staff=True, is_superuser=True)
    assert TOO_MANY in guess("admin", 6, way=in_admin)
    assert in_admin("admin", network=THERE).status_code == 302


@pytest.mark.parametrize("other", ["2001:db8:0:1::2", "2001:db8:0:1:ffff::"])
def test_the_addresses_of_one_ipv6_network_count_as_one(other):
    user = UserFactory()
    guess(user.email, 6, network="2001:db8:0:1::1")
    assert TOO_MANY in log_in(user.email, network=other).content.decode()
    assert log_in(user.email, network="2001:db8:0:2::1").status_code == 302


def test_many_networks_together_are_slowed_and_a_browser_that_was_in_before_is_not():
    user = UserFactory()
    home = Client()
    log_in(user.email, client=home, network=HERE)
    home.post("/accounts/logout/")
    for number in range(21):
        page = guess(user.email, 5, network=f"203.0.113.{number}")
    assert TOO_MANY in page
    assert TOO_MANY in log_in(user.email, network=THERE).content.decode()
    assert log_in(user.email, client=home, network=THERE).status_code == 302


def test_a_known_browser_has_no_more_guesses_than_any_other():
    user = UserFactory()
    home = Client()
    log_in(user.email, client=home)
    home.post("/accounts/logout/")
    for number in range(6):
        page = log_in(user.email, f"guess {number}", client=home, network=f"203.0.113.{number}")
    assert TOO_MANY in page.content.decode()


def test_a_browser_known_to_one_account_is_unknown_to_another():
    mine, other = UserFactory(), UserFactory()
    home = Client()
    log_in(mine.email, client=home)
    home.post("/accounts/logout/")
    for number in range(20):
        guess(other.email, 5, network=f"203.0.113.{number}")
    assert TOO_MANY in log_in(other.email, client=home, network=THERE).content.decode()


def test_a_made_up_sign_of_a_known_browser_counts_for_nothing():
    user = UserFactory()
    for number in range(7):
        client = Client()
        client.cookies["known_browser"] = f"{number}:made-up"
        page = log_in(user.email, f"guess {number}", client=client)
    assert TOO_MANY in page.content.decode()


def test_a_class_behind_one_router_mistypes_and_logs_in():
    """Thirty people within a minute, each with one wrong password first."""
    users = UserFactory.create_batch(30)
    for user in users:
        assert log_in(user.email, "mistyped").status_code == 200
    assert [log_in(user.email).status_code for user in users] == [302] * 30


def test_one_network_cannot_try_all_accounts():
    assert TOO_MANY in [log_in(f"a{n}@example.org", "x") for n in range(62)][-1].content.decode()


def test_a_new_password_by_mail_ends_the_waiting(mailoutbox, django_capture_on_commit_callbacks):
    user = UserFactory()
    guess(user.email, 6)
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/password/reset/", {"email": user.email}, REMOTE_ADDR=HERE)
    (link,) = [w for w in mailoutbox[-1].body.split() if "/reset/key/" in w]
    page = client.get(link.replace("http://testserver", ""), REMOTE_ADDR=HERE, follow=True)
    new = {"password1": "entirely new words", "password2": "entirely new words"}
    client.post(page.redirect_chain[-1][0], new, REMOTE_ADDR=HERE)
    assert log_in(user.email, "entirely new words").status_code == 302


def test_a_forged_address_makes_no_new_network():
    """Without a proxy nobody's X-Forwarded-For counts."""
    user = UserFactory()
    for number in range(7):
        form = {"login": user.email, "password": f"guess {number}"}
        forged = {"x-forwarded-for": f"10.0.0.{number}"}
        page = Client().post("/accounts/login/", form, headers=forged, REMOTE_ADDR=HERE)
    assert TOO_MANY in page.content.decode()


def test_guessing_in_the_admin_is_slowed_too():
    UserFactory(username="admin", is_staff=True, is_superuser=True)
    assert TOO_MANY in guess("admin", 6, way=in_admin)


def test_after_five_minutes_the_guesser_may_try_again(client):
    user = UserFactory()
    assert TOO_MANY in guess(user.email, 6)
    cache.clear()
    assert log_in(user.email).status_code == 302


def test_hazard_22_behind_a_proxy_each_visitor_has_an_own_limit(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(62):
        forged = {"x-forwarded-for": f"10.9.9.{number}, 192.0.2.1"}
        data = {"login": f"a{number}@example.org", "password": "guess"}
        guesser = client.post("/accounts/login/", data, headers=forged)
    assert TOO_MANY in guesser.content.decode()
    elsewhere = {"x-forwarded-for": "192.0.2.2"}
    data = {"login": UserFactory().email, "password": PASSWORD}
    assert client.post("/accounts/login/", data, headers=elsewhere).status_code == 302
