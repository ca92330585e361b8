"""A press counts only for what its person had seen: no second one reaches what came next."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt
from tests.browser.steps import (
    answer,
    box,
    buttons_act,
    eventually,
    on_question,
    press,
    start_as_guest,
    text_of,
)
from tests.factories import interview_of

pytestmark = pytest.mark.django_db(transaction=True)

PAUSES = pytest.mark.parametrize("pause", [300, 800])


def middle(page, name: str) -> tuple[float, float]:
    found = page.get_by_role("button", name=name, exact=name != "Submit answer").bounding_box()
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


def twice_with_the_mouse(page, name, pause):
    where = middle(page, name)
    page.mouse.click(*where)
    page.wait_for_timeout(pause)
    page.mouse.click(*where)


def twice_by_touch(page, name, pause):
    where = middle(page, name)
    page.touchscreen.tap(*where)
    page.wait_for_timeout(pause)
    page.touchscreen.tap(*where)


def twice_by_keys(key):
    def act(page, name, pause):
        for _ in range(2):
            page.get_by_role("button", name=re.compile(f"^{name}")).focus()
            page.keyboard.press(key)
            page.wait_for_timeout(pause)

    return act


WAYS = {
    "mouse": twice_with_the_mouse,
    "touch": twice_by_touch,
    "Enter": twice_by_keys("Enter"),
    "Space": twice_by_keys("Space"),
}


@pytest.fixture
def touch_page(new_context):
    return new_context(has_touch=True).new_page()


BUTTONS = [("per_question", "Submit answer"), ("per_question", "Skip"), ("total", "Skip")]


@pytest.mark.parametrize(
    ("timing", "name", "way", "pause"),
    [
        *((*button, "mouse", pause) for button in BUTTONS for pause in (300, 500, 800)),
        *(("per_question", "Submit answer", way, 500) for way in ("touch", "Enter", "Space")),
    ],
)
def test_the_second_press_leaves_no_second_question(touch_page, timing, name, way, pause):
    page = touch_page
    attempt = start_as_guest(page, questions=4, timing=timing)
    box(page).fill("mine")
    buttons_act(page)
    WAYS[way](page, name, pause)
    page.wait_for_timeout(400)
    on_question(page, 2)
    assert answer(attempt, 3).opened_at is None
    assert text_of(attempt) == "mine"
    press(page, "Skip")  # later it counts
    on_question(page, 3)


@PAUSES
def test_the_shortcut_twice_hands_in_one_question(page, pause):
    attempt = start_as_guest(page, questions=4, timing="total")
    box(page).press_sequentially("mine")
    buttons_act(page)
    for _ in range(2):
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(pause)
    on_question(page, 2)
    assert answer(attempt, 3).opened_at is None


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_held_key_repeats_nothing(page, key):
    attempt = start_as_guest(page, questions=4, timing="total")
    buttons_act(page)
    page.get_by_role("button", name="Submit answer").focus()
    for _ in range(40):  # as while a key is held: it is down again and again, and never up
        page.keyboard.down(key)
        page.wait_for_timeout(50)
    page.keyboard.up(key)
    on_question(page, 2)
    expect(box(page)).to_have_value("")
    assert answer(attempt, 3).opened_at is None


@PAUSES
def test_the_second_press_on_start_does_nothing_in_the_room(page, pause):
    page.goto(interview_of(4).get_absolute_url())
    start = page.get_by_role("button", name="Start interview").bounding_box()
    # Whatever the room has at that place.
    page.add_init_script(
        f"""document.addEventListener("DOMContentLoaded", () => {{
            const skip = document.getElementById("skip");
            skip?.style.setProperty("position", "fixed");
            skip?.style.setProperty("inset", "{start["y"]}px auto auto {start["x"]}px");
        }})"""
    )
    where = start["x"] + 20, start["y"] + 20
    page.mouse.click(*where)
    page.wait_for_timeout(pause)
    page.mouse.click(*where)
    page.wait_for_timeout(400)
    on_question(page, 1)
    assert answer(Attempt.objects.get()).closed_at is None


@PAUSES
def test_the_second_press_on_finish_does_not_end_the_interview(page, pause):
    attempt = start_as_guest(page, timing="total")
    buttons_act(page)
    for _ in range(2):
        page.get_by_role("button", name="Finish interview").focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(pause)
    page.wait_for_timeout(400)
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    attempt.refresh_from_db()
    assert attempt.is_running


@PAUSES
def test_the_second_press_on_flag_takes_nothing_back(page, pause):
    attempt = start_as_guest(page, timing="total")
    buttons_act(page)
    twice_with_the_mouse(page, "Flag", pause)
    page.wait_for_timeout(400)
    assert answer(attempt).flagged
    press(page, "Flag")
    eventually(page, lambda: answer(attempt).flagged, False)


@PAUSES
def test_without_scripts_the_second_press_meets_no_button_yet(new_context, pause):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(interview_of(4).get_absolute_url())
    press(page, "Start interview")
    page.wait_for_timeout(1_100)  # a style holds them
    attempt = Attempt.objects.get()
    twice_with_the_mouse(page, "Skip", pause)
    page.wait_for_timeout(400)
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    assert answer(attempt, 2).closed_at is None
    page.wait_for_timeout(600)
    press(page, "Skip")
    expect(page.get_by_text("Question 3 of 4")).to_be_visible()


def test_what_is_typed_right_after_a_swap_is_kept(page):
    """Only buttons wait: the box takes text at once."""
    attempt = start_as_guest(page, questions=3)
    box(page).fill("one")
    press(page, "Submit answer")
    on_question(page, 2)
    page.keyboard.type("typed at once")
    press(page, "Submit answer")
    on_question(page, 3)
    assert text_of(attempt, 2) == "typed at once"


def test_no_moment_is_left_in_which_a_new_button_acts(page):
    start_as_guest(page, questions=3)
    buttons_act(page)
    page.evaluate("""() => document.addEventListener("htmx:afterSwap", () => setTimeout(() => {
        window.found = document.getElementById("submit-answer").ariaDisabled;
    }))""")
    box(page).fill("one")
    press(page, "Submit answer")
    on_question(page, 2)
    assert page.evaluate("found") == "true"


def test_buttons_that_wait_are_said_to_and_keep_the_focus(page):
    page.clock.install()
    start_as_guest(page, questions=3)
    submit = page.get_by_role("button", name="Submit answer")
    buttons_act(page)
    box(page).fill("one")
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    submit.click()

    def seen() -> tuple[str | None, str | None]:
        page.clock.run_for(10)  # htmx swaps after a moment
        position = page.locator("#room").get_attribute("data-position")
        return position, submit.get_attribute("aria-disabled")

    eventually(page, seen, ("2", "true"))
    submit.focus()
    page.keyboard.press("Enter")
    expect(submit).to_be_focused()
    page.clock.run_for(1_000)
    expect(submit).to_be_focused()
    expect(submit).not_to_have_attribute("aria-disabled", "true")
    on_question(page, 2)
