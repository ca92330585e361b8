"""Two tabs or two devices on one answer: no text is lost, and the person chooses."""

import re

import pytest
from playwright.sync_api import expect

from attempts.transitions.starting import Pace
from tests.browser.conftest import watched
from tests.browser.steps import (
    answer,
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    enter,
    eventually,
    in_state,
    kept_of,
    on_question,
    press,
    saved,
    status,
    text_of,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["two tabs", "two devices"])
def sides(request, context, new_context):
    """One person's two pages, and who the person is."""
    second = new_context() if request.param == "two devices" else context
    user = UserFactory()
    owner = come_as_user(context, user)
    come_as_user(second, user)
    return watched(context.new_page()), watched(second.new_page()), owner


def write(page, text):
    box(page).fill(text)
    box(page).blur()


def collide(first, second, owner, **terms):
    """Both pages load the empty answer; the first saves, then the second tries to."""
    attempt = attempt_of(owner, **terms)
    enter(first, attempt)
    enter(second, attempt)
    write(first, "from the first")
    saved(first)
    write(second, "from the second")
    in_state(second, "conflict")
    return attempt


def test_the_second_saver_sees_both_texts_and_keeps_its_own(sides):
    first, second, owner = sides
    attempt = collide(first, second, owner)
    expect(second.get_by_text("from the first")).to_be_visible()
    expect(box(second)).to_have_value("from the second")
    assert text_of(attempt) == "from the first"

    press(second, "Keep the text in the box")
    saved(second)

    assert text_of(attempt) == "from the second"
    assert ("other", "from the first") in kept_of(attempt)
    press(second, "Finish interview")
    press(second, "Finish interview")
    expect(second).to_have_url(re.compile("/review/$"))
    expect(second.get_by_text("From another tab or device, not counted")).not_to_have_count(0)
    expect(second.get_by_text("from the first")).to_be_visible()


def test_the_second_saver_takes_the_other_text(sides):
    first, second, owner = sides
    attempt = collide(first, second, owner)

    second.get_by_role("link", name="Take this one").click()

    expect(box(second)).to_have_value("from the first")
    expect(second.locator("#conflict")).to_be_hidden()
    assert kept_of(attempt) == [("other", "from the second")]
    box(second).press_sequentially(", and on")
    saved(second)
    eventually(second, lambda: text_of(attempt), "from the first, and on")


def test_what_is_written_while_the_choice_is_open_is_kept_as_well(context):
    owner = come_as_guest(context)
    first, second = context.new_page(), context.new_page()
    attempt = collide(first, second, owner)

    box(second).press_sequentially(" and third")
    second.get_by_role("link", name="Take this one").click()

    expect(box(second)).to_have_value("from the first")
    eventually(second, lambda: kept_of(attempt), [("other", "from the second and third")])


def test_submitting_from_the_second_tab_asks_first(context):
    owner = come_as_guest(context)
    first, second = context.new_page(), context.new_page()
    attempt = attempt_of(owner)
    enter(first, attempt)
    enter(second, attempt)
    write(first, "from the first")
    saved(first)
    second.route("**/save/", lambda route: route.abort())  # only the button gets through

    box(second).fill("from the second")
    press(second, "Submit answer")
    expect(second.get_by_role("heading", name="This answer was changed in")).to_be_visible()
    expect(box(second)).to_have_value("from the second")
    second.unroute("**/save/")
    press(second, "Keep the text in the box")
    saved(second)
    press(second, "Submit answer")

    on_question(second, 2)
    assert text_of(attempt) == "from the second"
    assert ("other", "from the first") in kept_of(attempt)


def test_hazard_13_a_blank_stale_tab_at_the_deadline_changes_nothing(context):
    owner = come_as_guest(context)
    attempt = attempt_of(owner, questions=1, seconds_each=6)
    stale, busy = watched(context.new_page()), watched(context.new_page())
    enter(stale, attempt)
    enter(busy, attempt)
    write(busy, "the answer")
    saved(busy)

    for page in (stale, busy):
        expect(page).to_have_url(re.compile("/review/$"), timeout=12_000)

    assert text_of(attempt) == "the answer"
    assert kept_of(attempt) == []
    assert stale.problems == busy.problems == []


def test_a_tab_that_was_emptied_at_the_deadline_changes_nothing(page):
    attempt = attempt_of(come_as_guest(page.context), questions=1, seconds_each=5)
    enter(page, attempt)
    write(page, "the answer")
    saved(page)

    box(page).fill("")
    in_state(page, "unsaved")
    expect(status(page)).to_contain_text("box is empty")

    expect(page).to_have_url(re.compile("/review/$"), timeout=12_000)
    assert text_of(attempt) == "the answer"


def test_an_old_page_at_the_bell_of_overtime_changes_nothing(context):
    attempt = attempt_of(
        come_as_guest(context), questions=1, seconds_each=6, pace=Pace(at_deadline="overtime")
    )
    stale, busy = context.new_page(), context.new_page()
    enter(stale, attempt)
    enter(busy, attempt)
    write(busy, "the answer")
    saved(busy)

    for page in (stale, busy):
        expect(page.locator("[data-overtime]")).to_be_visible(timeout=12_000)

    stale.reload()
    assert answer(attempt).text_at_deadline == text_of(attempt) == "the answer"
    assert kept_of(attempt) == []


def test_the_other_tab_follows_when_the_question_was_submitted(context):
    attempt = attempt_of(come_as_guest(context))
    first, second = context.new_page(), context.new_page()
    enter(first, attempt)
    enter(second, attempt)
    box(first).fill("submitted")
    press(first, "Submit answer")
    on_question(first, 2)

    write(second, "too late")

    on_question(second, 2)
    assert text_of(attempt) == "submitted"
    assert kept_of(attempt) == [("late", "too late")]
