"""The admin's tables on a phone: nothing is wider than the screen, and each value has its name."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched
from tests.browser.steps import come_as_user
from tests.factories import UserFactory, interview_of

pytestmark = pytest.mark.django_db(transaction=True)
WIDER = """() => [...document.querySelectorAll("*")].filter(
    (e) => getComputedStyle(e).overflowX !== "visible" && e.matches(":has(table)")
        && e.scrollWidth > e.clientWidth + 1).map((e) => e.className)"""


@pytest.fixture
def phone(new_context):
    context = new_context(viewport={"width": 390, "height": 800})
    come_as_user(context, UserFactory(is_staff=True, is_superuser=True))
    page = watched(context.new_page())
    yield page
    assert page.problems == []


@pytest.mark.parametrize("place", ["question/", "interview/", "interview/{}/change/"])
def test_no_table_is_wider_than_a_phone(phone, place):
    phone.goto(f"/admin/questions/{place.format(interview_of(2).pk)}")
    expect(phone.locator("table[data-stacked]").first).to_be_visible()
    assert phone.evaluate(WIDER) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_what_is_stacked_still_is_a_table_with_named_cells(phone):
    interview_of(2)
    phone.goto("/admin/questions/question/")
    table = phone.get_by_role("region", name="Select question to change").get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(3)
    status = table.get_by_role("cell", name="published").first
    assert status.get_attribute("data-label") == "Status"
