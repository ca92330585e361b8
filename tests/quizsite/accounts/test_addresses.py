"""Which address an account may use: a confirmed one, where addresses are confirmed."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

STRANGERS = "somebody.else@example.org"


@pytest.fixture(autouse=True)
def no_rates_used():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user(client):
    """From before addresses were confirmed, with another address added."""
    user = UserFactory(email="own@example.org")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    EmailAddress.objects.create(user=user, email=STRANGERS, verified=False)
    client.force_login(user)
    return user


def use(client, address):
    return client.post("/accounts/email/", {"email": address, "action_primary": ""}, follow=True)


def address_of(user) -> str:
    user.refresh_from_db()
    return user.email


@pytest.mark.parametrize("typed", [STRANGERS, STRANGERS.upper()])
def test_an_unconfirmed_address_is_not_used_for_the_account(client, user, settings, typed):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    page = use(client, typed)
    assert len(page.context["messages"]) == 1
    assert address_of(user) == "own@example.org"
    assert EmailAddress.objects.get(primary=True).email == "own@example.org"


def test_a_confirmed_one_is(client, user, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    EmailAddress.objects.filter(email=STRANGERS).update(verified=True)
    use(client, STRANGERS)
    assert address_of(user) == STRANGERS


def test_one_that_somebody_else_has_confirmed_is_not(client, user, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    EmailAddress.objects.create(user=UserFactory(), email=STRANGERS, verified=True)
    use(client, STRANGERS)
    assert address_of(user) == "own@example.org"


def test_where_none_are_confirmed_any_may_be_used(client, user, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    use(client, STRANGERS)
    assert address_of(user) == STRANGERS


def test_it_still_asks_for_a_log_in(client):
    assert use(client, STRANGERS).redirect_chain[0][0].startswith("/accounts/login/")
