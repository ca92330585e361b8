"""A reply that is slow or lost: the page asks where the attempt is before it gives the box back."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Answer
from tests.browser.clock import timer
from tests.browser.steps import (
    answer,
    box,
    eventually,
    hold,
    on_question,
    press,
    ready,
    requests_to,
    start_as_guest,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

GIVES_UP = 1_500
"""After so many milliseconds the page gives the next request up, instead of after 15 seconds. The
server has done what it was asked by then."""


@pytest.fixture
def page(page):
    """Its console lists the requests that fail; all of them are meant to."""
    yield page
    page.problems.clear()


def impatient(page):
    """Until it has given one request up."""
    page.evaluate(f"""() => {{
        const {{ timeout }} = htmx.config;
        htmx.config.timeout = {GIVES_UP};
        addEventListener("htmx:timeout", () => (htmx.config.timeout = timeout), {{ once: true }});
    }}""")


def reply_is_lost(page, url: str):
    """The server does what it is asked, and its reply never comes; the clock is held meanwhile."""

    def lose(route):
        route.fetch()

    page.route(url, lose, times=1)


@pytest.mark.parametrize("timing", ["per_question", "total"])
def test_a_submit_whose_reply_is_slow_leads_to_where_the_server_is(page, timing):
    attempt = start_as_guest(page, questions=3, timing=timing)
    impatient(page)
    reply_is_lost(page, "**/submit/")
    asked = hold(page, "**/clock/", times=1)
    box(page).fill("all of it")
    press(page, "Submit answer")
    eventually(page, lambda: len(asked), 1)

    expect(box(page)).not_to_be_editable()  # until the answer is known
    assert page.get_by_role("button", name="Skip").get_attribute("aria-disabled") == "true"
    asked[0].continue_()
    on_question(page, 2)
    expect(box(page)).to_be_editable()
    assert (text_of(attempt), text_of(attempt, 2)) == ("all of it", "")


def test_a_submit_that_did_not_arrive_gives_the_box_back_once_that_is_known(page):
    attempt = start_as_guest(page, questions=3)
    impatient(page)
    held = hold(page, "**/submit/", times=1)
    asked = hold(page, "**/clock/", times=1)
    box(page).fill("all of it")
    press(page, "Submit answer")
    eventually(page, lambda: len(asked), 1)
    expect(box(page)).not_to_be_editable()
    asked[0].continue_()
    expect(box(page)).to_be_editable()
    on_question(page, 1)
    assert (len(held), answer(attempt).closed_at) == (1, None)
    press(page, "Submit answer")
    on_question(page, 2)


def test_the_box_stays_locked_while_the_clock_cannot_be_read_either(page):
    attempt = start_as_guest(page, questions=3)
    impatient(page)
    reply_is_lost(page, "**/submit/")
    page.route(re.compile("/(clock|save)/$"), lambda route: route.abort())
    asked = requests_to(page, "/clock/")
    box(page).fill("all of it")
    press(page, "Submit answer")
    eventually(page, lambda: len(asked) > 0, True)
    page.wait_for_timeout(1_000)
    expect(box(page)).not_to_be_editable()
    page.unroute(re.compile("/(clock|save)/$"))
    expect(page.locator("#room")).to_have_attribute("data-position", "2", timeout=15_000)
    assert text_of(attempt) == "all of it"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_error_that_says_nothing_of_the_attempt_is_not_taken_for_a_failure(page, status):
    attempt = start_as_guest(page, questions=3)

    def broken(route):
        route.fetch()
        route.fulfill(status=status, body="<html>Bad gateway</html>", content_type="text/html")

    page.route("**/submit/", broken, times=1)
    box(page).fill("all of it")
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "all of it"


def test_going_to_another_question_leads_to_where_the_server_is(page):
    attempt = start_as_guest(page, questions=3, timing="total")
    impatient(page)
    reply_is_lost(page, "**/move/")
    box(page).fill("so far")
    page.get_by_role("button", name=re.compile("^Question 3")).click()
    on_question(page, 3)
    assert text_of(attempt) == "so far"


def test_finish_leaves_the_box_locked_until_the_answer_is_known(page):
    attempt = start_as_guest(page, questions=3, timing="total")
    impatient(page)
    reply_is_lost(page, "**/finish/")
    asked = hold(page, "**/clock/", times=1)
    box(page).fill("so far")
    press(page, "Finish interview")
    eventually(page, lambda: len(asked), 1)
    expect(box(page)).not_to_be_editable()
    asked[0].continue_()
    expect(box(page)).to_be_editable()
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    assert text_of(attempt) == "so far"


def test_a_flag_without_a_reply_asks_too_and_can_be_set_again(page):
    attempt = start_as_guest(page, questions=3, timing="total")
    impatient(page)
    asked = requests_to(page, "/clock/")
    reply_is_lost(page, "**/flag/")
    press(page, "Flag")
    eventually(page, lambda: len(asked) > 0, True)
    expect(box(page)).to_be_editable()
    press(page, "Flag")
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert answer(attempt).flagged


def test_more_time_without_a_reply_shows_the_time_that_was_added(page):
    start_as_guest(page, timing="total")
    impatient(page)
    reply_is_lost(page, "**/more-time/")
    press(page, "5 more minutes")
    expect(timer(page)).to_have_text(re.compile("^[67] min$"))


def test_a_submit_given_up_that_arrives_later_is_followed(page):
    attempt = start_as_guest(page, questions=3)
    impatient(page)
    held = hold(page, "**/submit/", times=1)
    box(page).fill("all of it")
    press(page, "Submit answer")
    eventually(page, lambda: len(held), 1)
    page.wait_for_timeout(1_000)
    expect(box(page)).to_be_editable()
    held[0].fetch()
    expect(page.locator("#room")).to_have_attribute("data-position", "2", timeout=15_000)
    assert Answer.objects.get(attempt=attempt, position=1).closed_by == "submitted"


def test_a_reply_after_the_page_has_moved_on_replaces_nothing(page):
    attempt = start_as_guest(page, questions=3, seconds_each=4)
    held = hold(page, "**/submit/", times=1)
    box(page).fill("all of it")
    press(page, "Submit answer")
    eventually(page, lambda: len(held), 1)
    reply = held[0].fetch()
    page.goto(f"/attempts/{attempt.pk}/")
    ready(page)
    box(page).fill("on question 2")
    held[0].fulfill(response=reply)
    page.wait_for_timeout(300)
    expect(box(page)).to_have_value("on question 2")


def test_who_is_offline_can_write_on_after_a_press(page):
    """The request never left, so there is nothing to wait for."""
    start_as_guest(page, questions=3)
    page.context.set_offline(True)
    press(page, "Submit answer")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(box(page)).to_be_editable()
    page.context.set_offline(False)
