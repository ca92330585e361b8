"""The same interview where scripts are off: every step is a plain form or a link."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt
from tests.browser.steps import (
    answer,
    box,
    open_answers,
    pass_time,
    press,
    text_of,
)
from tests.factories import interview_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scorer")]


@pytest.fixture
def page(new_context):
    return new_context(java_script_enabled=False).new_page()


def start(page, **interview) -> Attempt:
    page.goto(interview_of(**interview).get_absolute_url())
    press(page, "Start interview")
    expect(box(page)).to_be_visible()
    return Attempt.objects.get()


def score_everything(page):
    """Tick the first point of each answer and no other, whatever is suggested; and save."""
    for position in (1, 2):
        open_answers(page, position)
        marks = page.locator(f"#marks-{position}")
        marks.get_by_label("The first idea.").check()
        marks.get_by_label("The second idea.").uncheck()
        marks.get_by_role("button", name="Save ticks").click()


def test_per_question_timing_from_start_to_score(page):
    """Hazard 9 too: the server closes the second question's clock without the page's help."""
    attempt = start(page, questions=3)
    assert "Without JavaScript, your text is saved when you press" in page.content()
    expect(page.get_by_role("timer", name="Time left")).to_have_text(re.compile("^(1:00|0:5.)$"))

    box(page).fill("the first answer")
    press(page, "Flag")
    expect(box(page)).to_have_value("the first answer")
    press(page, "Submit answer")
    expect(page.get_by_text("Question 2 of 3")).to_be_visible()
    box(page).fill("the second answer")
    pass_time(attempt, 65)
    press(page, "Submit answer")
    expect(page.get_by_text("Question 3 of 3")).to_be_visible()
    expect(page.get_by_text("Time ran out on question 2.")).to_be_visible()
    page.reload()
    press(page, "Skip")

    expect(page.get_by_text("2 of 3 answered, 1 ran out of time.")).to_be_visible()
    assert [text_of(attempt, n) for n in (1, 2, 3)] == ["the first answer", "the second answer", ""]
    assert answer(attempt).flagged
    expect(page.get_by_text("Please check 2 answers.")).to_be_visible()
    score_everything(page)
    expect(page.locator(".big")).to_have_text("33 / 100")
    open_answers(page, 3)
    page.locator("#answer-3").get_by_text("Model answer, how to answer, example").click()
    expect(page.locator("#answer-3 .strong-answer .prose").last).to_be_visible()


def test_one_clock_for_all_from_start_to_score(page):
    attempt = start(page, questions=3, timing="total")

    box(page).fill("one")
    page.get_by_role("button", name=re.compile("^Question 3, ")).click()
    expect(page.get_by_text("Question 3 of 3")).to_be_visible()
    press(page, "Flag")
    page.get_by_role("button", name=re.compile("^Question 2, ")).click()
    box(page).fill("two")
    press(page, "Finish interview")

    expect(page.get_by_role("heading", level=1, name="Ready to finish?")).to_be_visible()
    expect(page.get_by_text("1 question has no answer yet")).to_be_visible()
    page.get_by_role("button", name=answer(attempt, 1).version.prompt).click()
    expect(box(page)).to_have_value("one")
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page.get_by_text("2 of 3 answered.")).to_be_visible()
    score_everything(page)
    expect(page.locator(".big")).to_have_text("33 / 100")


def test_more_time_and_giving_up_on_a_text_that_is_too_long(page):
    attempt = start(page, questions=1)
    box(page).fill("x" * 20_001)
    press(page, "5 more minutes")
    expect(page.get_by_text("at most 20,000 characters")).to_be_visible()
    assert len(box(page).input_value()) == 20_001

    box(page).fill("short")
    press(page, "5 more minutes")
    expect(page.get_by_role("timer", name="Time left")).to_have_text("6 min")
    expect(box(page)).to_have_value("short")
    assert attempt.added_times.count() == 1


def test_hazard_17_logged_out_the_text_is_handed_back(page):
    attempt = start(page, questions=2)
    page.context.clear_cookies(name="sessionid")
    box(page).fill("do not lose me")
    press(page, "Submit answer")

    expect(page.get_by_role("heading", name="You are logged out")).to_be_visible()
    expect(box(page)).to_have_value("do not lose me")
    assert text_of(attempt) == ""


def test_hazard_20_a_token_that_is_out_of_date_costs_one_more_press(page):
    attempt = start(page, questions=2)
    page.context.clear_cookies(name="csrftoken")
    box(page).fill("send me again")
    press(page, "Submit answer")

    expect(page.get_by_role("heading", name="Please send it once more")).to_be_visible()
    expect(box(page)).to_have_value("send me again")
    press(page, "Send again")
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    assert text_of(attempt) == "send me again"


def test_two_tabs_without_scripts_the_second_one_is_asked(page):
    attempt = start(page, questions=2, timing="total")
    second = page.context.new_page()
    second.goto(page.url)
    box(page).fill("from the first")
    press(page, "Submit answer")

    box(second).fill("from the second")
    press(second, "Submit answer")
    expect(second.get_by_role("heading", name="This answer was changed in")).to_be_visible()
    expect(second.get_by_text("from the first")).to_be_visible()
    press(second, "Keep the text in the box")

    expect(second.get_by_text("Question 2 of 2")).to_be_visible()
    assert text_of(attempt) == "from the second"
    assert list(answer(attempt).kept_texts.values_list("text", flat=True)) == [
        "from the second",
        "from the first",
    ]
