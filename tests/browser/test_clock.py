"""The clock in the page is the server's, whatever the browser's own clock and timers do."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt
from tests.browser.clock import shown_seconds, timer
from tests.browser.steps import (
    answer,
    attempt_of,
    box,
    come_as_guest,
    eventually,
    on_question,
    pass_time,
    press,
    requests_to,
    saved,
    start_as_guest,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

# Replaces Date by one that is wrong by so many milliseconds; the page can change globalThis.shift.
SHIFTED = """
const Real = Date;
globalThis.shift = %d;
globalThis.Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + globalThis.shift); }
  static now() { return Real.now() + globalThis.shift; }
};
"""


@pytest.mark.parametrize("hours", [-2, 2])
def test_hazard_5_a_client_clock_that_is_wrong_changes_nothing(page, hours):
    page.add_init_script(SHIFTED % (hours * 3_600_000))
    attempt = start_as_guest(page, seconds_each=240)

    assert 237 <= shown_seconds(page) <= 240
    box(page).fill("on time")
    box(page).blur()
    saved(page)
    with page.expect_response("**/clock/"):  # the jump makes the page ask
        page.evaluate("globalThis.shift = -globalThis.shift")  # now wrong the other way

    assert 235 <= shown_seconds(page) <= 240
    on_question(page, 1)
    assert text_of(attempt) == "on time"


def test_hazard_6_two_hours_of_sleep_then_the_page_asks_at_once(page):
    page.clock.install()
    attempt = start_as_guest(page, questions=1, seconds_each=1800)
    box(page).fill("before the sleep")
    page.clock.run_for(2_000)
    saved(page)
    pass_time(attempt, 7200)

    page.clock.fast_forward(7_200_000)  # timers that were due meanwhile fire once, as on waking

    expect(page).to_have_url(re.compile("/review/$"))
    expect(page.locator(".written")).to_contain_text("before the sleep")


def test_hazard_6_asleep_where_the_browser_stops_counting(page):
    """On some systems performance.now() stops during sleep; only the wall clock jumps."""
    page.add_init_script(SHIFTED % 0)
    attempt = start_as_guest(page, questions=2, seconds_each=1800)
    asked = requests_to(page, "/clock/")
    pass_time(attempt, 1800 + 600)

    page.evaluate("globalThis.shift = 2_400_000")

    on_question(page, 2)
    assert asked
    expect(timer(page)).to_have_text("20 min")


@pytest.mark.parametrize("event", ["visibilitychange", "online"])
def test_hidden_or_offline_and_back_asks_the_server(page, event):
    attempt = start_as_guest(page, timing="total", seconds_each=600)
    asked = requests_to(page, "/clock/")
    Attempt.objects.filter(pk=attempt.pk).update(limit="00:04:00")  # as an extension would

    target = "document" if event == "visibilitychange" else "window"
    page.evaluate(f"{target}.dispatchEvent(new Event('{event}'))")

    expect(timer(page)).to_have_text(re.compile(r"^[34]:\d\d$"))
    assert asked


def test_the_clocks_go_forward_and_back_while_it_runs(new_context):
    """29 March 2026, 02:00 in Berlin, and 25 October, 03:00: an hour is missing, or comes twice."""
    for instant in ("2026-03-29T00:59:58Z", "2026-10-25T00:59:58Z"):
        page = new_context(timezone_id="Europe/Berlin").new_page()
        page.clock.install(time=instant)
        start_as_guest(page, seconds_each=240)
        before, hour = shown_seconds(page), page.evaluate("new Date().getHours()")

        page.clock.run_for(4_000)

        assert page.evaluate("new Date().getHours()") - hour in (0, 2)
        assert before - 7 <= shown_seconds(page) <= before - 4


def test_hazard_10_the_browser_counts_faster_than_the_server(page):
    """The page thinks that time is up; it sends the text, the server disagrees, the box reopens."""
    page.clock.install()
    attempt = start_as_guest(page, questions=2, seconds_each=20)
    box(page).fill("at the early bell")

    page.clock.fast_forward(21_000)

    eventually(page, lambda: text_of(attempt), "at the early bell")
    expect(box(page)).to_be_editable()
    on_question(page, 1)
    expect(timer(page)).to_have_text(re.compile(r"^0:(1\d|20)$"))


def test_hazard_10_the_last_letters_before_the_bell_are_saved(page):
    attempt = start_as_guest(page, seconds_each=4)

    while page.locator("#room").get_attribute("data-position") == "1":
        if not box(page).is_editable():
            break
        box(page).press_sequentially("x", delay=30)
    typed = box(page).input_value()
    on_question(page, 2)

    eventually(page, lambda: len(text_of(attempt)) >= len(typed) > 5, True)
    # What is typed on meanwhile must not become the answer to the next question.
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_text("Time ran out on question 1.")).to_be_visible()
    assert answer(attempt).closed_by == "deadline"


def test_hazard_9_with_a_broken_timer_script_the_server_still_ends_it(page):
    page.route("**/room*.js", lambda route: route.abort())
    attempt = attempt_of(come_as_guest(page.context))
    page.goto(f"/attempts/{attempt.pk}/")
    box(page).fill("by the plain form")
    pass_time(attempt, 61)

    press(page, "Submit answer")

    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    assert text_of(attempt) == "by the plain form"  # within the grace
    assert answer(attempt).closed_by == "deadline"
    page.problems.clear()
