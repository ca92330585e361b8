"""My attempts filled with data: rules of axe, the keyboard, hiding, a search without scripts."""

import itertools

import pytest
from playwright.sync_api import expect

from attempts.models import Answer, Attempt
from tests.attempts.views.history.rows import practised, said, scheduled
from tests.browser.conftest import watched
from tests.browser.steps import come_as_user
from tests.browser.test_axe import broken
from tests.factories import TopicFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def filled(context):
    """Somebody with forty interviews, some of them unsure, practice, topics, and how sure."""
    user = UserFactory()
    first = said(user, "A queue.", score="40", interview_title="A screening")
    for day in range(1, 40):
        said(user, "A KV-cache, a queue.", days=day, score=str(day * 2), interview=first.interview,
             number=day, interview_title="A screening")  # fmt: skip
    unsure = {"confidence": 0.4, "text": "true", "opposite": None}
    Answer.objects.filter(attempt__score__gte=70).update(
        engine="test-1", suggested=[True, False], evidence=[unsure, unsure], share="0.5", sureness=3
    )
    practised(user, days=41, score="30", prompt="What is a queue?")
    said(user, "A queue.", days=42, state="expired", time_factor=2, score="50")
    for name, shares in (("Cost", ("0.2", "0.3", "0.4")), ("Serving", ("1", "0.9", "0.95")),
                         ("Data", ("0.5",))):  # fmt: skip
        scheduled(user, *shares, topic=TopicFactory(name=name, slug=name.lower()))
    come_as_user(context, user)
    return user


@pytest.fixture(
    params=[(w, s) for w in (1280, 390) for s in ("light", "dark")],
    ids=lambda p: f"{p[0]}-{p[1]}",
)
def sized(request, new_context):
    width, scheme = request.param
    size = {"width": width, "height": 844}
    context = new_context(bypass_csp=True, viewport=size, color_scheme=scheme)
    return watched(context.new_page())


def test_no_page_breaks_a_rule_of_axe_or_is_too_wide(sized):
    filled(sized.context)
    for address in ("", "?words=kv-cache", "?words=the", "?kind=practice&standard=1", "?hidden=1"):
        sized.goto(f"/attempts/{address}")
        sized.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        assert broken(sized) == {}, address
        assert sized.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_point_is_reached_and_opened_by_keyboard(page, context):
    filled(context)
    page.goto("/attempts/")
    first = page.locator("svg.trend.wide a").first
    first.focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "A screening" in focused
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Answer by answer")).to_be_visible()


@pytest.mark.parametrize(("width", "points"), [(1280, 30), (390, 12)])
def test_a_picture_has_as_many_points_as_fit(new_context, width, points):
    page = watched(new_context(viewport={"width": width, "height": 844}).new_page())
    filled(page.context)
    page.goto("/attempts/")
    links = page.locator("svg.trend a").filter(visible=True)
    expect(links).to_have_count(points)
    places = [box["x"] for box in (link.bounding_box() for link in links.all()) if box]
    assert min(b - a for a, b in itertools.pairwise(places)) >= 24


def test_an_attempt_is_hidden_and_shown_again_by_keyboard(page, context):
    user = filled(context)
    page.goto("/attempts/")
    summary = page.locator("details.acts > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="Show again")
    expect(again).to_be_focused()
    assert Attempt.objects.filter(user=user, is_hidden=True).count() == 1
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Hide")).to_be_focused()
    assert not Attempt.objects.filter(user=user, is_hidden=True).exists()


def test_back_leads_to_where_it_was_in_a_filtered_list(page, context):
    filled(context)
    page.goto("/attempts/")
    page.get_by_label("Words in my answers").fill("kv-cache")
    page.get_by_role("button", name="Search").click()
    rows = page.locator("table.history tbody tr:has(time)")
    expect(rows).to_have_count(20)
    page.get_by_role("link", name="Older attempts").click()
    expect(rows).to_have_count(39)
    expect(rows.first.locator("mark").first).to_have_text("KV")
    link = page.get_by_role("link", name="Question 1").nth(30)
    link.click()
    page.wait_for_url("**#answer-1")
    page.go_back()
    expect(rows).to_have_count(39)
    expect(page.get_by_label("Words in my answers")).to_have_value("kv-cache")


def test_without_scripts_it_filters_searches_and_hides(new_context):
    context = new_context(java_script_enabled=False)
    filled(context)
    page = context.new_page()
    page.goto("/attempts/")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Kind").select_option("practice")
    page.get_by_role("button", name="Apply").click()
    rows = page.locator("table.history tbody tr:has(time)")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("What is a queue?")
    page.locator("details.acts > summary").click()
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_role("status").first).to_contain_text("hidden")
    expect(rows).to_have_count(0)
    page.get_by_label("Only hidden ones").check()
    page.get_by_role("button", name="Apply").click()
    expect(rows).to_have_count(1)
