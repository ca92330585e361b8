"""Where the browser refuses to store anything, everything else works."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    box,
    come_as_user,
    on_question,
    press,
    saved,
    start_as_guest,
    status,
    text_of,
)
from tests.browser.test_leaving import REFUSE_STORAGE
from tests.factories import UserFactory, published_question

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(page):
    page.add_init_script(REFUSE_STORAGE)
    return page


def test_the_bell_rings_and_the_text_is_handed_in(page):
    """Half of the time is announced on the way, which counts what was said."""
    attempt = start_as_guest(page, questions=1, seconds_each=6)
    box(page).fill("in time")
    expect(page.locator("#announcements")).to_contain_text("Half of the time", timeout=6_000)
    expect(page).to_have_url(re.compile("/review/$"), timeout=10_000)
    assert text_of(attempt) == "in time"


def test_options_saving_and_moving_on_work(page):
    attempt = start_as_guest(page, seconds_each=600)
    press(page, "Hide timer")
    expect(page.get_by_role("button", name="Show timer")).to_be_visible()
    box(page).fill("saved")
    box(page).blur()
    saved(page)
    expect(status(page)).not_to_contain_text("kept")
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "saved"


def test_the_admin_and_logging_out_work(page):
    come_as_user(page.context, UserFactory(is_staff=True, is_superuser=True))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/admin/questions/question/{published_question().pk}/change/")
    page.get_by_role("textbox", name="Answer:", exact=True).fill("Written.")
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist")).to_contain_text("The texts are now version 2.")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in", exact=True)).to_be_visible()
    eventually_forgotten = "() => !document.cookie.includes('forget-unsaved')"
    page.wait_for_function(eventually_forgotten)
    page.problems.clear()  # Django's own switch of colours reads the storage unguarded
