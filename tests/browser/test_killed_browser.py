"""Text that was typed offline is there again after the whole browser was killed."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.own_process import browser_with_profile
from tests.browser.steps import (
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    offered_texts,
    ready,
    status,
)
from tests.factories import UserFactory, published_question

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ON_THE_WAY = 3  # characters whose transaction may not be complete when the browser ends


def open_room(context, live_server, attempt):
    page = context.new_page()
    page.goto(f"{live_server.url}/attempts/{attempt.pk}/")
    ready(page)
    return page


def type_for(text_box, seconds) -> str:
    typed, until = "", time.monotonic() + seconds
    while time.monotonic() < until:
        text_box.press_sequentially("word ", delay=50)
        typed += "word "
    return typed


def text_found(page) -> str:
    """The text that this browser still has: offered above the box, or in it."""
    page.wait_for_timeout(1_500)
    offered = offered_texts(page)
    if offered.count():
        return offered.locator("[data-unsaved-text]").text_content()
    return box(page).input_value()


@pytest.mark.parametrize("seconds", [12, 40])
def test_what_was_typed_offline_outlives_the_browser(playwright, live_server, tmp_path, seconds):
    with browser_with_profile(playwright, tmp_path) as (context, kill):
        attempt = attempt_of(come_as_guest(context), seconds_each=3600)
        cookies = context.cookies()
        page = open_room(context, live_server, attempt)
        context.set_offline(True)
        typed = type_for(box(page), seconds)
        expect(status(page)).to_contain_text("Offline")
        kill()
    with browser_with_profile(playwright, tmp_path) as (context, _):
        context.add_cookies(cookies)
        found = text_found(open_room(context, live_server, attempt))
    lost = len(typed) - len(found)
    print(f"{lost} of {len(typed)} characters lost after {seconds} s offline")
    assert typed.startswith(found)
    assert lost <= ON_THE_WAY


def test_what_is_said_to_be_kept_is_there_whole(playwright, live_server, tmp_path):
    with browser_with_profile(playwright, tmp_path) as (context, kill):
        attempt = attempt_of(come_as_guest(context), seconds_each=3600)
        cookies = context.cookies()
        page = open_room(context, live_server, attempt)
        context.set_offline(True)
        typed = type_for(box(page), 2)
        expect(status(page)).to_contain_text("kept in this browser")
        kill()
    with browser_with_profile(playwright, tmp_path) as (context, _):
        context.add_cookies(cookies)
        assert text_found(open_room(context, live_server, attempt)) == typed


def test_what_an_editor_typed_outlives_the_browser(playwright, live_server, tmp_path):
    editor = UserFactory(is_staff=True, is_superuser=True)
    url = f"{live_server.url}/admin/questions/question/{published_question().pk}/change/"
    with browser_with_profile(playwright, tmp_path) as (context, kill):
        come_as_user(context, editor)
        page = context.new_page()
        page.goto(url)
        advice = page.get_by_role("textbox", name="How to answer:")
        advice.clear()
        typed = type_for(advice, 5)
        kill()
    with browser_with_profile(playwright, tmp_path) as (context, _):
        come_as_user(context, editor)
        page = context.new_page()
        page.goto(url)
        page.get_by_role("button", name="Put it back").click()
        found = page.get_by_role("textbox", name="How to answer:").input_value()
    assert typed.startswith(found)
    assert len(typed) - len(found) <= ON_THE_WAY
