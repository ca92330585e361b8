"""The admin's tables on narrow screens: none is wider than its place, each value has its name."""

import pytest
from playwright.sync_api import expect

from questions.bank import versions
from tests.browser.conftest import watched
from tests.browser.steps import come_as_user
from tests.factories import START, UserFactory, interview_of

pytestmark = pytest.mark.django_db(transaction=True)
WIDER = """() => [...document.querySelectorAll("*")].filter(
    (e) => getComputedStyle(e).overflowX !== "visible" && e.matches(":has(table)")
        && e.scrollWidth > e.clientWidth + 1).map((e) => e.className)"""


def admin_of(new_context, width):
    context = new_context(viewport={"width": width, "height": 800})
    come_as_user(context, UserFactory(is_staff=True, is_superuser=True))
    return watched(context.new_page())


@pytest.fixture
def phone(new_context):
    page = admin_of(new_context, 390)
    yield page
    assert page.problems == []


@pytest.mark.parametrize("place", ["question/", "question/?o=8.9.1", "interview/{}/change/"])
def test_no_table_is_wider_than_its_place_at_1280(new_context, place):
    interview, author = interview_of(2), UserFactory(username="ada.lovelace")
    for slot in interview.slots.all():
        texts = slot.question.current_version.texts() | {"prompt": "Why is that as it is? " * 5}
        versions.save_texts(slot.question, texts, now=START, author=author)
    page = admin_of(new_context, 1280)
    page.goto(f"/admin/questions/{place.format(interview.pk)}")
    expect(page.locator("table[data-stacked]").first).to_be_visible()
    assert page.evaluate(WIDER) == []
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


@pytest.mark.parametrize("place", ["question", "interview"])
def test_a_list_on_a_phone_takes_little_room_for_each_row(phone, place):
    interview_of(24, name="An interview with a name of some length")
    interviews = [interview_of(0, name=f"Interview with a number, {n}") for n in range(23)]
    assert len(interviews) == 23
    phone.goto(f"/admin/questions/{place}/")
    rows = phone.locator("table[data-stacked] tbody tr")
    expect(rows).to_have_count(24)
    heights = [row.bounding_box()["height"] for row in rows.all()]
    assert max(heights) < 150
    assert phone.evaluate("document.documentElement.scrollHeight") < 5500
    assert phone.evaluate(WIDER) == []
