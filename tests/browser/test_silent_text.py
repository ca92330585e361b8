"""A text that an extension or dictation puts into a box without an event."""

import pytest
from playwright.sync_api import expect

from attempts.transitions.starting import Pace
from tests.browser.steps import (
    SAVE,
    box,
    come_as_user,
    eventually,
    expect_failures,
    in_state,
    kept_entries,
    retrying,
    saved,
    start_as_guest,
    status,
    text_of,
    unsaved_texts,
)
from tests.factories import UserFactory, published_question

pytestmark = pytest.mark.django_db(transaction=True)
SET = "(box, text) => { box.value = text }"


def test_it_is_seen_saved_and_counted(page):
    attempt = start_as_guest(page, seconds_each=600)
    box(page).fill("typed")
    box(page).blur()
    saved(page)
    box(page).evaluate(SET, "typed and dictated words")
    in_state(page, "unsaved")
    expect(status(page)).to_contain_text("4 words")
    saved(page)
    assert text_of(attempt) == "typed and dictated words"


@pytest.mark.parametrize("pace", ["with", "without"])
def test_it_is_kept_offline_with_and_without_a_time_limit(page, pace):
    untimed = Pace(time_factor=None) if pace == "without" else None
    start_as_guest(page, seconds_each=600, pace=untimed)
    page.route(SAVE, lambda route: route.abort())
    box(page).evaluate(SET, "dictated")
    eventually(page, lambda: unsaved_texts(page), ["dictated"])
    retrying(page)
    expect(status(page)).to_contain_text("kept in this browser")
    expect_failures(page)


def kept_answers(page) -> list[str]:
    return [entry["fields"]["answer"] for entry in kept_entries(page)]


def test_a_form_of_the_admin_keeps_it(page):
    come_as_user(page.context, UserFactory(is_staff=True, is_superuser=True))
    url = f"/admin/questions/question/{published_question().pk}/change/"
    page.goto(url)
    page.get_by_role("textbox", name="Answer:", exact=True).evaluate(SET, "Dictated.")
    eventually(page, lambda: kept_answers(page), ["Dictated."])
