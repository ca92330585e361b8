"""Accounts: a guest's attempts move along."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from attempts.models import Attempt, OwnInterview, Practice, QuestionNote
from attempts.owners import GUEST_KEY
from questions.models import Timing
from tests.factories import PASSWORD, START, UserFactory, interview_of, published_question
from tests.plain_browser import begin, logged_in, visit

pytestmark = pytest.mark.django_db

NEW = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def no_failed_log_ins():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def guest(client):
    """A guest with one finished attempt and one running."""
    for finish in (True, False):
        attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
        if finish:
            client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    return client


def log_in(client, user, password=PASSWORD):
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def confirm(client, callbacks, **new):
    """Sign up in the browser, and open the link of the message there."""
    with callbacks(execute=True):
        page = visit(client, "/accounts/signup/").press("Sign up", **{**NEW, **new})
    assert page.heading == "Confirm your email address"
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    return visit(client, link).press("Confirm")


def owners() -> set:
    return set(Attempt.objects.values_list("user__email", flat=True))


def test_signing_up_asks_whose_the_attempts_are_and_moves_them(
    guest, django_capture_on_commit_callbacks
):
    page = confirm(guest, django_capture_on_commit_callbacks)
    assert page.address.startswith("/attempts/whose/")
    assert owners() == {None}
    page = page.press("Yes, move to my account")
    assert page.address == "/attempts/"
    assert "Interview in progress" in page.words
    assert owners() == {"new@example.org"}
    assert set(Attempt.objects.values_list("guest_key", flat=True)) == {""}


def test_logging_in_by_email_asks_whose_the_attempts_are(guest):
    user = UserFactory()
    page = visit(guest, "/accounts/login/")
    page = page.press("Log in", login=user.email.upper(), password=PASSWORD)
    assert page.address == "/attempts/whose/?next=%2Fattempts%2F"
    assert owners() == {None}


def test_neither_of_two_running_attempts_ends_by_a_log_in(guest):
    user = UserFactory()
    elsewhere = begin(logged_in(user), interview_of(1))
    log_in(guest, user)
    assert Attempt.objects.running().count() == 2
    assert logged_in(user).get(elsewhere.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"password2": "something else"},
        {"password1": "12345", "password2": "12345"},
        {"email": "no address"},
        {"email": ""},
    ],
)
def test_a_sign_up_that_fails_moves_nothing(guest, wrong):
    response = guest.post("/accounts/signup/", {**NEW, **wrong})
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert owners() == {None}
    assert visit(guest, "/").link("Resume")


def test_a_log_in_that_fails_moves_nothing(guest):
    assert log_in(guest, UserFactory(), "wrong").status_code == 200
    assert owners() == {None}


@pytest.fixture
def log_in_that_fails():
    """The database refuses to note the log-in, after the account has been made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN RAISE EXCEPTION 'in the middle'; END$$;"
            "CREATE TRIGGER refuse BEFORE UPDATE ON auth_user FOR EACH ROW"
            " WHEN (NEW.last_login IS NOT NULL) EXECUTE FUNCTION refuse()"
        )
        yield
        cursor.execute("DROP TRIGGER IF EXISTS refuse ON auth_user")


def test_making_the_account_and_logging_in_happen_both_or_neither(
    guest, log_in_that_fails, settings
):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    guest.raise_request_exception = False
    assert guest.post("/accounts/signup/", NEW).status_code >= 500
    assert not User.objects.exists()
    assert visit(guest, "/").link("Resume")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse ON auth_user")
    assert guest.post("/accounts/signup/", NEW).status_code == 302
    assert User.objects.get().email == NEW["email"]


def test_another_guest_keeps_theirs(guest, django_capture_on_commit_callbacks):
    other = Client()
    theirs = begin(other, interview_of(1))
    confirm(guest, django_capture_on_commit_callbacks).press("Yes, move to my account")
    assert other.get(theirs.get_absolute_url()).status_code == 200


def test_after_logging_out_nothing_of_the_account_is_left(
    guest, django_capture_on_commit_callbacks
):
    page = confirm(guest, django_capture_on_commit_callbacks)
    page.press("Yes, move to my account")
    page = visit(guest, "/").press("Log out")
    assert page.address == "/"
    assert "Resume" not in page.words
    assert visit(guest, "/attempts/").link("Log in")


def test_logging_out_takes_a_post(client):
    client.force_login(UserFactory(), "django.contrib.auth.backends.ModelBackend")
    client.get("/accounts/logout/")
    assert "Log out" in visit(client, "/").words


def test_a_forgotten_password_is_set_anew_by_mail(client, django_capture_on_commit_callbacks):
    user = UserFactory()
    page = visit(client, "/accounts/password/reset/")
    with django_capture_on_commit_callbacks(execute=True):
        page.press(page.buttons[-1].name, email=user.email)
    (message,) = mail.outbox
    assert message.to == [user.email]
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", message.body)[1]
    page = visit(client, link)
    page.press(
        page.buttons[-1].name, password1="entirely new words", password2="entirely new words"
    )
    user.refresh_from_db()
    assert user.check_password("entirely new words")
    assert log_in(Client(), user, "entirely new words").status_code == 302
    assert visit(Client(), link).heading == "This link no longer works"


