"""Text that the server did not take stays in the browser until the person decides about it."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from attempts import transitions
from attempts.rules.save_verdicts import Save
from quizsite.clock import database_now
from tests.browser.conftest import watched
from tests.browser.steps import (
    SAVE,
    attempt_of,
    box,
    come_as_guest,
    enter,
    eventually,
    hold,
    kept_of,
    kill_tab,
    offered_texts,
    on_question,
    pass_time,
    press,
    ready,
    retrying,
    saved,
    text_of,
    unsaved_texts,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner(context):
    return come_as_guest(context)


def time_runs_out(page, attempt):
    """The open question's time ends, and the page asks the server as when it is shown again."""
    pass_time(attempt, 61)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def change_elsewhere(owner, attempt, text):
    """Another device saves a text of its own for the first question."""
    save = Save(text=text, revision=0, writer="elsewhere", sequence=1)
    transitions.save(owner, attempt.pk, 1, save, now=database_now())


def test_a_text_too_long_at_the_bell_is_shown_with_the_result(page, owner):
    attempt = attempt_of(owner)
    enter(page, attempt)
    box(page).fill("long " * 4_001)
    box(page).blur()
    expect(page.locator("#answer-error")).to_contain_text("20,000")
    time_runs_out(page, attempt)
    on_question(page, 2)
    press(page, "Skip")
    expect(page).to_have_url(re.compile("/review/$"))

    left = page.get_by_role("region", name="Text that is not with your result")
    expect(left).to_contain_text("for question 1")
    expect(left).to_contain_text("20,000")
    expect(left.locator(".written")).to_have_text(re.compile("^(long ?){4001}$"))
    page.reload()
    press(page, "Remove it from this browser")
    expect(left).to_have_count(0)
    assert unsaved_texts(page) == []
    page.problems.clear()


def test_what_is_typed_under_an_open_choice_is_kept_when_time_runs_out(page, owner):
    attempt = attempt_of(owner)
    enter(page, attempt)
    change_elsewhere(owner, attempt, "theirs")
    box(page).fill("mine")
    box(page).blur()
    expect(page.locator("#conflict")).to_be_visible()
    box(page).press_sequentially(", and more of it")
    time_runs_out(page, attempt)
    on_question(page, 2)
    press(page, "Skip")

    expect(page).to_have_url(re.compile("/review/$"))
    expect(page.get_by_text("mine, and more of it")).to_be_visible()
    assert text_of(attempt) == "theirs"
    assert kept_of(attempt)[-1][1] == "mine, and more of it"
    assert unsaved_texts(page) == []
    page.problems.clear()


def test_hazard_16_reloading_in_mid_typing_goes_on_in_the_box(page, owner):
    """The save of the old page may reach the server after the new page was rendered."""
    attempt = attempt_of(owner, seconds_each=600)
    enter(page, attempt)
    held = hold(page, SAVE, times=1)
    box(page).press_sequentially("half a sen")
    page.reload()
    ready(page)
    expect(box(page)).to_have_value("half a sen")
    expect(offered_texts(page)).to_have_count(0)
    for late in held:
        with suppress(Error):  # the page it came from is gone
            late.continue_()
    box(page).press_sequentially("tence")
    eventually(page, lambda: text_of(attempt), "half a sentence")
    expect(page.locator("#conflict")).to_be_hidden()
    assert kept_of(attempt) == []
    eventually(page, lambda: unsaved_texts(page), [])
    page.problems.clear()


def unsaved_in_a_tab_that_is_gone(context, attempt, text):
    tab = watched(context.new_page())
    enter(tab, attempt)
    tab.route(SAVE, lambda route: route.abort())
    box(tab).fill(text)
    box(tab).blur()
    retrying(tab)
    kill_tab(tab)


@pytest.fixture
def late_page(context, owner):
    """Opens a tab after the others are gone, because the end of one may end all open tabs."""

    def come(attempt):
        page = watched(context.new_page())
        enter(page, attempt)
        return page

    return come


def test_an_offered_text_outlives_what_is_typed_beside_it(context, owner, late_page):
    attempt = attempt_of(owner, seconds_each=600)
    unsaved_in_a_tab_that_is_gone(context, attempt, "of yesterday")
    page = late_page(attempt)
    expect(offered_texts(page)).to_contain_text("of yesterday")
    box(page).fill("of today")
    box(page).blur()
    saved(page)
    page.reload()
    ready(page)

    expect(offered_texts(page)).to_contain_text("of yesterday")
    offered_texts(page).locator("[data-unsaved=restore]").click()
    expect(box(page)).to_have_value("of today\n\nof yesterday")
    eventually(page, lambda: text_of(attempt), "of today\n\nof yesterday")
    eventually(page, lambda: unsaved_texts(page), [])


def test_every_tab_keeps_its_own_text(context, owner, late_page):
    attempt = attempt_of(owner, seconds_each=600)
    unsaved_in_a_tab_that_is_gone(context, attempt, "one")
    unsaved_in_a_tab_that_is_gone(context, attempt, "two")
    page = late_page(attempt)
    expect(offered_texts(page)).to_have_count(2)
    offered_texts(page).filter(has_text="one").locator("[data-unsaved=drop]").click()
    assert unsaved_texts(page) == ["two"]
    box(page).fill("three")
    box(page).blur()
    saved(page)
    assert unsaved_texts(page) == ["two"]
