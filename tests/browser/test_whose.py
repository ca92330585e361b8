"""Two people at one computer, and one person at two: nothing moves or ends before it is asked."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt
from attempts.rules.lifecycle import State
from tests.browser.conftest import watched
from tests.browser.steps import (
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    enter,
    eventually,
    log_in,
    press,
    saved,
    start_as_guest,
    text_of,
    unsaved_texts,
)
from tests.browser.test_axe import broken_at
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}


def test_a_log_in_on_a_second_device_leaves_the_interview_on_the_first(page, new_context):
    user = UserFactory()
    first = attempt_of(come_as_user(page.context, user), **LONG)
    enter(page, first)
    box(page).fill("typed on the first device")
    saved(page)
    there = watched(new_context().new_page())
    second = start_as_guest(there, **LONG)
    box(there).fill("typed on the second device")
    saved(there)

    log_in(there, user)

    box(page).fill("typed on the first device, and more")
    saved(page)
    there.get_by_role("radio", name=re.compile(re.escape(second.interview_title))).check()
    there.get_by_role("button", name="Yes, move to my account").click()
    expect(there).to_have_url(re.compile("/attempts/$"))
    eventually(page, lambda: Attempt.objects.get(pk=first.pk).state, State.SUBMITTED)
    assert text_of(first) == "typed on the first device, and more"
    there.get_by_role("link", name="Resume").click()
    expect(box(there)).to_have_value("typed on the second device")
    assert there.problems == []
    page.problems.clear()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_next_person_at_a_shared_computer_gets_nothing(new_context, scripts):
    page = new_context(java_script_enabled=scripts).new_page()
    attempt = attempt_of(come_as_guest(page.context), **LONG)
    log_in(page, UserFactory())
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this attempt yours?")
    page.get_by_role("button", name="No, leave in this browser").click()
    expect(page).to_have_url(re.compile("/attempts/$"))
    expect(page.get_by_role("main")).not_to_contain_text(attempt.interview_title)
    reply = page.goto(f"/attempts/{attempt.pk}/")
    assert reply.status == 404
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Resume")).to_be_visible()
    page.get_by_role("link", name="Forget this browser").click()
    page.get_by_role("button", name="Delete and forget").click()
    expect(page.get_by_role("link", name="Resume")).to_have_count(0)
    assert not Attempt.objects.exists()


def test_forgetting_takes_the_unsaved_text_along(page):
    start_as_guest(page, **LONG)
    page.route("**/save/", lambda route: route.abort())
    box(page).fill("never sent")
    box(page).blur()
    page.unroute("**/save/")
    page.goto("/attempts/forget/")
    press(page, "Delete and forget")
    expect(page).to_have_url(re.compile("/$"))
    eventually(page, lambda: unsaved_texts(page), [])
    page.problems.clear()


def test_who_blocks_cookies_is_told_so_however_often_they_press(page):
    for _ in range(2):
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill("ada@example.org")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.context.clear_cookies()  # as a browser that never kept one
        page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This site needs cookies")
    page.problems.clear()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_new_pages_break_no_rule(new_context, width, scheme):
    size = {"width": width, "height": 844}
    context = new_context(bypass_csp=True, viewport=size, color_scheme=scheme)
    page = context.new_page()
    user = UserFactory()
    attempt_of(come_as_user(new_context(), user), **LONG)
    attempt_of(come_as_guest(context), **LONG)
    assert broken_at(page, "/", "/attempts/forget/") == {}
    log_in(page, user)
    assert broken_at(page, "/attempts/whose/", "/", "/attempts/forget/") == {}