def test_asking_for_a_reset_does_not_tell_who_has_an_account(client):
    responses = []
    for address in (UserFactory().email, "nobody@example.org"):
        response = client.post("/accounts/password/reset/", {"email": address}, follow=True)
        responses.append((response.status_code, response.redirect_chain))
    assert responses[0] == responses[1]


def test_the_admin_logs_in_by_name(client):
    UserFactory(username="admin", is_staff=True, is_superuser=True)
    response = client.post(
        "/admin/login/?next=/admin/", {"username": "admin", "password": PASSWORD}
    )
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_hazard_22_a_password_changed_elsewhere_ends_other_log_ins():
    user = UserFactory()
    here, there = Client(), Client()
    for client in (here, there):
        log_in(client, user)
    new = {
        "oldpassword": PASSWORD,
        "password1": "entirely new words",
        "password2": "entirely new words",
    }
    assert here.post("/accounts/password/change/", new).status_code == 302
    assert "Log out" in visit(here, "/").words
    assert "Log out" not in visit(there, "/").words


def test_the_site_logs_in_by_email_only(client):
    user = UserFactory()
    response = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("email", ["a\0b@example.org", "é@" + "x" * 400, "\ud800@example.org"])
def test_an_odd_address_is_an_error_in_the_form(client, email):
    for place, data in (
        ("signup", {**NEW, "email": email}),
        ("login", {"login": email, "password": "x"}),
    ):
        response = client.post(
            f"/accounts/{place}/",
            "&".join(f"{k}={v}" for k, v in data.items()).encode("utf-8", "surrogatepass"),
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 200


@pytest.mark.parametrize("model", [QuestionNote, OwnInterview, Practice])
def test_a_guest_without_attempts_is_asked_about_what_else_they_keep(client, model):
    session = client.session
    session[GUEST_KEY] = "a-guest"
    session.save()
    fields = {"guest_key": "a-guest"}
    if model is QuestionNote:
        fields |= {"question": published_question(), "note": "Mine."}
    else:
        fields["created_at"] = START
    if model is Practice:
        fields |= {"source": "topic", "title": "x", "question_ids": [1]}
    model.objects.create(**fields)
    user = UserFactory()
    page = visit(client, "/accounts/login/").press("Log in", login=user.email, password=PASSWORD)
    assert page.address.startswith("/attempts/whose/")
    assert "0 attempts" not in page.words
    page = page.press("Yes, move to my account")
    assert model.objects.get().user == user
    assert "0 attempts" not in page.words


# --- signing up ---------------------------------------------------------------------------------


def test_a_guest_goes_on_before_the_address_is_confirmed(guest):
    """The interview is there, and the account is not used yet."""
    page = visit(guest, "/accounts/signup/").press("Sign up", **NEW)
    assert "Log out" not in page.words
    room = visit(guest, visit(guest, page.link("Go on without an account")).link("Resume"))
    assert room.press("Flag", text="Typed in between.").status == 200
    assert owners() == {None}


def test_who_confirms_in_another_browser_logs_in_with_the_password(
    guest, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        visit(guest, "/accounts/signup/").press("Sign up", **NEW)
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    elsewhere = visit(Client(), link).press("Confirm")
    assert "Log out" not in elsewhere.words
    page = visit(guest, "/accounts/login/")
    page = page.press("Log in", login=NEW["email"], password=PASSWORD)
    assert page.address.startswith("/attempts/whose/")


def test_signing_up_again_makes_the_unconfirmed_account_anew(
    client, django_capture_on_commit_callbacks
):
    """Whoever signed up first with somebody's address gets nothing by it."""
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(
            "/accounts/signup/", {**NEW, "password1": "x1y2z3 a", "password2": "x1y2z3 a"}
        )
    old = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    cache.clear()  # three minutes later
    confirm(client, django_capture_on_commit_callbacks)
    assert User.objects.get().check_password(PASSWORD)
    assert visit(Client(), old).heading == "This link no longer works"


def test_who_has_an_account_is_told_by_mail_and_only_there(
    client, django_capture_on_commit_callbacks
):
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        visit(client, "/accounts/signup/").press("Sign up", **NEW | {"email": user.email})
    (message,) = mail.outbox
    assert message.to == [user.email]
    assert "/accounts/password/reset/" in message.body
    assert User.objects.get().check_password(PASSWORD)


def test_an_account_from_before_addresses_were_confirmed_stays_open(client):
    user = UserFactory(last_login=START)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    assert log_in(client, user).status_code == 302
    assert "_auth_user_id" in client.session


def test_where_no_mail_leaves_one_can_sign_up_at_once(guest, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    page = visit(guest, "/accounts/signup/").press("Sign up", **NEW)
    assert page.address.startswith("/attempts/whose/")
    assert Client().post("/accounts/signup/", NEW).status_code == 200
