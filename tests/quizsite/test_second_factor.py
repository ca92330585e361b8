"""The second step of a log-in: where the focus is, and what is offered to whom."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests.factories import PASSWORD, UserFactory
from tests.plain_browser import visit

pytestmark = pytest.mark.django_db


def a_security_key(user) -> None:
    """A key as allauth stores it when a browser has registered it."""
    credential = AttestedCredentialData.create(
        b"\0" * 16, b"an id", {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}
    )
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(b"\0" * 32, flags, 0, credential)
    client = CollectedClientData.create("webauthn.create", b"challenge", "https://example.org")
    response = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    registered = {
        "id": websafe_encode(b"an id"),
        "rawId": websafe_encode(b"an id"),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": response,
    }
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Key", "credential": registered},
    )


@pytest.fixture(autouse=True)
def no_failed_log_ins():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user():
    user = UserFactory()
    TOTP.activate(user, generate_totp_secret())
    return user


def second_step(client, user):
    return visit(client, "/accounts/login/").press("Log in", login=user.email, password=PASSWORD)


def test_a_security_key_is_offered_only_to_who_has_one(client, user):
    page = second_step(client, user)
    assert "webauthn" not in page.html
    assert page.button("Cancel")


def test_who_has_a_security_key_can_use_it(client, user):
    a_security_key(user)
    page = second_step(client, user)
    assert page.status == 200
    assert "mfa_webauthn_authenticate" in page.html


@pytest.mark.parametrize("code", ["000000", "", "not a code"])
def test_after_a_wrong_code_the_focus_is_on_the_code(client, user, code):
    page = second_step(client, user).press("Log in", code=code)
    assert page.status == 200
    assert focused(page) == ["code"]
    assert "errorlist" in page.html


def test_a_recovery_code_logs_in(client, user):
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    page = second_step(client, user)
    assert page.press("Log in", code=code).address == "/attempts/"


def focused(page) -> list[str]:
    inputs = [tag for tag in page.html.split("<")[1:] if "autofocus" in tag]
    return [tag.partition('name="')[2].partition('"')[0] for tag in inputs]


@pytest.mark.parametrize(
    ("address", "button", "typed", "field"),
    [
        ("/accounts/login/", "Log in", {"login": "a@example.org", "password": "x"}, "password"),
        ("/accounts/login/", "Log in", {"login": "", "password": ""}, "login"),
        ("/accounts/signup/", "Sign up",
         {"email": "a@example.org", "password1": PASSWORD, "password2": "other"}, "password2"),
        ("/accounts/signup/", "Sign up", {"email": "", "password1": "", "password2": ""}, "email"),
    ],
)  # fmt: skip
def test_after_a_refusal_the_focus_is_on_what_is_to_be_entered(
    client, address, button, typed, field
):
    assert focused(visit(client, address).press(button, **typed)) == [field]
