"""The way to delete one's account: what the page says, the password, what is left of the log-in."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client, RequestFactory

from attempts.models import Attempt
from attempts.owners import GUEST_KEY
from questions.models import Timing
from quizsite.account_deletion.gone import GoneAccount
from tests.attempts.views.test_access import FULL
from tests.factories import PASSWORD, UserFactory, interview_of
from tests.plain_browser import SCRIPT, begin, logged_in, visit

pytestmark = pytest.mark.django_db
DELETE = "/accounts/delete/"


@pytest.fixture(autouse=True)
def no_failed_log_ins():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user():
    user = UserFactory()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def client(user):
    return logged_in(user)


def test_the_way_there_and_what_it_says(client, user):
    begin(client, interview_of(1))
    assert visit(client, "/accounts/email/").link("Your data") == "/accounts/data/"
    page = visit(client, visit(client, "/accounts/data/").link("Delete account…"))
    assert user.email in page.words
    assert "1 attempt," in page.words
    assert "no-store" in page.response.headers["Cache-Control"]
    assert User.objects.filter(pk=user.pk).exists()


def test_the_password_is_asked_for_and_then_the_account_is_gone(client, user):
    running = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    page = visit(client, DELETE).press("Delete my account")
    assert page.heading == "Confirm it's you"
    assert User.objects.filter(pk=user.pk).exists()
    page = page.press("Continue", password=PASSWORD)
    assert page.address == "/"
    assert "Your account is deleted" in page.words
    assert "Log in" in page.words
    assert not User.objects.filter(pk=user.pk).exists()
    assert not Attempt.objects.exists()
    assert not EmailAddress.objects.exists()
    assert client.cookies["forget-unsaved"].value == "1"
    assert client.get(running.get_absolute_url()).status_code == 410


def test_a_wrong_password_deletes_nothing(client, user):
    page = visit(client, DELETE).press("Delete my account").press("Continue", password="wrong")
    assert page.heading == "Confirm it's you"
    assert User.objects.filter(pk=user.pk).exists()
    assert "forget-unsaved" not in client.cookies


def test_nobody_can_log_in_with_it_any_more(client, user):
    visit(client, DELETE).press("Delete my account").press("Continue", password=PASSWORD)
    page = visit(Client(), "/accounts/login/").press("Log in", login=user.email, password=PASSWORD)
    assert page.address == "/accounts/login/"
    page = visit(Client(), "/accounts/signup/").press(
        "Sign up", email=user.email, password1="a brand new one 7", password2="a brand new one 7"
    )
    assert page.heading == "Confirm your email address"
    assert User.objects.filter(email=user.email).exists()


def test_other_browsers_are_logged_out_and_their_pages_are_told(client, user):
    other = logged_in(user)
    attempt = begin(other, interview_of(2, timing=Timing.TOTAL.value))
    room = visit(other, attempt.get_absolute_url())
    visit(client, DELETE).press("Delete my account").press("Continue", password=PASSWORD)
    reply = other.post(f"{attempt.get_absolute_url()}save/", FULL, headers=SCRIPT)
    assert (reply.status_code, reply.headers["X-Attempt-Removed"]) == (410, "account")
    back = room.press("Submit answer", text="Typed meanwhile.")
    assert (back.status, back.heading) == (410, "This attempt was deleted")
    assert "Typed meanwhile.</textarea>" in back.html
    assert "Log in" in visit(other, "/").words


def test_who_is_only_logged_out_is_asked_to_log_in_as_before(user):
    other = logged_in(user)
    attempt = begin(other, interview_of(1))
    User.objects.update(is_active=False)
    reply = other.post(f"{attempt.get_absolute_url()}save/", FULL, headers=SCRIPT)
    assert reply.status_code == 401


def test_the_last_superuser_is_told_why_not():
    boss = UserFactory(is_superuser=True, is_staff=True)
    client = logged_in(boss)
    page = visit(client, DELETE).press("Delete my account").press("Continue", password=PASSWORD)
    assert page.status == 409
    assert "last superuser" in page.words
    assert User.objects.filter(pk=boss.pk).exists()
    assert "Log out" in page.words
    assert "forget-unsaved" not in client.cookies


def test_a_guest_of_the_browser_stays_a_guest(client, user):
    guest = Client()
    attempt = begin(guest, interview_of(1))
    guest.force_login(user, "django.contrib.auth.backends.ModelBackend")
    guest.post(DELETE)
    guest.post("/accounts/reauthenticate/?next=/accounts/delete/", {"password": PASSWORD})
    assert not User.objects.filter(pk=user.pk).exists()
    assert GUEST_KEY in guest.session
    assert guest.get(attempt.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("send", ["get", "post"])
def test_who_is_not_logged_in_is_asked_to(send):
    response = getattr(Client(), send)(DELETE)
    assert response.headers["Location"] == "/accounts/login/?next=/accounts/delete/"


def test_what_was_being_written_when_the_account_went_is_refused_kindly(user):
    key = str(user.pk)

    def ask(**sent):
        request = RequestFactory().post("/attempts/", sent)
        request.session = {"_auth_user_id": key}
        return GoneAccount(lambda _: None).process_exception(request, IntegrityError())

    assert ask() is None
    user.delete()
    assert ask().headers["Location"] == "/"
    assert ask(text="Mine.").status_code == 401
