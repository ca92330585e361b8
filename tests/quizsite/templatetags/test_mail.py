"""Pages that promise a message say where it is when the installation prints its mail."""

import pytest

from tests.factories import UserFactory
from tests.plain_browser import logged_in, visit

pytestmark = pytest.mark.django_db

PLACES = [
    "/accounts/confirm-email/",
    "/accounts/password/reset/done/",
    "/accounts/email/",
]


def page_at(address, client):
    return visit(logged_in(UserFactory()) if address == "/accounts/email/" else client, address)


@pytest.mark.parametrize("address", PLACES)
def test_mail_that_is_printed_is_said_to_be_in_the_terminal(client, settings, address):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "terminal" in page_at(address, client).words


@pytest.mark.parametrize("address", PLACES)
def test_mail_that_is_sent_is_not(client, settings, address):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "terminal" not in page_at(address, client).words
