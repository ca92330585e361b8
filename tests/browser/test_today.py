"""The home page in a browser: what to do now is seen at once, and everybody can do it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from attempts.models import Answer, Attempt
from attempts.owners import Owner
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.browser.conftest import watched
from tests.browser.steps import attempt_of, come_as_guest, come_as_user, on_question
from tests.browser.test_axe import broken
from tests.factories import UserFactory, interview_of, published_question

pytestmark = pytest.mark.django_db(transaction=True)

LONG_POINT = "A longer key point, as an author may write it who thinks of all that one may say"
LONG_PROMPT = "What would you say if somebody asked you at length about what one can ask at length?"


def practised(owner: Owner) -> None:
    """Four weak questions with long texts, and interviews to compare."""
    for n in range(4):
        points = [f"{LONG_POINT}, {n}.", "Another."]
        question = published_question(prompt=f"{LONG_PROMPT} ({n})", key_points=points, seconds=150)
        answer = answered(owner, "0", question, at=database_now() - timedelta(days=20 - n))
        Answer.objects.filter(pk=answer.pk).update(confirmed=[False, False])
    for n in range(6):
        answered(owner, "1", at=database_now() - timedelta(days=40 + n))


@pytest.fixture(params=[(1280, 800), (390, 844), (844, 390)], ids=["1280", "390", "844x390"])
def size(request):
    width, height = request.param
    return {"width": width, "height": height}


@pytest.mark.parametrize("has_script", [True, False], ids=["scripts", "no scripts"])
def test_the_one_button_of_somebody_who_has_practised_is_above_the_fold(
    new_context, size, has_script
):
    context = new_context(viewport=size, java_script_enabled=has_script)
    owner = come_as_guest(context)
    practised(owner)
    page = watched(context.new_page())
    page.goto("/")
    page.get_by_text("Set the date of your interview").click()
    day = (database_now() + timedelta(days=9)).date()
    page.get_by_label("Date of your interview", exact=True).fill(day.isoformat())
    page.get_by_role("button", name="Set the date").click()
    expect(page.get_by_text("9 days left: 10 questions due before it")).to_have_count(1)
    page.wait_for_load_state()  # with its style sheets

    button = page.get_by_role("button", name="Practise 4 weak questions")
    points = [page.get_by_text(f"{LONG_POINT}, {n}.") for n in range(3)]
    for shown in (button, page.get_by_role("link", name="questions due today"), *points):
        box = shown.bounding_box()
        assert box["y"] + box["height"] <= size["height"], shown
    assert page.locator("main .btn.primary").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]

    button.click()
    on = Attempt.objects.running().get()
    assert (on.practice.source, on.practice.owner) == ("missed", owner)
    if has_script:
        on_question(page, 1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("(0)")
    assert page.problems == []


def test_a_stranger_starts_from_one_button_above_the_fold(new_context, size):
    interview_of(2, name="ML: screening", seconds_each=450)
    page = watched(new_context(viewport=size).new_page())
    page.goto("/")
    button = page.get_by_role("link", name="Start a 15-minute screening")
    box = button.bounding_box()
    assert box["y"] + box["height"] <= size["height"]
    assert page.locator("main .btn.primary").count() == 1
    button.click()
    page.get_by_role("button", name="Start interview").click()
    on_question(page, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("is_running", [False, True], ids=["idle", "running"])
def test_no_rule_of_axe_is_broken_with_data(new_context, width, scheme, is_running):
    size = {"width": width, "height": 844}
    context = new_context(bypass_csp=True, viewport=size, color_scheme=scheme)
    owner = come_as_user(context, UserFactory())
    practised(owner)
    if is_running:
        attempt_of(owner)
    page = watched(context.new_page())
    page.goto("/")
    page.get_by_text("Set the date of your interview").click()
    assert broken(page) == {}
    page.get_by_label("Date of your interview", exact=True).fill("2001-01-01")
    page.locator("form[action='/interview-date/']").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Set the date").click()
    expect(page.get_by_text("This day is over")).to_be_visible()
    assert broken(page) == {}


def test_the_calendar_file_is_a_download(new_context):
    context = new_context()
    practised(come_as_user(context, UserFactory()))
    page = watched(context.new_page())
    page.goto("/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Reminders for your calendar").click()
    assert download.value.suggested_filename == "interview-practice.ics"
    assert page.problems == []
