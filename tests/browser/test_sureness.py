"""Saying how sure one is: no key more on the way to Submit, and the text is left alone."""

import pytest
from playwright.sync_api import expect

from attempts.models import Sureness
from questions.models import Timing
from tests.browser.steps import (
    answer,
    box,
    buttons_act,
    eventually,
    on_question,
    press,
    requests_to,
    saved,
    start_as_guest,
)

pytestmark = pytest.mark.django_db(transaction=True)
both = pytest.mark.parametrize("timing", [Timing.PER_QUESTION, Timing.TOTAL])


def is_pressed(page, name: str) -> None:
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")


@both
def test_it_is_stored_at_once_and_what_is_being_typed_stays(page, timing):
    attempt = start_as_guest(page, timing=timing)
    box(page).press_sequentially("An idea")
    page.get_by_role("button", name="Sure", exact=True).click()
    is_pressed(page, "Sure")
    assert answer(attempt).sureness == Sureness.SURE
    box(page).press("End")
    page.keyboard.type(" and more")
    saved(page)
    assert answer(attempt).text == "An idea and more"
    press(page, "Not sure")  # another one takes its place
    is_pressed(page, "Not sure")
    expect(page.locator(".sureness [aria-pressed=true]")).to_have_count(1)
    press(page, "Not sure")  # once more takes it back
    expect(page.locator(".sureness [aria-pressed=true]")).to_have_count(0)
    eventually(page, lambda: answer(attempt).sureness, None)


@both
def test_the_focus_stays_and_one_can_change_ones_mind_at_once(page, timing):
    attempt = start_as_guest(page, timing=timing)
    box(page).fill("An idea")
    buttons_act(page)
    page.get_by_role("button", name="Not sure").focus()
    page.keyboard.press("Enter")
    is_pressed(page, "Not sure")
    expect(page.get_by_role("button", name="Not sure")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    is_pressed(page, "Fairly sure")
    on_question(page, 1)
    eventually(page, lambda: answer(attempt).sureness, Sureness.FAIRLY_SURE)


def test_the_way_from_the_box_to_submit_is_as_short_as_before(page):
    start_as_guest(page)
    box(page).focus()
    buttons_act(page)
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim().split('  ')[0]"))
    assert [name.split(" Ctrl")[0] for name in names] == [
        "Flag",
        "Skip",
        "Finish interview",
        "Submit answer",
    ]


@both
def test_said_and_submitted_in_one_go_both_count(page, timing):
    attempt = start_as_guest(page, timing=timing)
    box(page).fill("An idea")
    buttons_act(page)
    page.get_by_role("button", name="Sure", exact=True).click()
    press(page, "Submit answer")
    on_question(page, 2)
    first = answer(attempt)
    assert (first.text, first.sureness) == ("An idea", Sureness.SURE)
    expect(page.locator(".sureness [aria-pressed=true]")).to_have_count(0)


def test_before_the_end_each_answer_can_have_it(page):
    attempt = start_as_guest(page, timing=Timing.TOTAL)
    box(page).fill("An idea")
    saved(page)
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    asked = requests_to(page, "/sureness/1/")
    press(page, "Fairly sure")
    is_pressed(page, "Fairly sure")
    assert len(asked) == 1
    assert answer(attempt).sureness == Sureness.FAIRLY_SURE
