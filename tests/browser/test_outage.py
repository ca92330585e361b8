"""Time that was lost while the site was out of reach is offered back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    box,
    expect_failures,
    on_question,
    pass_time,
    press,
    retrying,
    start_as_guest,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def cut_off(page, seconds):
    """The site is out of reach for so many seconds of the page's clock."""
    page.route(re.compile("/(save|clock)/$"), lambda route: route.abort())
    box(page).press_sequentially("cut off")
    page.clock.run_for(2_000)
    retrying(page)
    page.clock.run_for((seconds - 2) * 1000)
    page.unroute(re.compile("/(save|clock)/$"))


def test_lost_time_is_given_back_after_an_outage(page):
    page.clock.install()
    attempt = start_as_guest(page, seconds_each=240)
    pass_time(attempt, 40)

    cut_off(page, 30)
    page.clock.run_for(9_000)

    page.get_by_role("button", name="Give me that time back").click()
    expect(page.get_by_role("button", name="Give me that time back")).to_be_hidden()
    expect(box(page)).to_have_value("cut off")
    assert text_of(attempt) == "cut off"
    added = attempt.added_times.get()
    assert added.reason == "outage"
    assert 20 <= added.amount.total_seconds() <= 45
    expect_failures(page)


def test_lost_time_is_offered_even_when_the_question_closed_meanwhile(page):
    page.clock.install()
    attempt = start_as_guest(page, seconds_each=60)
    pass_time(attempt, 40)
    page.reload()

    cut_off(page, 30)
    pass_time(attempt, 30)
    page.clock.run_for(9_000)

    give = page.get_by_role("button", name="Give me that time back")
    expect(give).to_be_visible()
    page.clock.run_for(6_000)  # the page waits for the choice and does not move on
    expect(give).to_be_visible()
    give.click()
    expect(give).to_be_hidden()
    on_question(page, 1)
    expect(box(page)).to_be_editable()
    expect(box(page)).to_have_value("cut off")
    expect_failures(page)


def test_lost_time_can_be_waived(page):
    page.clock.install()
    attempt = start_as_guest(page, seconds_each=60)
    pass_time(attempt, 40)
    page.reload()
    cut_off(page, 30)
    pass_time(attempt, 30)
    page.clock.run_for(9_000)

    press(page, "Go on without it")

    on_question(page, 2)
    assert not attempt.added_times.exists()
    expect_failures(page)
