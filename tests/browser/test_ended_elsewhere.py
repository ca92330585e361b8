"""An interview ends in another tab or on another device: this page says so on the result."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched
from tests.browser.steps import (
    attempt_of,
    box,
    come_as_user,
    enter,
    expect_failures,
    press,
    saved,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}


@pytest.fixture(params=["another tab", "another device"])
def sides(request, context, new_context):
    """The rooms of one attempt in two windows."""
    second = new_context() if request.param == "another device" else context
    user = UserFactory()
    attempt = attempt_of(come_as_user(context, user), **LONG)
    come_as_user(second, user)
    pages = watched(context.new_page()), watched(second.new_page())
    for page in pages:
        enter(page, attempt)
    return pages


def end(page, how):
    if how == "discard":
        page.goto(page.url + "discard/")
        press(page, "Discard")
    else:
        press(page, "Finish interview")
        expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
        page.get_by_role("main").get_by_role("button", name="Finish interview").click(delay=1100)
    expect(page).to_have_url(re.compile("/review/$" if how == "finish" else "/attempts/$"))
    expect(page.get_by_text("in another window or on another device")).to_have_count(0)


def look_again(page):
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def write(page):
    box(page).fill("typed here")
    box(page).blur()


DOINGS = {
    "the clock ticks": look_again,
    "a save": write,
    "a button": lambda page: press(page, "Submit answer"),
}


@pytest.mark.parametrize("how", ["finish", "discard"])
@pytest.mark.parametrize("name", DOINGS)
def test_the_result_says_where_it_ended(sides, name, how):
    here, there = sides
    end(there, how)
    DOINGS[name](here)
    said = f"This interview was {how}ed in another window or on another device."
    expect(here.get_by_role("status").filter(has_text=said)).to_be_visible()
    expect(here).to_have_url(re.compile("/review/"))
    expect_failures(here)


def test_back_in_the_same_tab_says_nothing(page):
    attempt = attempt_of(come_as_user(page.context, UserFactory()), **LONG)
    enter(page, attempt)
    box(page).fill("Mine.")
    saved(page)
    end(page, "finish")
    for _ in range(2):
        page.go_back()
        expect(page).to_have_url(re.compile("/review/"))
        expect(page.get_by_text("in another window")).to_have_count(0)
    expect_failures(page)
