"""Texts that are left in the browser when the attempt has ended: each is handed in as itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    SAVE,
    attempt_of,
    box,
    come_as_guest,
    enter,
    eventually,
    expect_failures,
    kept_of,
    leave_behind,
    pass_time,
    retrying,
    text_of,
    unsaved_texts,
)

pytestmark = pytest.mark.django_db(transaction=True)


def left_over(attempt, text, tab, **more):
    return {
        "key": f"unsaved:{attempt.pk}:1:{tab}:{tab}",
        "text": text,
        "revision": 0,
        "writer": f"page-{tab}",
        "sequence": 0,
        "at": tab,
        **more,
    }


def open_result(page, attempt):
    page.goto(f"/attempts/{attempt.pk}/review/")
    page.wait_for_timeout(1_500)  # it reloads itself when texts were sent
    eventually(page, lambda: unsaved_texts(page), [])


@pytest.mark.parametrize("seconds", [61, 3600], ids=["within the grace", "later"])
@pytest.mark.parametrize("writers", ["of their own", "of an older version"])
def test_of_two_texts_for_one_question_both_are_kept(page, seconds, writers):
    attempt = attempt_of(come_as_guest(page.context), questions=1)
    page.goto("/")
    entries = [left_over(attempt, f"text {tab}", tab) for tab in (1, 2)]
    if writers == "of an older version":
        entries = [{k: e[k] for k in ("key", "text", "revision")} for e in entries]
    leave_behind(page, *entries)
    pass_time(attempt, seconds)
    open_result(page, attempt)
    texts = {text_of(attempt), *(text for _, text in kept_of(attempt))}
    assert texts >= {"text 1", "text 2"}
    for text in ("text 1", "text 2"):
        expect(page.locator(".written", has_text=text).first).to_be_attached()
    expect_failures(page)


def test_two_tabs_that_ended_offline_lose_neither_text(page, context):
    """As it happens: both type, neither reaches the site, and time runs out."""
    attempt = attempt_of(come_as_guest(context), questions=1)
    other = context.new_page()
    for tab, text in ((page, "of the first tab"), (other, "of the second tab")):
        enter(tab, attempt)
        tab.route(SAVE, lambda route: route.abort())
        box(tab).fill(text)
        box(tab).blur()
        retrying(tab)
    for tab in (page, other):
        tab.goto("about:blank")
    pass_time(attempt, 3600)
    other.unroute_all()
    page.unroute_all()
    page.goto("/")
    open_result(page, attempt)
    texts = {text_of(attempt), *(text for _, text in kept_of(attempt))}
    assert texts >= {"of the first tab", "of the second tab"}
    expect_failures(page)


def test_a_text_that_is_refused_stays_while_the_other_is_taken(page):
    attempt = attempt_of(come_as_guest(page.context), questions=1)
    page.goto("/")
    long = "long " * 4_001
    leave_behind(page, left_over(attempt, long, 1), left_over(attempt, "short", 2))
    pass_time(attempt, 3600)
    page.goto(f"/attempts/{attempt.pk}/review/")
    left = page.get_by_role("region", name="Text that is not with your result")
    expect(left).to_have_count(1)
    page.wait_for_timeout(1_500)
    eventually(page, lambda: unsaved_texts(page), [long])
    assert kept_of(attempt) == [("late", "short")]
    expect_failures(page)


def test_an_older_state_of_a_saved_text_does_not_replace_it(page):
    """The disk has what the box held before the last save, whose reply was lost."""
    attempt = attempt_of(come_as_guest(page.context), questions=1)
    enter(page, attempt)
    box(page).fill("whole text")
    box(page).blur()
    eventually(page, lambda: text_of(attempt), "whole text")
    page.goto("/")
    answer = attempt.answers.get()
    older = {"writer": answer.writer, "sequence": answer.sequence - 1}
    leave_behind(page, left_over(attempt, "whole", 1, **older))
    pass_time(attempt, 65)
    open_result(page, attempt)
    assert text_of(attempt) == "whole text"
    expect_failures(page)
