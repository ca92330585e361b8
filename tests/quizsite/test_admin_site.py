"""The admin's log-in: guessing is slowed, and a second factor is asked for where there is one."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import get_user
from django.core.cache import cache
from django.urls import reverse

from tests.admin_pages import messages_of
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN, INDEX = reverse("admin:login"), reverse("admin:index")
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def no_failed_log_ins():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def member():
    return UserFactory(username="edith", is_staff=True)


def log_in(client, name="edith", password=PASSWORD, url=LOGIN, **more):
    return client.post(url, {"username": name, "password": password, "next": INDEX, **more})


def code() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(SECRET, counter))


def test_name_and_password_lead_in(client, member):
    assert client.get(LOGIN).status_code == 200
    assert log_in(client)["Location"] == INDEX
    assert client.get(INDEX).status_code == 200
    assert client.get(LOGIN)["Location"] == INDEX


def test_candidates_deactivated_staff_and_wrong_passwords_stay_outside(client, member):
    UserFactory(username="carl")
    UserFactory(username="dora", is_staff=True, is_active=False)
    for name, password in (
        *(("edith", "wrong"), ("carl", PASSWORD), ("dora", PASSWORD)),
        *(("", ""), ("a\0b", "x")),
    ):
        assert log_in(client, name, password).status_code == 200
    assert get_user(client).is_anonymous


def test_no_address_of_another_site_is_followed(client, member):
    assert log_in(client, next="https://evil.example/")["Location"] != "https://evil.example/"


def test_guessing_is_slowed_for_one_name_whatever_its_case(client, member):
    for name in ("edith", "Edith", "EDITH", "edith", "edith"):
        log_in(client, name, "wrong")
    page = log_in(client).content.decode()
    assert "Too many failed log-ins" in page
    assert get_user(client).is_anonymous


def test_successes_are_no_guesses(client, member):
    for _ in range(8):
        assert log_in(client).status_code == 302
        client.logout()


def test_whoever_has_a_second_factor_is_asked_for_it(client, member):
    TOTP.activate(member, SECRET)
    response = log_in(client)
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(INDEX).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert get_user(client).is_anonymous
    response = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert response["Location"] == INDEX
    assert client.get(INDEX).status_code == 200


def test_the_admin_can_ask_every_member_for_a_second_factor(client, member, settings):
    settings.STAFF_SECOND_FACTOR = True
    log_in(client)
    assert client.get(INDEX).status_code == 302
    response = client.get(LOGIN, follow=True)
    assert response.redirect_chain[0][0] == reverse("mfa_index")
    assert "second factor" in messages_of(response)[-1]
    TOTP.activate(member, SECRET)
    assert client.get(INDEX).status_code == 200


def test_candidates_need_none(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(UserFactory())
    assert client.get("/attempts/").status_code == 200


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn"])
def test_everybody_can_set_up_a_second_factor(client, name):
    user = UserFactory()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.get(reverse(name))
    assert response.status_code == 200
    page = response.content.decode()
    assert "<style" not in page
    assert " style=" not in page


def test_the_log_in_page_offers_a_passkey(client):
    page = client.get("/accounts/login/").content.decode()
    assert "Log in with a passkey" in page
    assert "mfa/js/webauthn" in page


def test_the_admin_shows_no_secret_of_a_second_factor(client, member):
    factor = TOTP.activate(member, SECRET).instance
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    url = reverse("admin:mfa_authenticator_change", args=[factor.pk])
    page = client.get(url).content.decode()
    assert "edith" in page
    assert SECRET not in page
    assert client.post(url, {"data": "{}"}).status_code == 403


@pytest.mark.parametrize("header", ["HX-Request", "X-Page-Script"])
def test_scripts_of_a_logged_out_page_get_a_line_and_no_log_in_page(client, header):
    for url in (INDEX, reverse("admin:questions_question_markdown")):
        response = client.post(url, headers={header: "true"})
        page = response.content.decode()
        assert response.status_code == 401
        assert 'role="alert"' in page
        assert f'href="{LOGIN}"' in page
        assert "<form" not in page
    assert client.post(INDEX).status_code == 302


# --- what was saved is named to the page's script ---------------------------------------------


@pytest.fixture
def topic_form(client):
    """Submits the form of a new topic."""
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    url = reverse("admin:questions_topic_add")
    return lambda **more: client.post(
        url, {"slug": "a-b", "name": "A b", "position": 1, "unsaved_entry": "12345", **more}
    )


def test_a_saved_form_names_the_entry_that_its_page_may_forget(topic_form):
    saved = topic_form()
    assert saved.status_code == 302
    assert saved.cookies["admin-saved"].value == "12345"


@pytest.mark.parametrize("more", [{"name": ""}, {"unsaved_entry": "x;y"}, {"unsaved_entry": ""}])
def test_a_refused_form_or_another_name_forgets_nothing(topic_form, more):
    assert "admin-saved" not in topic_form(**more).cookies


def test_a_row_that_is_gone_forgets_nothing(client, topic_form):
    gone = reverse("admin:questions_topic_change", args=[10**6])
    response = client.post(gone, {"name": "A", "unsaved_entry": "12345"})
    assert response["Location"] == INDEX
    assert "admin-saved" not in response.cookies


def test_a_logged_out_form_forgets_nothing(client, topic_form):
    client.logout()
    response = topic_form()
    assert response.status_code == 302
    assert "admin-saved" not in response.cookies
