"""An interview of one's own, put together by keyboard, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt, OwnInterview
from tests.browser.steps import press, ready
from tests.factories import TopicFactory, interview_of, published_question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/own-interviews/"


@pytest.fixture
def topic():
    topic = TopicFactory(name="Model quality")
    for _ in range(3):
        published_question(topic, seconds=60)
    other = TopicFactory(name="Reproducibility")
    for _ in range(2):
        published_question(other, seconds=120)
    return topic


def until_focus_is_on(page, locator) -> None:
    for _ in range(40):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")


def test_by_keyboard_the_number_follows_and_the_interview_starts(page, topic):
    page.goto(ADDRESS)
    number = page.get_by_role("status").filter(has_text="match")
    expect(number).to_contain_text("5 questions match")
    until_focus_is_on(page, page.get_by_role("checkbox", name="Model quality"))
    page.keyboard.press("Space")
    expect(number).to_contain_text("Only 3 match")
    until_focus_is_on(page, page.get_by_role("spinbutton", name="Number of questions"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3")
    expect(number).to_contain_text("3 questions match")
    page.keyboard.press("Enter")  # in a box it must not start the clock
    expect(page.get_by_role("heading", level=1)).to_have_text("Build my own interview")
    assert not Attempt.objects.exists()
    box = page.get_by_role("spinbutton", name="Number of questions")
    until_focus_is_on(page, box)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    expect(number).to_contain_text("2 questions take 2 min")
    until_focus_is_on(page, page.get_by_role("button", name="Start interview"))
    page.keyboard.press("Enter")
    ready(page)
    assert Attempt.objects.get().answers.count() == 2


def test_the_box_of_a_clock_is_there_only_with_that_clock(page, topic):
    page.goto(ADDRESS)
    seconds, minutes = page.get_by_label("Seconds for each"), page.get_by_label("Minutes for all")
    expect(seconds).to_be_hidden()
    expect(minutes).to_be_hidden()
    page.get_by_label("One clock for all questions").check()
    expect(minutes).to_be_visible()
    minutes.fill("0")
    page.get_by_label("The same time for each question").check()
    expect(minutes).to_be_hidden()
    seconds.fill("90")
    expect(page.locator("#matching")).to_contain_text("7 min 30 s")
    page.get_by_label("Number of questions").fill("9")
    press(page, "Start interview")
    expect(page.get_by_text("choose fewer questions or more topics").first).to_be_visible()
    page.problems.clear()  # the console lists the 409


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_it_is_counted_saved_changed_repeated_and_deleted(new_context, topic, scripts):
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(ADDRESS)
    page.get_by_role("checkbox", name="Model quality").check()
    page.get_by_label("Number of questions").fill("2")
    if not scripts:
        page.get_by_role("button", name="Show how many match").click()
    expect(page.locator("#matching")).to_contain_text("3 questions match")
    page.get_by_label("Name").fill("Before Friday")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before Friday")
    page.get_by_role("link", name="Change or rename").click()
    expect(page.get_by_role("checkbox", name="Model quality")).to_be_checked()
    page.get_by_label("Name").fill("Before Monday")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before Monday")
    page.goto("/")
    page.get_by_role("link", name="Before Monday").click()
    page.get_by_role("button", name="Start interview").click()
    expect(page.get_by_role("textbox", name="Your answer")).to_be_visible()
    assert Attempt.objects.get().own_interview == OwnInterview.objects.get()
    page.goto(OwnInterview.objects.get().get_absolute_url())
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Build my own interview")
    assert not OwnInterview.objects.exists()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_to_expect_follows_the_choice_of_what_comes_first(new_context, topic, scripts):
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(interview_of(1, timing="total").get_absolute_url())
    page.get_by_role("button", name="Start interview").click()
    page.get_by_role("button", name="Finish interview").click()
    finish = page.get_by_role("button", name="Finish interview")
    finish.last.click()
    expect(page.get_by_role("link", name="My attempts").last).to_be_visible()
    drawn = interview_of(1, timing="total")
    drawn.slots.create(position=2)
    page.goto(drawn.get_absolute_url())
    unseen = page.get_by_text("You get questions you have not seen first.")
    weak = page.get_by_text("You get your weak questions first.")
    expect(unseen).to_be_visible()
    expect(weak).to_be_hidden()
    page.get_by_label("My weak questions").check()
    expect(weak).to_be_visible()
    expect(unseen).to_be_hidden()
