"""A browser is forgotten in one tab while pages of its attempts are open in another."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched
from tests.browser.steps import (
    attempt_of,
    box,
    come_as_guest,
    eventually,
    expect_failures,
    open_answers,
    press,
    saved,
    start_as_guest,
    unsaved_texts,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}
WORDS = "words that are nowhere else"


def forget_in_another_tab(page):
    """Returns the tab, which is at the home page then."""
    other = page.context.new_page()
    other.goto("/attempts/forget/")
    press(other, "Delete and forget")
    expect(other).to_have_url(re.compile("/$"))
    return other


def is_told(page):
    expect(page.get_by_role("alert").filter(has_text="Forget this browser")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def look_again(page):
    """The page asks for the clock when it is shown again."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def click(page, name):
    """At once: a save may be on its way already, after which no button acts."""
    page.get_by_role("button", name=name).first.click(force=True)


DOINGS = {
    "the clock ticks": look_again,
    "a save": lambda page: box(page).blur(),
    "submit": lambda page: click(page, "Submit answer"),
    "skip": lambda page: click(page, "Skip"),
    "flag": lambda page: click(page, "Flag"),
    "finish": lambda page: click(page, "Finish interview"),
}


@pytest.mark.parametrize("name", DOINGS)
def test_a_room_that_is_open_says_so_and_leaves_the_text_to_be_copied(page, name):
    page.on("dialog", lambda dialog: dialog.accept())
    start_as_guest(page, **LONG)
    box(page).fill("saved")
    saved(page)
    forget_in_another_tab(page)
    box(page).fill(WORDS)
    DOINGS[name](page)
    is_told(page)
    expect(box(page)).to_have_value(WORDS)
    expect(box(page)).not_to_be_editable()
    expect(page.locator("#clock")).to_be_hidden()
    expect(page.locator("#save-status")).to_contain_text("Not saved")
    expect(page.get_by_role("link", name="All interviews")).to_be_visible()
    page.locator("#submit-answer").click(force=True)
    page.keyboard.type("more")
    expect(box(page)).to_have_value(WORDS)
    expect(box(page)).not_to_be_editable()
    eventually(page, lambda: unsaved_texts(page), [])
    page.goto("/")
    eventually(page, lambda: unsaved_texts(page), [])
    expect_failures(page)


def test_two_replies_at_once_show_one_way_out(page):
    start_as_guest(page, **LONG)
    forget_in_another_tab(page)
    page.evaluate("""for (let reply = 0; reply < 2; reply += 1)
        document.dispatchEvent(new Event("attempt-removed"))""")
    is_told(page)
    expect(page.get_by_role("link", name="All interviews")).to_have_count(1)
    expect_failures(page)


def test_words_that_are_only_in_the_box_are_not_left_unasked(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    start_as_guest(page, **LONG)
    box(page).press_sequentially(WORDS)
    forget_in_another_tab(page)
    box(page).blur()
    is_told(page)
    page.goto("/")
    assert asked == ["beforeunload"]
    expect_failures(page)


def test_the_page_before_the_end_says_so_too(page):
    attempt = start_as_guest(page, **LONG)
    page.goto(f"/attempts/{attempt.pk}/finish/")
    forget_in_another_tab(page)
    look_again(page)
    is_told(page)
    expect_failures(page)


def test_a_result_that_is_open_says_so(page):
    attempt = start_as_guest(page, **LONG)
    box(page).fill("An answer.")
    saved(page)
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page).to_have_url(re.compile("/review/"))
    open_answers(page, 1)
    forget_in_another_tab(page)
    page.get_by_role("checkbox").first.check()
    is_told(page)
    expect(page.get_by_text("An answer.").first).to_be_visible()
    assert str(attempt.pk) in page.url
    expect_failures(page)


def test_without_scripts_the_text_comes_back_in_a_page(new_context):
    page = watched(new_context(java_script_enabled=False).new_page())
    attempt = attempt_of(come_as_guest(page.context), **LONG)
    page.goto(f"/attempts/{attempt.pk}/")
    forget_in_another_tab(page)
    box(page).fill(WORDS)
    press(page, "Submit answer")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This attempt was removed from this browser"
    )
    expect(page.get_by_role("textbox", name="What you sent")).to_have_value(WORDS)
    expect(page.get_by_role("link", name=re.compile("[Ll]og in"))).to_have_count(1)  # the header's
    expect_failures(page)
