"""Nobody gets a guest's attempts, and no running one ends, without being asked."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext, override_settings

from attempts.models import Attempt, FinishReason
from attempts.owners import GUEST_KEY
from attempts.rules.lifecycle import State
from questions.models import Timing
from tests.factories import PASSWORD, AttemptFactory, UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, logged_in, pass_time, visit

pytestmark = pytest.mark.django_db

TOTAL = Timing.TOTAL.value
WHOSE = "/attempts/whose/"
MOVE, LEAVE = "Yes, move to my account", "No, leave in this browser"


@pytest.fixture(autouse=True)
def no_failed_log_ins():
    cache.clear()
    yield
    cache.clear()


def with_text(client, text, **interview):
    attempt = begin(client, interview_of(2, timing=TOTAL, **interview))
    visit(client, attempt.get_absolute_url()).press("Flag", text=text)
    return attempt


def finished(client, **interview):
    attempt = with_text(client, "A secret of the guest's.", **interview)
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    return attempt


def log_in(client, user, **fields):
    data = {"login": user.email, "password": PASSWORD, **fields}
    return client.post("/accounts/login/", data)


def texts() -> set[str]:
    return set(Attempt.objects.values_list("answers__text", flat=True)) - {""}


# --- every way to log in ----------------------------------------------------------------------


def by_sign_up(client, user):
    """As where no address is confirmed; tests/quizsite/accounts has the other way."""
    new = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="optional"):
        return client.post("/accounts/signup/", new)


def by_the_admin(client, user):
    user.is_staff = True
    user.save()
    return client.post("/admin/login/", {"username": user.username, "password": PASSWORD})


def by_script(client, user):
    data = {"login": user.email, "password": PASSWORD}
    headers = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest", **SCRIPT}
    return client.post("/accounts/login/", data, headers=headers)


def by_second_factor(client, user):
    TOTP.activate(user, generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    log_in(client, user)
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def link_in_mail_of(act, address: str) -> str:
    """Do what sends an email. Returns the path of the link in it that begins with the address."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        act()
    return re.search(rf"http://testserver({address}\S+)", mail.outbox[-1].body)[1]


def by_a_new_password(client, user):
    form = {"email": user.email}
    link = link_in_mail_of(
        lambda: client.post("/accounts/password/reset/", form), "/accounts/password/reset/key/"
    )
    new = {"password1": "entirely new words", "password2": "entirely new words"}
    return client.post(visit(client, link).address, new)


def by_a_confirmed_address(client, user):
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory"):
        link = link_in_mail_of(lambda: by_sign_up(client, user), "/accounts/confirm-email/")
        return client.post(link)


