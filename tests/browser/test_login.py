"""The session ends in the middle of an answer: the page keeps the text and logs in again."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import expect

from tests.browser.steps import (
    attempt_of,
    box,
    come_as_user,
    enter,
    in_state,
    log_in,
    on_question,
    press,
    requests_to,
    saved,
    start_as_guest,
    status,
    text_of,
)
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def attempt(page, user):
    """The user's running attempt; the page shows its first question."""
    attempt = attempt_of(come_as_user(page.context, user), seconds_each=600)
    enter(page, attempt)
    return attempt


def dialog(page):
    return page.get_by_role("dialog").filter(has=page.locator("form[data-login-url]"))


def log_in_over_the_page(page, user, password=PASSWORD):
    dialog(page).locator("[name=login]").fill(user.email)
    dialog(page).locator("[name=password]").fill(password)
    dialog(page).locator("[name=password]").press("Enter")


def test_hazard_20_a_user_logged_out_in_mid_answer_logs_in_over_the_page(page, user, attempt):
    page.context.clear_cookies(name="sessionid")
    box(page).fill("still here")
    box(page).blur()

    expect(dialog(page)).to_be_visible()
    in_state(page, "logged-out")
    log_in_over_the_page(page, user, password="not the password")
    expect(dialog(page).get_by_role("alert")).to_be_visible()
    log_in_over_the_page(page, user)

    expect(dialog(page)).to_be_hidden()
    expect(box(page)).to_have_value("still here")
    saved(page)
    assert text_of(attempt) == "still here"
    page.problems.clear()


def test_after_logging_in_by_mouse_the_keys_go_to_the_box(page, user, attempt):
    page.context.clear_cookies(name="sessionid")
    box(page).press_sequentially("still here")
    expect(dialog(page)).to_be_visible(timeout=20_000)
    dialog(page).locator("[name=login]").fill(user.email)
    dialog(page).locator("[name=password]").fill(PASSWORD)
    dialog(page).get_by_role("button", name="Log in").click()
    expect(dialog(page)).to_be_hidden()
    expect(box(page)).to_be_focused()
    page.keyboard.type(", and more")
    expect(box(page)).to_have_value("still here, and more")
    saved(page)
    assert text_of(attempt) == "still here, and more"
    page.problems.clear()


def test_hazard_20_a_user_with_a_second_factor_gets_back_in_by_another_tab(page, user, attempt):
    TOTP.activate(user, generate_totp_secret())
    page.context.clear_cookies(name="sessionid")
    box(page).fill("behind two doors")
    box(page).blur()

    log_in_over_the_page(page, user)
    expect(dialog(page).get_by_role("alert")).to_contain_text("second factor")
    come_as_user(page.context, user)  # as the other tab does in the end
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(dialog(page)).to_be_hidden()
    saved(page)
    assert text_of(attempt) == "behind two doors"
    page.problems.clear()


def test_hazard_20_the_csrf_cookie_goes_with_the_session(page, user, attempt):
    page.context.clear_cookies()
    box(page).fill("all cookies gone")
    box(page).blur()

    log_in_over_the_page(page, user)

    saved(page)
    assert text_of(attempt) == "all cookies gone"
    page.problems.clear()


def test_logging_in_can_be_put_off_and_typing_goes_on(page, user, attempt):
    page.context.clear_cookies(name="sessionid")
    requests = requests_to(page, "/save/")
    box(page).fill("later")
    box(page).blur()
    dialog(page).locator("[data-close]").click()

    box(page).press_sequentially(" on")
    with page.expect_response("**/clock/"):  # the page looks once more whether it is logged in
        box(page).blur()

    in_state(page, "logged-out")
    expect(dialog(page)).to_be_hidden()
    assert len(requests) < 5
    press(page, "Submit answer")
    log_in_over_the_page(page, user)
    on_question(page, 2)
    expect(page.locator("#alert")).to_be_hidden()
    assert text_of(attempt) == "later on"
    page.problems.clear()


def test_hazard_20_a_guest_who_lost_the_cookies_comes_back_without_a_question(page):
    attempt = start_as_guest(page)
    page.context.clear_cookies()

    box(page).fill("a guest's")
    box(page).blur()

    saved(page)
    assert text_of(attempt) == "a guest's"
    box(page).press_sequentially(" text")
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "a guest's text"
    page.problems.clear()


