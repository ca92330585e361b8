"""Practice in a browser: by keyboard alone, without scripts, and where presses repeat."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from attempts.models import Answer, Attempt, Practice
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.browser.steps import box, buttons_act, come_as_guest, eventually, ready
from tests.factories import published_question

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scorer")]


def due_questions(page, count: int) -> list[int]:
    """Questions that are due for the visitor, in the order in which they are asked."""
    owner, now = come_as_guest(page.context), database_now()
    return [
        answered(owner, "0.5", at=now - timedelta(days=20 - number)).version.question_id
        for number in range(count)
    ]


def press_by_keyboard(page, name: str, key: str = "Enter", role: str = "button") -> None:
    """Go to the control by Tab as somebody without a mouse does, and press a key there."""
    control = page.get_by_role(role, name=name).first
    expect(control).to_be_visible()
    for _ in range(80):
        if control.evaluate("element => element === document.activeElement"):
            buttons_act(page)
            return page.keyboard.press(key)
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name!r}")


def feedback_shown(page) -> None:
    page.wait_for_url("**/review/")
    expect(page.locator("html.scripted")).to_be_attached()
    buttons_act(page)


def answer_this(page) -> None:
    """Answer the question that the room shows. The feedback comes."""
    ready(page)
    box(page).fill("Something.")
    buttons_act(page)
    page.get_by_role("button", name="Submit answer").click()
    feedback_shown(page)


def test_a_practice_of_three_questions_by_keyboard_alone(page):
    ids = due_questions(page, 3)
    page.goto("/practice/")
    press_by_keyboard(page, "About 10 minutes", "ArrowDown", role="radio")
    expect(page.get_by_label("At most 10 questions")).to_be_checked()
    press_by_keyboard(page, "Practise what is due")
    for number in (1, 2, 3):
        ready(page)
        expect(page.locator("#clock")).to_contain_text(f"question {number} of 3")
        expect(box(page)).to_be_focused()
        page.keyboard.type("I would measure it.")
        buttons_act(page)
        page.keyboard.press("Control+Enter")  # asks nothing: a question comes again
        feedback_shown(page)
        if number < 3:
            page.keyboard.press("n")
    expect(page.locator("#summary tbody tr")).to_have_count(3)
    expect(page.locator("[data-next]")).to_have_count(0)
    attempts = Practice.objects.get().attempts.order_by("number")
    assert list(attempts.values_list("answers__version__question", flat=True)) == ids


def test_n_is_a_letter_while_somebody_types_and_is_off_with_the_shortcuts(page):
    due_questions(page, 2)
    page.goto("/practice/")
    page.get_by_role("button", name="Practise what is due").click()
    answer_this(page)
    address = page.url
    page.get_by_text("Report a problem").click()
    page.get_by_label("In your words").fill("")
    page.get_by_label("In your words").press("n")
    expect(page.get_by_label("In your words")).to_have_value("n")
    page.evaluate("localStorage.setItem('option:shortcuts', 'off')")
    page.locator("h1").click()
    page.keyboard.press("n")
    page.evaluate("localStorage.removeItem('option:shortcuts')")
    page.keyboard.press("Alt+n")
    page.wait_for_timeout(300)
    assert page.url == address
    page.keyboard.press("n")
    ready(page)
    assert Attempt.objects.exclude(practice=None).count() == 2


def test_a_double_press_and_a_second_tab_ask_one_question(page):
    due_questions(page, 3)
    page.goto("/practice/")
    page.get_by_role("button", name="Practise what is due").dblclick()
    answer_this(page)
    other = page.context.new_page()
    other.goto(page.url)
    feedback_shown(other)
    page.locator("[data-next]").dblclick()
    ready(page)
    other.locator("[data-next]").click()
    ready(other)
    assert other.url == page.url
    assert Practice.objects.count() == 1
    assert Attempt.objects.exclude(practice=None).count() == 2


def test_back_after_next_leads_on_to_the_same_question(page):
    due_questions(page, 2)
    page.goto("/practice/")
    page.get_by_role("button", name="Practise what is due").click()
    answer_this(page)
    feedback = page.url
    page.locator("[data-next]").click()
    ready(page)
    second = page.url
    page.go_back()
    expect(page).to_have_url(feedback)
    feedback_shown(page)
    page.locator("[data-next]").click()
    ready(page)
    assert page.url == second


def test_a_tick_changes_the_share_and_when_it_is_due(page):
    come_as_guest(page.context)
    question = published_question()
    page.goto("/practice/")
    page.get_by_role("button", name=f"Practise {question.topic.name}").click()
    answer_this(page)
    boxes = page.get_by_role("checkbox")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    expect(page.locator("#score")).to_contain_text("100 %")
    expect(page.locator("#score")).to_contain_text("due in")
    eventually(page, lambda: Answer.objects.get().share, 1)


def test_without_scripts_every_step_is_a_plain_form(new_context):
    page = new_context(java_script_enabled=False).new_page()
    ids = due_questions(page, 2)
    page.goto("/practice/")
    page.get_by_label("Without a clock").check()
    page.get_by_role("button", name="Practise what is due").click()
    box(page).fill("The first answer.")
    page.get_by_role("button", name="Submit answer").click()
    page.wait_for_url("**/review/")
    marks = page.locator("#marks-1")
    marks.get_by_label("The first idea.").check()
    marks.get_by_label("The second idea.").check()
    marks.get_by_role("button", name="Save ticks").click()
    expect(page.locator("#score")).to_contain_text("100 %")
    page.get_by_role("button", name="Next question (2 of 2)").first.click()
    page.get_by_role("button", name="Leave practice").click()
    page.get_by_role("button", name="Leave practice").click()
    expect(page.locator("#summary tbody tr")).to_have_count(2)
    asked = Attempt.objects.exclude(practice=None).order_by("number")
    assert [attempt.answers.get().version.question_id for attempt in asked] == ids
    assert all(attempt.untimed for attempt in asked)
