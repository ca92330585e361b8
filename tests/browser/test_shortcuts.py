"""Keyboard shortcuts: what a person types is text, and nothing is lost by a chord alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    SAVE,
    answer,
    box,
    buttons_act,
    eventually,
    in_state,
    on_question,
    requests_to,
    saved,
    start_as_guest,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

CHORD = """([key, code, more]) => document.activeElement.dispatchEvent(new KeyboardEvent(
    "keydown", { key, code, bubbles: true, cancelable: true, ...more }))"""
ALT_SHIFT = {"altKey": True, "shiftKey": True}
LEAVES = ("/submit/", "/skip/", "/flag/", "/finish/")


def chord(page, key, code, **more) -> bool:
    """Press a key in what has the focus; returns whether the browser still does what it would."""
    return page.evaluate(CHORD, [key, code, more])


def stays(page, attempt, asked):
    """Wait until a request would have left; nothing must have."""
    page.wait_for_timeout(300)
    on_question(page, 1)
    assert [r.url for r in asked if r.url.endswith(LEAVES)] == []
    assert answer(attempt).closed_at is None
    assert not answer(attempt).flagged


def all_requests(page) -> list:
    return requests_to(page, "/")


@pytest.mark.parametrize(
    "keys",
    [
        # Polish, macOS and Windows; US, macOS; Windows; Dvorak
        [("Ś", "KeyS"), ("Í", "KeyS"), ("S", "KeyS"), ("s", "KeyO")],
        [("F", "KeyF"), ("Ï", "KeyF"), ("f", "KeyU")],
        [("T", "KeyT"), ("ˇ", "KeyT"), ("Dead", "KeyS")],
    ],
)
@pytest.mark.parametrize("timing", ["per_question", "total"])
def test_no_alt_chord_is_a_shortcut_while_somebody_types(page, timing, keys):
    attempt = start_as_guest(page, timing=timing)
    asked = all_requests(page)
    box(page).press_sequentially("typed")
    for key, code in keys:
        assert chord(page, key, code, **ALT_SHIFT)
    expect(page.locator("#announcements")).to_be_empty()
    stays(page, attempt, asked)


@pytest.mark.parametrize("more", [{"isComposing": True}, {"keyCode": 229}])
@pytest.mark.parametrize("key", ["Enter", "s"])
def test_what_an_input_method_composes_is_no_shortcut(page, key, more):
    attempt = start_as_guest(page, timing="total")
    asked = all_requests(page)
    box(page).press_sequentially("typed")
    assert chord(page, key, "Enter", ctrlKey=True, **more)
    stays(page, attempt, asked)


@pytest.mark.parametrize(
    "more",
    [
        {"ctrlKey": True, "altKey": True},  # AltGr on Windows
        {"ctrlKey": True, "modifierAltGraph": True},
        {"ctrlKey": True, "repeat": True},
        {"ctrlKey": True, "shiftKey": True},
        {"altKey": True},
        {},
    ],
)
def test_enter_with_other_keys_submits_nothing(page, more):
    attempt = start_as_guest(page, timing="total")
    asked = all_requests(page)
    box(page).press_sequentially("typed")
    chord(page, "Enter", "Enter", **more)
    stays(page, attempt, asked)


@pytest.mark.parametrize("keys", ["Control+Enter", "Meta+Enter"])
def test_where_one_can_return_the_chord_submits_at_once(page, keys):
    attempt = start_as_guest(page, timing="total")
    box(page).press_sequentially("typed")
    buttons_act(page)
    page.keyboard.press(keys)
    on_question(page, 2)
    assert text_of(attempt) == "typed"


def test_where_one_cannot_return_the_chord_asks(page):
    attempt = start_as_guest(page)
    box(page).press_sequentially("typed")
    buttons_act(page)
    dialog = page.get_by_role("dialog")

    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("button", name="Submit answer")).to_be_focused()
    for _ in range(3):
        page.wait_for_timeout(400)
        page.keyboard.press("Control+Enter")
    on_question(page, 1)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(box(page)).to_be_focused()
    assert answer(attempt).closed_at is None

    page.keyboard.press("Control+Enter")
    dialog.get_by_role("button", name="Submit answer").click()
    on_question(page, 2)
    assert text_of(attempt) == "typed"


def test_the_question_that_was_asked_about_is_the_one_that_is_left(page):
    attempt = start_as_guest(page, questions=3, seconds_each=5)
    box(page).press_sequentially("typed")
    buttons_act(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    on_question(page, 2)  # time ran out meanwhile
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert answer(attempt, 2).closed_at is None


@pytest.mark.parametrize("letter", ["S", "F", "T"])
def test_outside_of_the_box_they_work_by_the_letter(page, letter):
    attempt = start_as_guest(page, timing="total")
    box(page).evaluate("box => box.blur()")
    buttons_act(page)
    chord(page, letter, "KeyQ", **ALT_SHIFT)
    if letter == "S":
        on_question(page, 2)
    elif letter == "F":
        eventually(page, lambda: answer(attempt).flagged, True)
    else:
        expect(page.locator("#announcements")).to_contain_text("left")


def test_skipping_by_a_chord_asks_where_one_cannot_return(page):
    attempt = start_as_guest(page)
    box(page).evaluate("box => box.blur()")
    buttons_act(page)
    page.keyboard.press("Alt+Shift+S")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert answer(attempt).closed_at is None
    dialog.get_by_role("button", name="Skip").click()
    on_question(page, 2)
    assert answer(attempt).closed_by == "skipped"


@pytest.mark.parametrize("keys", ["Control+s", "Meta+s", "Control+S"])
def test_ctrl_s_saves_at_once(page, keys):
    attempt = start_as_guest(page)
    box(page).press_sequentially("typed")
    with page.expect_response(SAVE):
        page.keyboard.press(keys)
    saved(page)
    assert text_of(attempt) == "typed"
    expect(box(page)).to_be_focused()
    expect(page.locator("#announcements")).to_contain_text(re.compile("^Saved"))


def test_ctrl_s_with_nothing_new_says_so_and_opens_no_dialog_of_the_browser(page):
    start_as_guest(page)
    assert not chord(page, "s", "KeyS", ctrlKey=True)
    expect(page.locator("#announcements")).not_to_be_empty()
    in_state(page, "new")


@pytest.mark.parametrize("keys", ["Control+Enter", "Control+s"])
def test_switched_off_no_shortcut_is_left(page, keys):
    attempt = start_as_guest(page, timing="total")
    page.evaluate("localStorage.setItem('option:shortcuts', 'off')")
    asked = all_requests(page)
    buttons_act(page)
    page.keyboard.press(keys)
    stays(page, attempt, asked)
