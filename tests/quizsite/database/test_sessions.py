"""Sessions are read by our own statement; the rest is Django's."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from attempts.owners import GUEST_KEY
from questions.models import Timing
from quizsite.clock import database_now
from quizsite.database.sessions import SessionStore
from tests.factories import PASSWORD, UserFactory, interview_of
from tests.plain_browser import begin, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> SessionStore:
    session = SessionStore()
    session["name"] = "żółw"
    session.save()
    return session


def test_what_was_stored_is_read_with_one_statement(stored, django_assert_num_queries):
    session = SessionStore(stored.session_key)
    with django_assert_num_queries(1):
        assert session["name"] == "żółw"
    assert session.session_key == stored.session_key


def test_an_expired_session_is_empty_and_its_key_is_dropped(stored):
    Session.objects.update(expire_date=database_now() - timedelta(seconds=1))
    session = SessionStore(stored.session_key)
    assert "name" not in session
    assert session.session_key is None


def test_a_key_that_a_visitor_made_up_is_never_used(client):
    made_up = "a" * 32
    client.cookies["sessionid"] = made_up
    begin(client, interview_of(1, timing=Timing.TOTAL.value))
    assert client.cookies["sessionid"].value != made_up
    assert not Session.objects.filter(session_key=made_up).exists()


def test_a_guest_stays_known_when_a_session_ends_and_nothing_else_does(stored):
    stored["_auth_user_id"], stored[GUEST_KEY] = "1", "key"
    stored.save()
    before = stored.session_key
    stored.flush()
    assert dict(stored.items()) == {GUEST_KEY: "key"}
    stored.save()
    assert stored.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_session_without_a_guest_ends_empty(stored):
    stored.flush()
    assert stored.is_empty()


def test_a_second_log_in_with_the_same_old_key_still_knows_the_guest(client):
    """As when "Log in" is pressed twice, and the first one is through before the second is read."""
    user = UserFactory()
    begin(client, interview_of(1, timing=Timing.TOTAL.value))
    key, before = client.session[GUEST_KEY], client.cookies["sessionid"].value
    for _ in range(3):
        client.cookies["sessionid"] = before
        reply = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        assert reply.headers["Location"].startswith("/attempts/whose/")
        assert client.cookies["sessionid"].value != before
        assert client.session[GUEST_KEY] == key
    old = Session.objects.get(session_key=before)
    assert old.get_decoded() == {GUEST_KEY: key}
    assert old.expire_date - database_now() <= timedelta(minutes=1)


@pytest.mark.parametrize("content", [{}, {"_auth_user_id": "1", GUEST_KEY: "key"}])
def test_the_old_key_of_anybody_else_is_worth_nothing(stored, content):
    stored.update(content)
    stored.save()
    before = stored.session_key
    stored.cycle_key()
    assert stored["name"] == "żółw"
    assert not Session.objects.filter(session_key=before).exists()


def test_a_guest_stays_known_when_the_password_changes_elsewhere(client):
    user = UserFactory()
    attempt = begin(client, interview_of(1, timing=Timing.TOTAL.value))
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    user.set_password("entirely new words")
    user.save()
    page = visit(client, "/")
    assert page.link("Log in")
    assert page.link("Resume") == attempt.get_absolute_url()


@pytest.mark.parametrize("address", ["/attempts/", "/nothing/", "/accounts/login/"])
def test_a_reply_to_a_request_with_an_old_key_takes_no_newer_one_from_the_browser(client, address):
    """It may come after the reply that brought the new key, such as that to a log-in elsewhere."""
    client.cookies["sessionid"] = "a" * 32
    assert "sessionid" not in client.get(address).cookies


def test_a_log_out_takes_the_key_from_the_browser(client):
    client.force_login(UserFactory())
    reply = client.post("/accounts/logout/")
    assert reply.cookies["sessionid"]["max-age"] == 0
