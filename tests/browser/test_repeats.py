"""Pressed twice, sent twice, out of order: one effect, and nothing lost."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt
from tests.browser.steps import (
    SAVE,
    answer,
    attempt_of,
    box,
    come_as_guest,
    enter,
    eventually,
    expect_failures,
    hold,
    in_state,
    kept_of,
    offered_texts,
    on_question,
    press,
    requests_to,
    saved,
    start_as_guest,
    text_of,
)
from tests.factories import interview_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_hazard_15_a_reply_lost_after_the_server_saved_makes_no_conflict(page):
    attempt = start_as_guest(page)

    def lose_the_reply(route):
        route.fetch()
        route.abort()

    page.route(SAVE, lose_the_reply, times=1)
    box(page).fill("said once")
    box(page).blur()
    eventually(page, lambda: text_of(attempt), "said once")
    box(page).press_sequentially(", and on")

    saved(page)
    eventually(page, lambda: text_of(attempt), "said once, and on")
    assert kept_of(attempt) == []
    expect(page.locator("#conflict")).to_be_hidden()
    expect_failures(page)


def test_hazard_15_reloading_after_a_lost_reply_makes_no_conflict_either(page):
    attempt = start_as_guest(page)

    def lose_the_reply(route):
        route.fetch()
        route.abort()

    page.route(SAVE, lose_the_reply, times=1)
    box(page).fill("said once")
    box(page).blur()
    eventually(page, lambda: text_of(attempt), "said once")
    page.reload()

    expect(box(page)).to_have_value("said once")
    expect(offered_texts(page)).to_have_count(0)
    box(page).press_sequentially(" more")
    saved(page)
    assert kept_of(attempt) == []
    expect_failures(page)


def test_hazard_14_submit_while_a_save_is_on_its_way(page):
    attempt = start_as_guest(page)
    held = hold(page, SAVE, times=1)

    box(page).fill("half")
    box(page).blur()
    in_state(page, "saving")
    box(page).fill("half and whole")
    press(page, "Submit answer")
    on_question(page, 2)
    with page.expect_response(SAVE):
        held[0].continue_()

    assert text_of(attempt) == "half and whole"
    assert kept_of(attempt) == []
    in_state(page, "new")  # the state of the new question, not of the one that was left
    assert text_of(attempt, 2) == ""


@pytest.mark.parametrize("name", ["Submit answer", "Skip"])
def test_hazard_11_double_click_goes_on_by_one_question(page, name):
    attempt = start_as_guest(page, questions=3)
    requests = requests_to(page, "/submit/" if name == "Submit answer" else "/skip/")

    box(page).fill("pressed twice")
    page.get_by_role("button", name=name).dblclick()

    on_question(page, 2)
    assert len(requests) == 1
    assert text_of(attempt) == "pressed twice"


def test_hazard_11_double_click_on_start_makes_one_attempt(page):
    page.goto(interview_of(2).get_absolute_url())
    page.get_by_role("button", name="Start interview").dblclick()

    expect(box(page)).to_be_visible()
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("button", ["Submit answer", "Skip"])
def test_nothing_can_be_typed_into_a_box_that_is_about_to_go(page, button):
    """It would be lost: the box is replaced, and the server does not have it."""
    attempt = start_as_guest(page)
    held = hold(page, "**/submit/" if button == "Submit answer" else "**/skip/", times=1)
    box(page).fill("all of it")
    press(page, button)
    eventually(page, lambda: len(held), 1)
    expect(box(page)).not_to_be_editable()
    held[0].continue_()

    on_question(page, 2)
    expect(box(page)).to_be_editable()
    assert text_of(attempt) == "all of it"


def test_a_submit_that_fails_gives_the_box_back(page):
    attempt = start_as_guest(page)
    page.route("**/submit/", lambda route: route.abort(), times=1)
    box(page).fill("all of it")
    press(page, "Submit answer")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(box(page)).to_be_editable()
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "all of it"
    expect_failures(page)


def test_the_answer_is_saved_where_htmx_does_not_arrive(page):
    attempt = attempt_of(come_as_guest(page.context))
    page.route("**/htmx*.js", lambda route: route.abort())
    enter(page, attempt)
    box(page).fill("without it")
    saved(page)
    assert text_of(attempt) == "without it"
    press(page, "Submit answer")
    on_question(page, 2)
    expect_failures(page)


def test_submit_pressed_while_the_flag_is_on_its_way_is_not_lost(page):
    attempt = start_as_guest(page)
    held = hold(page, "**/flag/", times=1)
    press(page, "Flag")
    eventually(page, lambda: len(held), 1)
    box(page).fill("and on")
    press(page, "Submit answer")
    held[0].continue_()

    on_question(page, 2)
    assert (text_of(attempt), answer(attempt).flagged) == ("and on", True)
    expect(page.get_by_role("button", name="Flag")).to_have_attribute("aria-pressed", "false")


def test_hazard_11_double_click_on_flag_and_on_finish(page):
    attempt = start_as_guest(page, timing="total")

    flag = page.get_by_role("button", name="Flag", exact=True)
    requests = requests_to(page, "/flag/")
    flag.dblclick()
    expect(flag).to_have_attribute("aria-pressed", "true")
    assert answer(attempt).flagged
    assert len(requests) == 1
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    page.get_by_role("button", name="Finish interview").dblclick()

    expect(page).to_have_url(re.compile("/review/$"))
    attempt.refresh_from_db()
    assert attempt.state == "submitted"


def test_hazard_12_back_after_finishing_leads_to_the_result(page):
    attempt = start_as_guest(page, questions=1)
    box(page).fill("the end")
    press(page, "Submit answer")
    expect(page).to_have_url(re.compile("/review/$"))

    page.go_back()

    expect(page).to_have_url(re.compile("/review/$"))
    assert text_of(attempt) == "the end"


def test_reload_at_each_step_changes_nothing(page):
    attempt = start_as_guest(page)
    for position, text in ((1, "first"), (2, "second")):
        page.reload()
        on_question(page, position)
        box(page).fill(text)
        box(page).blur()
        saved(page)
        page.reload()
        expect(box(page)).to_have_value(text)
        press(page, "Submit answer")
        if position == 1:
            on_question(page, 2)
    expect(page).to_have_url(re.compile("/review/$"))
    page.reload()
    expect(page.get_by_text("2 of 2 answered.")).to_be_visible()
    assert [text_of(attempt, 1), text_of(attempt, 2)] == ["first", "second"]
