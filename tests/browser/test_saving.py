"""What is typed reaches the server, whatever happens; the status line says how far it got."""

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
    kill_tab,
    mirrored,
    never_saved_in,
    ready,
    saved,
    says,
    sit_down,
    text_of,
    watch_states,
)

pytestmark = pytest.mark.django_db(transaction=True)


# --- when it saves ----------------------------------------------------------------------------


def test_a_save_leaves_a_second_and_a_half_after_the_last_key(page):
    attempt = sit_down(page)

    box(page).press_sequentially("abc", delay=50)
    ended = time.monotonic()
    says(page, "Not saved yet")
    eventually(page, lambda: text_of(attempt), "abc", within=4)

    assert time.monotonic() - ended > 1.2
    says(page, re.compile(r"^Saved \d\d:\d\d:\d\d$"))


def test_three_minutes_of_typing_without_a_pause_are_saved_all_along(page):
    """By the page's own timers, which are made to run a second with every key."""
    page.clock.install()
    attempt = sit_down(page, seconds_each=3600)
    behind = []

    for second in range(180):
        box(page).press("x")
        page.clock.run_for(1_000)
        # The page's second takes no time here, so a save on its way must not count as waiting.
        expect(page.locator("#save-status")).not_to_have_attribute("data-state", "saving")
        behind.append(second + 1 - len(text_of(attempt)))

    assert max(behind) <= 12  # ten seconds, and the way there
    assert sum(late > 10 for late in behind) < 36
    kill_tab(page)
    assert len(text_of(attempt)) >= 168


@pytest.mark.slow
def test_typing_on_and_on_then_the_tab_is_killed(page, context):
    """Real time: the server has all but the last ten seconds, the mirror has the rest."""
    attempt = sit_down(page, seconds_each=3600)
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
    again.get_by_role("button", name="Put it into the box").click()
    expect(box(again)).to_have_value(typed)
    eventually(again, lambda: text_of(attempt), typed)
    saved(again)
    again.reload()
    expect(box(again)).to_have_value(typed)
    expect(again.locator(".mirrored")).to_have_count(0)


def test_leaving_the_box_saves_at_once(page):
    attempt = sit_down(page)

    box(page).fill("by blur")
    box(page).blur()

    eventually(page, lambda: text_of(attempt), "by blur", within=1)


def test_hiding_the_page_saves_at_once(page):
    attempt = sit_down(page)

    box(page).fill("hidden")
    hide(page, "hidden")
    eventually(page, lambda: text_of(attempt), "hidden", within=1)

    hide(page, "visible")
    box(page).press_sequentially("!")
    eventually(page, lambda: text_of(attempt), "hidden!", within=4)


def hide(page, state):
    page.evaluate(
        """state => {
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""",
        state,
    )


def test_hiding_the_page_saves_even_behind_a_save_that_is_on_its_way(page):
    """A hidden page may be ended without another word, so the newer text does not wait."""
    attempt = sit_down(page)
    hold(page, SAVE, times=1)

    box(page).fill("first")
    box(page).blur()
    says(page, "Saving…")
    box(page).fill("first and second")
    hide(page, "hidden")

    eventually(page, lambda: text_of(attempt), "first and second", within=3)


def test_leaving_the_page_saves_even_behind_a_save_that_is_on_its_way(page):
    attempt = sit_down(page)
    page.route(SAVE, lambda route: None, times=1)  # never answered

    box(page).fill("first")
    box(page).blur()
    says(page, "Saving…")
    box(page).fill("first and second")
    page.goto("/")

    eventually(page, lambda: text_of(attempt), "first and second", within=3)


def test_hazard_16_reload_in_mid_typing_keeps_every_letter(page):
    attempt = sit_down(page)

    for text in ("One", "One, two", "One, two, three"):
        box(page).fill(text)
        page.reload()
        eventually(page, lambda: text_of(attempt), text, within=2)
        page.reload()
        ready(page)
        expect(box(page)).to_have_value(text)
    says(page, re.compile("Saved"))


# --- what it says -----------------------------------------------------------------------------


def test_it_does_not_say_saved_before_the_server_did(page):
    attempt = sit_down(page)
    held = hold(page, SAVE, times=1)
    watch_states(page)

    box(page).fill("waiting")
    box(page).blur()
    says(page, "Saving…")
    eventually(page, lambda: page.evaluate("states.at(-1)"), "saving")
    assert never_saved_in(page.evaluate("states"))
    held[0].continue_()

    saved(page)
    assert text_of(attempt) == "waiting"


def test_an_answer_to_an_older_text_does_not_make_the_newer_one_saved(page):
    sit_down(page)
    held = hold(page, SAVE, times=1)

    box(page).fill("older")
    box(page).blur()
    says(page, "Saving…")
    box(page).fill("older and newer")
    watch_states(page)
    held[0].continue_()

    says(page, "Not saved yet")
    assert never_saved_in(page.evaluate("states"))
    saved(page)


def test_text_typed_and_taken_back_is_not_called_unsaved_for_ever(page):
    sit_down(page)

    box(page).press_sequentially("a")
    box(page).press("Backspace")

    says(page, "Nothing new to save")


@pytest.mark.parametrize("failure", [500, 503, "abort"])
def test_a_save_that_fails_is_tried_again_by_itself(page, failure):
    attempt = sit_down(page)
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
    watch_states(page)
    box(page).fill("once more")
    box(page).blur()
    says(page, "Not saved yet: retrying (kept in this browser)")
    assert never_saved_in(page.evaluate("states"))

    saved(page)
    assert text_of(attempt) == "once more"
    expect_failures(page)


def test_without_the_mirror_the_words_do_not_claim_it(page):
    attempt = sit_down(page)
    page.get_by_role("button", name="Options").click()
    page.get_by_label("Keep unsaved text in this browser").uncheck()
    page.get_by_role("button", name="Done").click()
    page.route(SAVE, lambda route: route.abort())

    box(page).fill("nowhere else")
    box(page).blur()

    says(page, "Not saved yet: retrying")
    assert mirrored(page) == []
    page.unroute(SAVE)
    saved(page)
    assert text_of(attempt) == "nowhere else"
    expect_failures(page)


def test_hazard_23_a_text_that_is_too_long_is_refused_in_words_and_stays(page):
    attempt = sit_down(page)
    box(page).fill("short enough")
    box(page).blur()
    saved(page)
    requests = []
    page.on("request", lambda request: request.url.endswith("/save/") and requests.append(request))

    box(page).fill("x" * 20_001)
    box(page).blur()
    expect(page.locator("#answer-error")).to_contain_text("at most 20,000 characters")
    says(page, "Not saved")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    page.wait_for_timeout(3_000)
    assert len(requests) == 1  # refused once, not over and over
    assert text_of(attempt) == "short enough"

    box(page).fill("short again")
    saved(page)
    expect(page.locator("#answer-error")).to_be_hidden()
    expect_failures(page)
