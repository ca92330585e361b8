"""Reading who is logged in at less cost lets nobody in whom Django would not let in."""

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quizsite.database.signed_in import by_id
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/accounts/email/"


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def browser(user):
    client = Client()
    client.force_login(user)
    assert is_in(client)
    return client


def is_in(client) -> bool:
    """Whether a page for users alone is shown."""
    reply = client.get(PAGE)
    assert reply.status_code in (200, 302)
    return reply.status_code == 200


def change_session(client, **changes) -> None:
    session = client.session
    session.update(changes)
    session.save()


def test_a_user_is_read_with_one_statement_and_is_the_row_as_it_is_now(browser, user):
    User.objects.filter(pk=user.pk).update(is_staff=True, first_name="“50 %”")
    with CaptureQueriesContext(connection) as queries:
        read = browser.get(PAGE).wsgi_request.user
        assert (read.is_authenticated, read.is_staff, read.first_name) == (True, True, "“50 %”")
    assert len([query for query in queries if '"auth_user"' in query["sql"]]) == 1
    assert by_id.rows(pk=user.pk) == [user]


def change_password(user, client):
    user.set_password("another, and a long one")
    user.save()


def deactivate(user, client):
    User.objects.filter(pk=user.pk).update(is_active=False)


def delete(user, client):
    user.delete()


def end_the_session(user, client):
    client.session.flush()


def forget_the_hash(user, client):
    change_session(client, **{HASH_SESSION_KEY: ""})


def take_another_hash(user, client):
    change_session(client, **{HASH_SESSION_KEY: UserFactory().get_session_auth_hash()})


def become_somebody_else(user, client):
    change_session(client, **{SESSION_KEY: str(UserFactory().pk)})


def name_an_unknown_backend(user, client):
    change_session(client, _auth_user_backend="somewhere.else.Backend")


@pytest.mark.parametrize(
    "happens",
    [
        *(change_password, deactivate, delete, end_the_session, forget_the_hash),
        *(take_another_hash, become_somebody_else, name_an_unknown_backend),
    ],
)
def test_a_session_that_is_not_in_order_is_nobodys(browser, user, happens):
    happens(user, browser)
    assert not is_in(browser)
    assert not is_in(browser)  # nor the next time


def test_a_changed_password_ends_the_session_itself(browser, user):
    change_password(user, browser)
    is_in(browser)
    assert SESSION_KEY not in browser.session


def test_a_session_made_with_the_secret_before_goes_on(browser, user, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next secret, of more than thirty characters"
    assert is_in(browser)


def test_a_visitor_costs_no_statement_about_users():
    with CaptureQueriesContext(connection) as queries:
        assert not is_in(Client())
    assert [query for query in queries if '"auth_user"' in query["sql"]] == []