def test_a_guest_who_lost_the_cookies_submits(page):
    attempt = start_as_guest(page)
    page.context.clear_cookies(name="sessionid")

    box(page).press_sequentially("at once")
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "at once"
    page.problems.clear()


def test_hazard_20_the_csrf_cookie_deleted(page, attempt):
    page.context.clear_cookies(name="csrftoken")

    box(page).fill("without a token")
    box(page).blur()

    saved(page)
    assert text_of(attempt) == "without a token"
    page.context.clear_cookies(name="csrftoken")
    press(page, "Submit answer")
    on_question(page, 2)  # the page has got a token, and pressed again
    expect(page.locator("#alert")).to_be_hidden()
    page.problems.clear()


def test_hazard_20_a_log_in_in_another_tab_renews_the_token(page, user, attempt):
    other = page.context.new_page()
    page.context.clear_cookies(name="sessionid")
    log_in(other, user)
    other.close()

    box(page).fill("after the renewal")
    box(page).blur()

    saved(page)
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "after the renewal"
    expect(dialog(page)).to_be_hidden()


def test_a_guest_logs_in_in_another_tab_and_goes_on_here(page, user):
    attempt = start_as_guest(page)
    other = page.context.new_page()
    log_in(other, user)
    expect(other).to_have_url(re.compile("/attempts/whose/"))

    box(page).fill("still the guest's")
    box(page).blur()
    saved(page)
    attempt.refresh_from_db()
    assert attempt.user is None

    other.get_by_role("button", name="Yes, move to my account").click()
    expect(other).to_have_url(re.compile("/attempts/$"))
    box(page).fill("now the account's")
    box(page).blur()
    saved(page)
    attempt.refresh_from_db()
    assert attempt.user == user
    press(page, "Finish interview")
    press(page, "Finish interview")  # a plain form, made before the token changed
    expect(page).to_have_url(re.compile("/review/$"))
    assert text_of(attempt) == "now the account's"


def test_a_guest_who_logs_in_over_the_page_goes_on_and_is_asked_afterwards(page, user):
    attempt = start_as_guest(page)
    box(page).fill("typed before")
    page.evaluate(
        "([url, login, password]) => fetch(url).then(() => fetch(url, {method: 'POST', headers: {"
        "'X-CSRFToken': document.cookie.match(/csrftoken=([^;]+)/)[1], Accept: 'application/json',"
        "'X-Requested-With': 'XMLHttpRequest', 'X-Page-Script': '1'},"
        "body: new URLSearchParams({login, password})})).then((reply) => reply.status)",
        ["/accounts/login/", user.email, PASSWORD],
    )  # as login.js does
    box(page).press_sequentially(", and after")
    box(page).blur()
    saved(page)
    assert text_of(attempt) == "typed before, and after"
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page).to_have_url(re.compile("/review/$"))
    page.get_by_role("link", name="Are they yours?").click()
    page.get_by_role("button", name="Yes, move to my account").click()
    expect(page).to_have_url(re.compile("/review/$"))  # back where the person was
    attempt.refresh_from_db()
    assert attempt.user == user


def test_hazard_17_expired_login_on_submit_keeps_the_text_in_place(page, user, attempt):
    page.route("**/save/", lambda route: route.abort())  # only the button gets through
    page.context.clear_cookies(name="sessionid")
    box(page).fill("submitted when logged out")
    press(page, "Submit answer")

    expect(dialog(page)).to_be_visible()
    expect(box(page, hidden=True)).to_have_value("submitted when logged out")
    expect(page.get_by_label("Password")).to_have_count(1)  # no log-in page inside the room
    page.unroute("**/save/")
    log_in_over_the_page(page, user)
    on_question(page, 2)
    assert text_of(attempt) == "submitted when logged out"
    page.problems.clear()


def test_logged_in_as_somebody_else_the_page_says_so(page, attempt):
    come_as_user(page.context, UserFactory())

    box(page).fill("whose is it")
    box(page).blur()

    expect(status(page)).to_contain_text("belongs to another account")
    expect(box(page)).to_have_value("whose is it")
    assert text_of(attempt) == ""
    page.problems.clear()
