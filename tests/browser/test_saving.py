"""What is typed reaches the server, whatever happens; the status line says how far it is."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    SAVE,
    box,
    enter,
    eventually,
    expect_failures,
    hold,
    in_state,
    kill_tab,
    offered_texts,
    press,
    ready,
    requests_to,
    retrying,
    saved,
    start_as_guest,
    states_from_now_on,
    status,
    stop_timers,
    text_of,
    unsaved_texts,
)

pytestmark = pytest.mark.django_db(transaction=True)


# --- when it saves ----------------------------------------------------------------------------


def test_a_save_leaves_a_second_and_a_half_after_the_last_key(page):
    page.clock.install()
    attempt = start_as_guest(page)
    stop_timers(page)
    requests = requests_to(page, "/save/")

    box(page).press_sequentially("abc")
    page.clock.run_for(1_400)
    in_state(page, "unsaved")
    assert requests == []
    page.clock.run_for(200)

    saved(page)
    assert text_of(attempt) == "abc"
    expect(status(page)).to_contain_text(re.compile(r"\d\d:\d\d:\d\d"))


def test_three_minutes_of_typing_without_a_pause_are_saved_all_along(page):
    """By the page's own timers: every key lets them run for a second."""
    page.clock.install()
    attempt = start_as_guest(page, seconds_each=3600)
    behind = []

    for second in range(180):
        box(page).press("x")
        page.clock.run_for(1_000)
        # The page's second takes no time here, so a save on its way must end within it.
        expect(page.locator("#save-status")).not_to_have_attribute("data-state", "saving")
        behind.append(second + 1 - len(text_of(attempt)))

    assert max(behind) <= 12  # ten seconds, and the way there
    assert sum(late > 10 for late in behind) < 36
    kill_tab(page)
    assert len(text_of(attempt)) >= 168


@pytest.mark.slow
def test_typing_on_and_on_then_the_tab_is_killed(page, context):
    """In real time: the server has all but the last ten seconds, the browser has the rest."""
    attempt = start_as_guest(page, seconds_each=3600)
    typed, began = "", time.monotonic()

    while time.monotonic() - began < 25:
        typed += "word "
        box(page).press_sequentially("word ", delay=40)
    kill_tab(page)

    on_server = text_of(attempt)
    assert typed.startswith(on_server)
    assert len(typed) - len(on_server) < len(typed) * 11 / 25
    assert len(on_server) < len(typed)
    again = context.new_page()
    enter(again, attempt)
    offered_texts(again).locator("[data-unsaved=restore]").click()
    expect(box(again)).to_have_value(typed)
    eventually(again, lambda: text_of(attempt), typed)
    saved(again)
    again.reload()
    expect(box(again)).to_have_value(typed)
    expect(offered_texts(again)).to_have_count(0)


def test_leaving_the_box_saves_at_once(page):
    page.clock.install()
    attempt = start_as_guest(page)
    stop_timers(page)

    box(page).fill("by blur")
    box(page).blur()

    eventually(page, lambda: text_of(attempt), "by blur")


def test_hiding_the_page_saves_at_once(page):
    page.clock.install()
    attempt = start_as_guest(page)
    stop_timers(page)

    box(page).fill("hidden")
    hide(page, "hidden")
    eventually(page, lambda: text_of(attempt), "hidden")

    hide(page, "visible")
    box(page).press_sequentially("!")
    page.clock.run_for(1_500)
    eventually(page, lambda: text_of(attempt), "hidden!")


def hide(page, state):
    page.evaluate(
        """state => {
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""",
        state,
    )


def test_hiding_the_page_saves_even_behind_a_save_that_is_on_its_way(page):
    """A hidden page may never run again, so the newer text does not wait."""
    attempt = start_as_guest(page)
    hold(page, SAVE, times=1)

    box(page).fill("first")
    box(page).blur()
    in_state(page, "saving")
    box(page).fill("first and second")
    hide(page, "hidden")

    eventually(page, lambda: text_of(attempt), "first and second")


