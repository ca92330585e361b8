"""Email of accounts: it is sent after the transaction, and no account depends on it."""

import socket

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

NEW = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}


class RecordingBackend(BaseEmailBackend):
    """Records for each email whether a transaction was open when it was sent."""

    in_transaction: list[bool] = []

    def send_messages(self, messages):
        self.in_transaction.extend(connection.in_atomic_block for _ in messages)
        return len(messages)


@pytest.fixture(autouse=True)
def no_failed_log_ins():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as closed:  # bound and not listening: connections are refused
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        yield


def the_only(messages: list[str]) -> str:
    (message,) = messages
    assert "@" not in message
    return message


def test_without_a_mail_server_one_can_sign_up(client, no_mail_server, caplog, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    assert client.post("/accounts/signup/", NEW).status_code == 302
    assert User.objects.get().email == "new@example.org"
    assert "Log out" in client.get("/").content.decode()
    assert the_only(caplog.messages).endswith(": ConnectionRefusedError")


def test_without_a_mail_server_asking_for_a_new_password_is_answered(
    client, no_mail_server, caplog
):
    form = {"email": UserFactory().email}
    assert client.post("/accounts/password/reset/", form).status_code == 302
    assert the_only(caplog.messages).endswith(": ConnectionRefusedError")


def test_no_transaction_waits_for_the_mail_server(client, settings):
    settings.EMAIL_BACKEND = f"{__name__}.RecordingBackend"
    RecordingBackend.in_transaction.clear()
    client.post("/accounts/signup/", NEW)
    client.post("/accounts/password/reset/", {"email": NEW["email"]})
    assert RecordingBackend.in_transaction == [False, False]
