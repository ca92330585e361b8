"""The place in the list of attempts survives Back, a reload, and the sharing of its address."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched
from tests.browser.steps import come_as_user
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def list_of(context, attempts: int):
    """Somebody's finished attempts, named by their number; the newest is the last."""
    user = UserFactory()
    first = AttemptFactory(user=user, finished=True, interview_title="Attempt 1.")
    for number in range(2, attempts + 1):
        attempt = AttemptFactory(
            user=user,
            finished=True,
            interview=first.interview,
            started_at=START + timedelta(hours=number),
            interview_title=f"Attempt {number}.",
        )
        if number in (10, 15):  # whose results are opened
            AnswerFactory(attempt=attempt, closed=True)
    come_as_user(context, user)
    return user


def rows(page):
    return page.locator("table.history tbody tr:has(time)")


def older(page) -> None:
    page.get_by_role("link", name="Older attempts").click()


def test_back_from_an_old_attempt_leads_to_where_it_was_in_the_list(page, context):
    list_of(context, 70)
    page.goto("/attempts/")
    for shown in (40, 60):
        older(page)
        expect(rows(page)).to_have_count(shown)
    link = page.get_by_role("link", name="Attempt 15.")
    link.scroll_into_view_if_needed()
    before = link.bounding_box()["y"]
    link.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("My attempts")
    page.go_back()
    expect(rows(page)).to_have_count(60)
    expect(link).to_be_in_viewport()
    assert abs(link.bounding_box()["y"] - before) < 5
    page.reload()
    expect(rows(page)).to_have_count(60)
    shared = page.url
    other_tab = watched(context.new_page())
    other_tab.goto(shared)
    expect(rows(other_tab)).to_have_count(60)
    older(other_tab)
    expect(rows(other_tab)).to_have_count(70)
    assert other_tab.problems == []


def test_without_scripts_the_place_is_in_the_address_too(new_context):
    context = new_context(java_script_enabled=False)
    list_of(context, 45)
    page = context.new_page()
    page.goto("/attempts/")
    older(page)
    expect(rows(page).first).to_contain_text("Attempt 25.")
    page.get_by_role("link", name="Attempt 10.").click()
    page.go_back()
    expect(rows(page).first).to_contain_text("Attempt 25.")
    page.reload()
    expect(rows(page).first).to_contain_text("Attempt 25.")
    page.get_by_role("link", name="Newest attempts").click()
    expect(rows(page).first).to_contain_text("Attempt 45.")


def test_a_list_of_a_person_who_has_logged_out_says_so(page, context):
    list_of(context, 30)
    page.goto("/attempts/")
    context.clear_cookies()
    older(page)
    expect(page.get_by_role("alert")).to_contain_text("logged out")
    expect(rows(page)).to_have_count(20)
    page.problems.clear()
