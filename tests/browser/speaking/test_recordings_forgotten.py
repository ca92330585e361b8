"""Recordings go with what a browser is told to forget, after their days, and when too many."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched
from tests.browser.speaking.steps import (
    entries,
    heads,
    leave_recordings,
    plays,
    record,
    says,
    seconds_of,
    to_result,
)
from tests.browser.steps import (
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    enter,
    eventually,
    expect_failures,
    open_answers,
    press,
    saved,
    start_as_guest,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}
DAY = 24 * 60 * 60 * 1000
OTHER = "00000000-0000-4000-8000-000000000000"


def recorded(page, **interview):
    attempt = start_as_guest(page, **LONG, **interview)
    record(page)
    press(page, "Stop recording")
    eventually(page, lambda: len(seconds_of(page)), 1)
    return attempt


def keys(page) -> set[str]:
    return {head["key"].split(":")[1] for head in heads(page)}


def test_forget_this_browser_deletes_recordings(page):
    recorded(page)
    page.goto("/attempts/forget/")
    press(page, "Delete and forget")
    eventually(page, lambda: entries(page), [])


def test_a_room_that_is_open_meanwhile_stops_and_brings_nothing_back(page):
    start_as_guest(page, **LONG)
    record(page)
    other = watched(page.context.new_page())
    other.goto("/attempts/forget/")
    press(other, "Delete and forget")
    expect(says(page)).to_contain_text("Recording stopped", timeout=5_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert").filter(has_text="Forget this browser")).to_be_visible()
    expect(page.get_by_role("button", name="Record my voice")).to_have_count(0)
    page.wait_for_timeout(1_200)
    assert entries(page) == []
    expect_failures(page)


def test_logging_out_deletes_recordings(page):
    attempt = attempt_of(come_as_user(page.context, UserFactory()), **LONG)
    enter(page, attempt)
    record(page)
    page.goto("/accounts/logout/")
    assert len(heads(page)) == 1
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in", exact=True)).to_be_visible()
    eventually(page, lambda: entries(page), [])


def test_a_deleted_attempt_takes_its_recordings_along_and_no_others(page):
    attempt = recorded(page)
    leave_recordings(
        page, {"key": f"head:{OTHER}:1:1", "at": page.evaluate("Date.now()"), "bytes": 8}
    )
    assert keys(page) == {str(attempt.pk), OTHER}
    page.goto(f"/attempts/{attempt.pk}/delete/")
    press(page, "Delete")
    expect(page).not_to_have_url(re.compile("/delete/"))
    eventually(page, lambda: keys(page), {OTHER})
    assert len(entries(page)) == 2  # its head and its part


def test_deleting_all_attempts_deletes_recordings(page):
    attempt = attempt_of(come_as_user(page.context, UserFactory()), **LONG)
    enter(page, attempt)
    record(page)
    page.goto("/attempts/delete/")
    press(page, "Delete all")
    eventually(page, lambda: entries(page), [])


def test_any_page_deletes_what_is_too_old_and_the_oldest_of_too_many(page):
    start_as_guest(page, **LONG)
    now = page.evaluate("Date.now()")
    ages = {"today": 0, "recent": 29 * DAY, "old": 31 * DAY}
    leave_recordings(
        page,
        *({"key": f"head:{name}:1:1", "at": now - age, "bytes": 8} for name, age in ages.items()),
    )
    page.goto("/")
    eventually(page, lambda: keys(page), {"today", "recent"})
    leave_recordings(page, {"key": "head:large:1:1", "at": now - DAY, "bytes": 100_000_000 - 8})
    page.goto("/attempts/")
    eventually(page, lambda: keys(page), {"today", "large"})
    assert len(entries(page)) == 4


def test_everything_is_deleted_at_once_on_the_page_of_ones_data(page):
    attempt = attempt_of(come_as_user(page.context, UserFactory()), **LONG)
    enter(page, attempt)
    record(page)
    page.goto("/accounts/data/")
    part = page.locator("[data-all-recordings]")
    expect(part).to_contain_text("1 recording of your voice")
    part.get_by_text("Delete all recordings").click()
    part.get_by_role("button", name="Delete 1 recording").click()
    expect(part).to_contain_text("no recordings")
    assert entries(page) == []


def test_deleting_one_leaves_the_others(page):
    attempt = recorded(page)
    now = page.evaluate("Date.now()")
    left = [f"head:{attempt.pk}:2:1", f"head:{OTHER}:1:1"]
    leave_recordings(page, *({"key": key, "at": now, "bytes": 8} for key in left))
    page.reload()
    press(page, "Delete")
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert {head["key"] for head in heads(page)} == set(left)


def test_only_pages_of_the_attempt_play_its_recordings(page):
    attempt = recorded(page)
    box(page).fill("Notes.")
    saved(page)
    to_result(page)
    open_answers(page, 1)
    assert plays(page) > 0.5
    again = attempt_of(come_as_guest(page.context), questions=2, **LONG)
    enter(page, again)
    expect(page.locator("[data-kept]")).to_be_hidden()
    to_result(page)
    page.goto(page.url + "?show=all")
    expect(page.locator("[data-recordings='1']")).to_have_count(1)
    page.wait_for_timeout(300)
    expect(page.locator("audio")).to_have_count(0)
    assert keys(page) == {str(attempt.pk)}
