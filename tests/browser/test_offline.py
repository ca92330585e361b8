"""Without the network the text stays in the browser; it is sent when the network is back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    SAVE,
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    enter,
    eventually,
    expect_failures,
    in_state,
    kept_of,
    kill_tab,
    offered_texts,
    pass_time,
    ready,
    retrying,
    saved,
    start_as_guest,
    states_from_now_on,
    status,
    text_of,
    unsaved_texts,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_offline_while_typing_then_all_is_sent_without_a_click(page, context):
    attempt = start_as_guest(page, seconds_each=600)
    box(page).fill("before")
    saved(page)
    states = states_from_now_on(page)

    context.set_offline(True)
    in_state(page, "offline")
    left = page.get_by_role("timer").text_content()
    box(page).press_sequentially(", during", delay=30)
    expect(status(page)).to_contain_text("kept in this browser")
    assert "saved" not in states()
    assert page.get_by_role("timer").text_content() <= left  # it goes on counting
    assert text_of(attempt) == "before"
    context.set_offline(False)

    eventually(page, lambda: text_of(attempt), "before, during")
    saved(page)
    assert unsaved_texts(page) == []
    expect_failures(page)


def test_offline_across_the_deadline_then_the_text_still_counts_within_the_grace(page, context):
    attempt = start_as_guest(page, questions=1, seconds_each=4)
    context.set_offline(True)
    box(page).fill("written in time")
    expect(box(page)).not_to_be_editable(timeout=6_000)  # the bell rings without the server
    context.set_offline(False)

    expect(page).to_have_url(re.compile("/review/$"))
    assert text_of(attempt) == "written in time"
    assert kept_of(attempt) == []
    expect_failures(page)


def test_hazard_1_offline_until_after_the_grace_then_the_text_is_kept_and_not_counted(
    page, context
):
    attempt = start_as_guest(page, questions=1, seconds_each=60)
    box(page).fill("saved")
    saved(page)
    context.set_offline(True)
    box(page).fill("saved, and more")
    pass_time(attempt, 90)
    context.set_offline(False)

    expect(page).to_have_url(re.compile("/review/$"))
    expect(page.get_by_text("Typed after time, not counted")).to_be_visible()
    assert text_of(attempt) == "saved"
    assert kept_of(attempt) == [("late", "saved, and more")]
    assert unsaved_texts(page) == []
    expect_failures(page)


def test_what_the_browser_still_has_when_time_is_over_shows_in_the_result(page, context):
    """The tab died offline, and its owner comes back long after the deadline."""
    attempt = start_as_guest(page, questions=1)
    box(page).fill("saved")
    saved(page)
    context.set_offline(True)
    box(page).press_sequentially(", unsent")
    kill_tab(page)
    context.set_offline(False)
    pass_time(attempt, 3600)

    again = context.new_page()
    again.goto(f"/attempts/{attempt.pk}/")
    expect(again.get_by_text("saved, unsent")).to_be_visible()
    assert kept_of(attempt) == [("late", "saved, unsent")]
    assert unsaved_texts(again) == []
    expect_failures(page)


@pytest.mark.parametrize("place", ["/", "/admin/"])
def test_logging_out_clears_the_unsaved_texts(page, place):
    attempt = start_as_guest(page)
    page.route(SAVE, lambda route: route.abort())
    box(page).fill("private")
    box(page).blur()
    retrying(page)
    assert len(unsaved_texts(page)) == 1

    page.evaluate("() => localStorage.setItem('option:shortcuts', 'off')")
    come_as_user(page.context, UserFactory(is_staff=True))
    page.goto(place)
    page.get_by_role("button", name="Log out").click()

    expect(page.get_by_role("link", name="Log in", exact=True)).to_be_visible()
    expect(page.locator("html.scripted")).to_be_attached()
    assert unsaved_texts(page) == []
    assert page.evaluate("() => localStorage.getItem('option:shortcuts')") == "off"
    assert "forget-unsaved" not in [cookie["name"] for cookie in page.context.cookies()]
    assert text_of(attempt) == ""
    expect_failures(page)


def test_leaving_an_unsaved_text_out_forgets_it(page, context):
    attempt = attempt_of(come_as_guest(context))
    enter(page, attempt)
    page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({revision: 0, text: 'old'}))",
        f"unsaved:{attempt.pk}:1:0",
    )
    page.reload()
    offered_texts(page).locator("[data-unsaved=drop]").click()

    page.reload()
    ready(page)
    expect(offered_texts(page)).to_have_count(0)
    assert text_of(attempt) == ""