WAYS = [
    *(log_in, by_sign_up, by_the_admin, by_script, by_second_factor),
    *(by_a_new_password, by_a_confirmed_address),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_to_log_in_moves_or_ends_anything_unasked(client, settings, way):
    settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = settings.ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
    user = UserFactory()
    running_there = with_text(logged_in(user), "typed in the account")
    finished(client)
    running_here = with_text(client, "typed as a guest")
    key = client.session[GUEST_KEY]

    way(client, user)

    assert "_auth_user_id" in client.session
    assert set(Attempt.objects.running()) == {running_there, running_here}
    assert Attempt.objects.filter(guest_key=key).count() == 2
    assert visit(client, "/").link("Are they yours?")
    assert visit(client, WHOSE).button(LEAVE)


@pytest.mark.parametrize("way", [log_in, by_sign_up, by_the_admin, by_second_factor])
def test_the_question_comes_right_after_the_log_in(client, way):
    finished(client)
    response = way(client, UserFactory())
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{WHOSE}?next=")


def test_who_has_no_guest_here_is_asked_nothing(client):
    assert log_in(client, UserFactory()).headers["Location"] == "/attempts/"
    assert "Are they yours?" not in visit(client, "/").words
    assert visit(client, WHOSE).address == "/attempts/"


def test_a_guest_who_started_nothing_is_no_guest(client):
    session = client.session
    session[GUEST_KEY] = "k" * 43
    session.save()
    assert log_in(client, UserFactory()).headers["Location"] == "/attempts/"
    assert GUEST_KEY not in client.session


# --- the question -----------------------------------------------------------------------------


def test_it_names_the_attempts_and_shows_nothing_of_the_answers(client):
    finished(client, name="Feature stores")
    running = with_text(client, "A secret of the guest's.", name="Model serving")
    log_in(client, UserFactory())
    page = visit(client, WHOSE)
    assert "Feature stores" in page.words
    assert page.link("Model serving") == running.get_absolute_url()
    assert "2 attempts" in page.words
    assert "1 of 2 questions answered" in page.words
    assert "A secret" not in page.html
    assert "100" not in page.words


def test_moving_takes_all_along(client):
    user = UserFactory()
    done, running = finished(client), with_text(client, "typed as a guest")
    log_in(client, user)
    page = visit(client, WHOSE).press(MOVE)
    assert page.address == "/attempts/"
    assert set(Attempt.objects.filter(user=user, guest_key="")) == {done, running}
    assert GUEST_KEY not in client.session
    assert "Are they yours?" not in page.words
    client.post("/accounts/logout/")
    for attempt in (done, running):
        assert client.get(attempt.get_absolute_url()).status_code == 404


def test_leaving_keeps_them_from_the_account_until_it_is_logged_out(client):
    done = finished(client)
    running = with_text(client, "A secret of the guest's.")
    log_in(client, UserFactory())
    page = visit(client, WHOSE).press(LEAVE)
    assert page.address == "/attempts/"
    assert "Are they yours?" not in page.words
    for attempt in (done, running):
        for headers in ({}, HTMX, SCRIPT):
            reply = client.get(attempt.get_absolute_url(), headers=headers)
            assert reply.status_code == 404
    assert visit(client, WHOSE).address == "/attempts/"
    assert visit(client, "/attempts/forget/").address == "/"
    assert Attempt.objects.filter(user=None).count() == 2

    client.post("/accounts/logout/")

    assert visit(client, "/").link("Resume") == running.get_absolute_url()
    assert client.get(f"/attempts/{done.pk}/review/").status_code == 200


def test_the_next_person_is_asked_again(client):
    finished(client)
    for user in UserFactory.create_batch(2):
        log_in(client, user)
        page = visit(client, WHOSE)
        assert user.email in page.words
        page.press(LEAVE)
        client.post("/accounts/logout/")
    assert Attempt.objects.get().user is None


def test_until_it_is_answered_the_guests_interview_goes_on_in_the_same_browser(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    room = visit(client, attempt.get_absolute_url())
    log_in(client, UserFactory())
    page = room.press("Flag", text="a form of the page from before the log-in")
    assert page.address == attempt.get_absolute_url()
    assert texts() == {"a form of the page from before the log-in"}
    assert page.press("Finish interview").press("Finish interview").status == 200
    attempt.refresh_from_db()
    assert (attempt.state, attempt.user) == (State.SUBMITTED, None)
    assert visit(client, f"/attempts/{attempt.pk}/review/").link("Are they yours?")


def test_it_leads_to_where_the_person_was_going(client):
    finished(client)
    response = log_in(client, UserFactory(), next="/accounts/email/")
    page = visit(client, response.headers["Location"])
    assert page.link("Decide later") == "/accounts/email/"
    assert page.press(MOVE).address == "/accounts/email/"


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example/", "javascript:a", "-1", "/" + 3000 * "x"]
)
@pytest.mark.parametrize("answer", ["move", "leave"])
def test_hazard_40_it_leads_to_no_other_site(client, next_, answer):
    finished(client)
    log_in(client, UserFactory())
    assert "evil" not in client.get(WHOSE, {"next": next_}).content.decode()
    response = client.post(f"{WHOSE}?next={next_}", {"answer": answer, "next": next_})
    assert response.headers["Location"] == "/attempts/"


def test_an_answer_that_is_none_changes_nothing(client):
    finished(client)
    log_in(client, UserFactory())
    for data in ({}, {"answer": "delete"}, {"answer": "move\0"}):
        assert client.post(WHOSE, data).status_code == 200
    assert Attempt.objects.get().user is None


def test_a_press_twice_moves_once(client):
    finished(client)
    log_in(client, UserFactory())
    page = visit(client, WHOSE)
    for _ in range(2):
        assert page.press(MOVE).address == "/attempts/"
    assert Attempt.objects.count() == 1


def test_it_needs_as_many_statements_for_many_attempts_as_for_one(
    client, django_assert_num_queries
):
    finished(client)
    log_in(client, UserFactory())
    with CaptureQueriesContext(connection) as for_one:
        client.get(WHOSE)
    AttemptFactory.create_batch(
        30, user=None, guest_key=client.session[GUEST_KEY], finished=True, interview=None,
        interview_title="One of many", timing=TOTAL,
    )  # fmt: skip
    with django_assert_num_queries(len(for_one)):
        page = visit(client, WHOSE)
    assert "31 attempts" in page.words
    assert page.words.count("One of many") == 19


# --- two that run -----------------------------------------------------------------------------


@pytest.fixture
def both(client):
    """(the guest's attempt, the account's): both run; the guest has just logged in."""
    user = UserFactory()
    there = with_text(logged_in(user), "typed in the account", name="Model serving")
    here = with_text(client, "typed as a guest", name="Feature stores")
    log_in(client, user)
    return here, there


def test_it_names_both(client, both):
    page = visit(client, WHOSE)
    for attempt in both:
        assert attempt.interview_title in page.words
    assert page.words.count("1 of 2 questions answered") == 3
    assert page.words.count("about 2 min left") == 3


@pytest.mark.parametrize("other", ["submit", "discard"])
@pytest.mark.parametrize("goes_on", [0, 1])
def test_the_one_that_was_chosen_goes_on(client, both, goes_on, other):
    on, ended = both[goes_on], both[1 - goes_on]
    page = visit(client, WHOSE)
    page.press(MOVE, goes_on=[str(on.pk)], other=[other])
    on.refresh_from_db()
    ended.refresh_from_db()
    assert on.state == State.RUNNING
    assert ended.state == (State.SUBMITTED if other == "submit" else State.DISCARDED)
    assert ended.finish_reason == FinishReason.REPLACED
    assert on.user == ended.user
    assert texts() == {"typed as a guest", "typed in the account"}
    assert client.get(on.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "sent", [{}, {"goes_on": "x"}, {"goes_on": "00000000-0000-4000-8000-000000000000"}]
)
def test_without_a_choice_nothing_changes(client, both, sent):
    response = client.post(WHOSE, {"answer": "move", "other": "submit", **sent})
    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()
    assert set(Attempt.objects.running()) == set(both)


def test_leaving_ends_neither(client, both):
    visit(client, WHOSE).press(LEAVE)
    assert set(Attempt.objects.running()) == set(both)


def test_the_clocks_run_while_it_asks(client, both):
    page = visit(client, WHOSE)
    here, there = both
    pass_time(here.pk, 3_600)
    page.press(MOVE, goes_on=[str(here.pk)], other=["submit"])
    here.refresh_from_db()
    there.refresh_from_db()
    assert here.state == State.EXPIRED
    assert there.state == State.RUNNING
    assert here.user == there.user


def test_other_accounts_attempts_cannot_be_chosen(client, both):
    others = begin(Client(), interview_of(1))
    response = client.post(WHOSE, {"answer": "move", "goes_on": others.pk, "other": "submit"})
    assert response.status_code == 409
    others.refresh_from_db()
    assert others.state == State.RUNNING
