"""More time: five minutes on request, and what the candidate set before the start."""

import re

import pytest
from playwright.sync_api import expect

from attempts.transitions.starting import Pace
from tests.browser.clock import reload_later, timer
from tests.browser.steps import (
    answer,
    attempt_of,
    box,
    come_as_guest,
    enter,
    eventually,
    on_question,
    pass_time,
    press,
    ready,
    saved,
    start_as_guest,
)
from tests.factories import interview_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_five_more_minutes_in_the_last_two(page):
    attempt = start_as_guest(page, seconds_each=600)
    more = page.get_by_role("button", name="5 more minutes")
    expect(more).to_be_hidden()
    reload_later(page, attempt, 500)
    box(page).press_sequentially("typing")

    more.click()

    expect(timer(page)).to_have_text("7 min")
    expect(more).to_be_hidden()
    expect(box(page)).to_have_value("typing")
    expect(box(page)).to_be_focused()
    reload_later(page, attempt, 350)
    more.click()  # it can be pressed as often as wanted
    expect(more).to_be_hidden()
    assert attempt.added_times.count() == 2


def test_five_more_minutes_at_zero_on_the_next_question_and_on_the_result(page):
    attempt = start_as_guest(page)
    box(page).fill("not finished")
    box(page).blur()
    saved(page)
    reload_later(page, attempt, 62)
    on_question(page, 2)
    box(page).fill("begun")

    press(page, "5 more minutes for question 1")

    on_question(page, 1)
    expect(box(page)).to_have_value("not finished")
    expect(timer(page)).to_have_text(re.compile("^(5:00|4:5.)$"))
    press(page, "Submit answer")
    on_question(page, 2)
    expect(box(page)).to_have_value("begun")

    pass_time(attempt, 62)
    page.reload()
    expect(page).to_have_url(re.compile("/review/$"))
    press(page, "5 more minutes")
    on_question(page, 2)
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page.get_by_text("added to question 1: 5 more minutes")).to_be_visible()
    expect(page.get_by_text("added to question 2: 5 more minutes")).to_be_visible()


def adjust(page, **choices):
    page.goto(interview_of(2, seconds_each=120).get_absolute_url())
    page.get_by_text("Adjust the clock").click()
    for label, choice in choices.items():
        page.get_by_label(label.replace("_", " "), exact=True).select_option(choice)
    press(page, "Start interview")
    ready(page)


def test_twice_the_time_is_remembered(page):
    adjust(page, Time="2 × the time")

    expect(timer(page)).to_have_text(re.compile("^(4:00|3:5.)$"))
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page.get_by_text("Taken with 2 times the standard time.")).to_be_visible()
    page.get_by_role("link", name="Take this interview again").click()
    page.get_by_text("Adjust the clock").click()
    expect(page.get_by_label("Time", exact=True)).to_have_value("2")


def test_no_limit(page):
    adjust(page, Time="No limit")

    expect(timer(page)).to_have_text("no limit")
    expect(page.get_by_role("button", name="Hide timer")).to_be_hidden()
    box(page).evaluate("box => box.blur()")
    page.keyboard.press("Alt+Shift+T")
    expect(page.locator("#announcements")).to_have_text("No time limit")
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page.get_by_text("Taken without a time limit.")).to_be_visible()


def test_thinking_time_runs_out_once(page):
    page.clock.install()
    adjust(page, Thinking_time_before_each_answer="15 seconds")
    thinking = page.locator("#thinking")
    expect(thinking).to_contain_text(re.compile(r"Thinking time: 0:1\d"))
    expect(timer(page)).to_have_text(re.compile("^2:1[0-5]$"))

    page.clock.run_for(16_000)
    expect(thinking).to_be_hidden()
    with page.expect_response("**/clock/"):
        page.clock.run_for(12_000)
    page.clock.run_for(500)

    expect(thinking).to_be_hidden()


def test_overtime_keeps_what_stood_at_the_bell_and_what_was_finished(page):
    owner = come_as_guest(page.context)
    attempt = attempt_of(owner, questions=1, seconds_each=60, pace=Pace(at_deadline="overtime"))
    enter(page, attempt)
    reload_later(page, attempt, 52)
    box(page).press_sequentially("at the bell")

    expect(page.locator("[data-overtime]")).to_be_visible(timeout=15_000)
    expect(box(page)).to_be_editable()
    box(page).press_sequentially(", and after")
    box(page).blur()
    eventually(page, lambda: answer(attempt).text_at_deadline, "at the bell")
    expect(timer(page)).to_have_text(re.compile(r"^\+0:\d\d$"))
    press(page, "Submit answer")

    expect(page).to_have_url(re.compile("/review/$"))
    expect(page.get_by_text("at the bell, and after")).to_be_visible()
    expect(page.locator("p.overtime")).to_be_visible()
    assert answer(attempt).text_at_deadline == "at the bell"
