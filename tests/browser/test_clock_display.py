"""How the clock is shown and announced, and the buttons and keys around it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.clock import reload_later, timer
from tests.browser.steps import (
    attempt_of,
    box,
    buttons_act,
    come_as_guest,
    eventually,
    hold,
    on_question,
    press,
    requests_to,
    start_as_guest,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_buttons_that_need_the_scripts_come_with_them(page):
    attempt = attempt_of(come_as_guest(page.context))
    held = hold(page, "**/room*.js")
    page.goto(f"/attempts/{attempt.pk}/", wait_until="commit")
    eventually(page, lambda: len(held), 1)
    expect(box(page)).to_be_visible()
    expect(page.get_by_role("button", name="Options")).to_be_hidden()
    expect(page.get_by_role("button", name="Hide timer")).to_be_hidden()
    held[0].continue_()
    press(page, "Options")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_minutes_until_the_last_five_then_minutes_and_seconds(page):
    attempt = start_as_guest(page, seconds_each=600)
    expect(timer(page)).to_have_text("10 min")

    reload_later(page, attempt, 298)

    expect(timer(page)).to_have_text("5:00", timeout=4_000)
    expect(timer(page)).to_have_text("4:59")


def test_more_time_is_offered_early_and_time_is_called_short_only_at_the_end(page):
    attempt = start_as_guest(page, seconds_each=180)
    reload_later(page, attempt, 70)
    offer, short = (
        page.get_by_role("button", name="5 more minutes"),
        page.locator("#more-time .meta"),
    )
    expect(offer).to_be_visible()
    expect(short).to_be_hidden()
    reload_later(page, attempt, 55)
    expect(offer).to_be_visible()
    expect(short).to_be_visible()


def test_the_timer_can_be_hidden_and_is_back_for_the_last_minute(page):
    attempt = start_as_guest(page, seconds_each=300)
    press(page, "Hide timer")
    expect(page.locator(".timer")).to_be_hidden()

    page.reload()
    expect(page.get_by_role("button", name="Show timer")).to_be_visible()
    expect(page.locator(".timer")).to_be_hidden()
    reload_later(page, attempt, 238)
    expect(timer(page)).to_be_visible(timeout=4_000)

    press(page, "Show timer")
    page.reload()
    expect(timer(page)).to_be_visible()


def test_at_most_six_announcements_and_a_silent_timer(page):
    page.clock.install()
    start_as_guest(page, timing="total", seconds_each=900)  # half an hour in all
    page.evaluate("""() => {
        const region = document.getElementById("announcements");
        window.heard = [];
        new MutationObserver(() => region.textContent && window.heard.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
    }""")
    assert timer(page).get_attribute("aria-live") in (None, "off")
    assert page.locator("#announcements").get_attribute("role") == "status"

    # What the page reads from the server would set it back: it runs by itself for half an hour.
    page.route("**/clock/", lambda route: route.abort())
    for _ in range(180):
        page.clock.run_for(10_000)

    assert page.evaluate("heard") == [
        "Half of the time is over. 15 minutes left",
        "10 minutes left",
        "5 minutes left",
        "1 minute left",
        "30 seconds left",
    ]
    page.problems.clear()


def test_over_many_questions_it_speaks_no_more_than_six_times(page):
    attempt = start_as_guest(page, questions=4, seconds_each=64)
    page.evaluate("pk => sessionStorage.setItem(`said:${pk}`, 6)", str(attempt.pk))
    page.clock.install()
    page.reload()

    page.clock.run_for(6_000)

    expect(page.locator("#announcements")).to_be_empty()
    box(page).evaluate("box => box.blur()")
    page.keyboard.press("Alt+Shift+T")
    page.clock.run_for(100)
    expect(page.locator("#announcements")).to_have_text(re.compile("^5[0-9] seconds left$"))


def test_shortcuts_work_and_can_be_switched_off(page):
    attempt = start_as_guest(page, questions=3, timing="total")
    box(page).fill("by keys")
    buttons_act(page)
    page.keyboard.press("Control+Enter")
    on_question(page, 2)

    press(page, "Options")
    page.get_by_label("Use these shortcuts").uncheck()
    press(page, "Done")
    box(page).evaluate("box => box.blur()")
    submitted, skipped = requests_to(page, "/submit/"), requests_to(page, "/skip/")
    buttons_act(page)
    page.keyboard.press("Alt+Shift+S")
    page.keyboard.press("Control+Enter")
    page.reload()
    on_question(page, 2)
    buttons_act(page)
    page.keyboard.press("Control+Enter")

    on_question(page, 2)
    assert submitted == skipped == []
    assert text_of(attempt) == "by keys"