def test_leaving_the_page_saves_even_behind_a_save_that_is_on_its_way(page):
    attempt = start_as_guest(page)
    page.route(SAVE, lambda route: None, times=1)  # never answered

    box(page).fill("first")
    box(page).blur()
    in_state(page, "saving")
    box(page).fill("first and second")
    page.goto("/")

    eventually(page, lambda: text_of(attempt), "first and second")


def test_hazard_16_reload_in_mid_typing_keeps_every_letter(page):
    attempt = start_as_guest(page)

    for text in ("One", "One, two", "One, two, three"):
        box(page).fill(text)
        page.reload()
        eventually(page, lambda: text_of(attempt), text)
        page.reload()
        ready(page)
        expect(box(page)).to_have_value(text)
    saved(page)


# --- what it says -----------------------------------------------------------------------------


def test_it_does_not_say_saved_before_the_server_did(page):
    attempt = start_as_guest(page)
    held = hold(page, SAVE, times=1)
    states = states_from_now_on(page)

    box(page).fill("waiting")
    box(page).blur()
    eventually(page, lambda: states()[-1:], ["saving"])
    assert "saved" not in states()
    held[0].continue_()

    saved(page)
    assert text_of(attempt) == "waiting"


def test_an_answer_to_an_older_text_does_not_make_the_newer_one_saved(page):
    start_as_guest(page)
    held = hold(page, SAVE, times=1)

    box(page).fill("older")
    box(page).blur()
    in_state(page, "saving")
    box(page).fill("older and newer")
    states = states_from_now_on(page)
    held[0].continue_()

    saved(page)
    assert states().index("unsaved") < states().index("saved")


def test_text_typed_and_taken_back_is_not_called_unsaved_for_ever(page):
    start_as_guest(page)

    box(page).press_sequentially("a")
    box(page).press("Backspace")

    in_state(page, "new")


@pytest.mark.parametrize("failure", [500, 503, "abort"])
def test_a_save_that_fails_is_tried_again_by_itself(page, failure):
    attempt = start_as_guest(page)
    tries = []

    def fail_twice(route):
        tries.append(route)
        if len(tries) > 2:
            route.continue_()
        elif failure == "abort":
            route.abort()
        else:
            route.fulfill(status=failure)

    page.route(SAVE, fail_twice)
    states = states_from_now_on(page)
    box(page).fill("once more")
    box(page).blur()
    retrying(page)
    expect(status(page)).to_contain_text("kept in this browser")
    assert "saved" not in states()

    saved(page)
    assert text_of(attempt) == "once more"
    expect_failures(page)


def test_where_the_browser_keeps_nothing_the_page_does_not_claim_it(page):
    attempt = start_as_guest(page)
    press(page, "Options")
    page.locator("[data-option=mirror]").uncheck()
    page.keyboard.press("Escape")
    page.route(SAVE, lambda route: route.abort())

    box(page).fill("nowhere else")
    box(page).blur()

    retrying(page)
    expect(status(page)).not_to_contain_text("kept in this browser")
    assert unsaved_texts(page) == []
    page.unroute(SAVE)
    saved(page)
    assert text_of(attempt) == "nowhere else"
    expect_failures(page)


def test_hazard_23_a_text_that_is_too_long_is_refused_in_words_and_stays(page):
    page.clock.install()
    attempt = start_as_guest(page)
    box(page).fill("short enough")
    box(page).blur()
    saved(page)
    requests = requests_to(page, "/save/")

    box(page).fill("x" * 20_001)
    box(page).blur()
    expect(page.locator("#answer-error")).to_contain_text("20,000")
    in_state(page, "too-long")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    page.clock.run_for(20_000)
    assert len(requests) == 1  # refused once, not over and over
    assert text_of(attempt) == "short enough"

    box(page).fill("short again")
    saved(page)
    expect(page.locator("#answer-error")).to_be_hidden()
    expect_failures(page)
