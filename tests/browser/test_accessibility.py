"""Names, keys, focus and sizes, which people with assistive technology or small screens rely on."""

import re

import pytest
from playwright.sync_api import expect

from questions.models import Timing
from tests.browser.steps import (
    attempt_of,
    box,
    buttons_act,
    come_as_guest,
    eventually,
    on_question,
    press,
    ready,
    start_as_guest,
)
from tests.factories import AnswerFactory, AttemptFactory, interview_of

pytestmark = pytest.mark.django_db(transaction=True)


LONG = "Explain what_happens_when_one_very_long_identifier_without_any_break_meets_a_small_screen."


def test_the_names_that_stay(page):
    interview = interview_of(2, timing=Timing.TOTAL)
    page.goto(interview.get_absolute_url())
    press(page, "Start interview")

    prompt = interview.slots.first().question.current_version.prompt
    expect(page.get_by_role("heading", level=1)).to_have_text(prompt)
    expect(page.get_by_role("textbox", name="Your answer")).to_be_visible()
    expect(page.get_by_role("timer", name="Time left")).to_be_visible()
    for name in ("Submit answer", "Skip", "Flag", "Finish interview"):
        expect(page.get_by_role("button", name=re.compile(f"^{name}"))).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name="Resume")).to_be_visible()
    expect(page.get_by_role("link", name="My attempts")).to_be_visible()


def test_an_interview_by_keyboard_alone(page):
    page.goto(interview_of(2).get_absolute_url())
    tab_to(page, page.get_by_role("button", name="Start interview"))
    page.keyboard.press("Enter")
    ready(page)
    expect(box(page)).to_be_focused()

    page.keyboard.type("typed at once")
    tab_to(page, page.get_by_role("button", name="Flag", exact=True))
    buttons_act(page)
    page.keyboard.press("Space")
    flag = page.get_by_role("button", name="Flag", exact=True)
    expect(flag).to_have_attribute("aria-pressed", "true")
    expect(flag).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Submit answer"))
    buttons_act(page)
    page.keyboard.press("Enter")

    on_question(page, 2)
    expect(box(page)).to_be_focused()
    page.keyboard.type("and on")
    page.keyboard.press("Control+Enter")
    buttons_act(page)
    page.keyboard.press("Enter")  # yes, it cannot be undone
    expect(page).to_have_url(re.compile("/review/$"))
    tab_to(page, page.locator("#answer-1 > summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#marks-1").get_by_label("The first idea."))
    page.keyboard.press("Space")
    expect(page.locator(".big")).to_have_text("25 / 100")
    expect(page.locator("#marks-1").get_by_label("The first idea.")).to_be_focused()


def tab_to(page, element):
    """Press Tab until the element has the focus; fail if it never gets it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {element}")


def test_dialogs_take_the_focus_and_give_it_back(page):
    start_as_guest(page)
    press(page, "Options")
    dialog = page.get_by_role("dialog", name="Options and shortcuts")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("Announce time left")).to_be_visible()

    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Options")).to_be_focused()


def test_moving_on_brings_the_focus_into_the_box(page):
    attempt = start_as_guest(page, timing=Timing.TOTAL)
    expect(box(page)).to_be_focused()
    page.get_by_role("button", name=re.compile("^Question 2")).click()
    on_question(page, 2)
    expect(box(page)).to_be_focused()
    press(page, "Finish interview")
    page.get_by_role("link", name="Go back to question 2").click()
    ready(page)
    expect(box(page)).to_be_focused()
    assert attempt.is_running


TOO_SMALL = """() => [...document.querySelectorAll("a, button, summary, select, input, textarea")]
    .filter(element => element.checkVisibility() && !element.closest("p, li .prose"))
    .map(element => [(element.closest("label") ?? element), element])
    .map(([target, element]) => [target.getBoundingClientRect(), element])
    .filter(([{width, height}]) => width > 1 && (width < 43.5 || height < 43.5))
    .map(([{width, height}, element]) => `${element.outerHTML.slice(0, 80)}: ${width} × ${height}`)
"""


@pytest.mark.parametrize("timing", Timing.values)
def test_targets_in_the_room_have_44_pixels_on_a_phone(new_context, timing):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    attempt = start_as_guest(page, timing=timing, questions=3)

    eventually(page, lambda: page.evaluate(TOO_SMALL), [])
    press(page, "Options")
    eventually(page, lambda: page.evaluate(TOO_SMALL), [])
    press(page, "Done")
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    eventually(page, lambda: page.evaluate(TOO_SMALL), [])
    assert attempt.is_running


def test_no_page_scrolls_sideways_at_320_pixels(new_context):
    context = new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    owner = come_as_guest(context)
    attempt = attempt_of(owner, questions=24, timing=Timing.TOTAL)
    ended = AttemptFactory(user=None, guest_key=owner.guest_key, finished=True)
    AnswerFactory(attempt=ended, position=1, written=True, closed=True, text=LONG * 3)

    pages = ["/", interview_of(2).get_absolute_url(), "/attempts/"]
    pages += [f"/attempts/{attempt.pk}/{place}" for place in ("", "finish/", "discard/")]
    pages += [f"/attempts/{ended.pk}/review/", "/no-such-page/"]
    pages += [f"/accounts/{place}/" for place in ("login", "signup", "password/reset")]
    for path in pages:
        page.goto(path)
        assert (path, sideways(page)) == (path, 0)


def sideways(page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def test_every_page_has_one_heading_level_1_and_its_fields_have_names(new_context):
    context = new_context()
    page = context.new_page()
    attempt = attempt_of(come_as_guest(context))
    pages = ["/", "/attempts/", "/accounts/login/", "/accounts/signup/"]
    pages += [f"/attempts/{attempt.pk}/{place}" for place in ("", "finish/", "discard/")]
    for path in pages:
        page.goto(path)
        assert (path, page.locator("h1").count()) == (path, 1)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
            .filter(field => !field.labels?.length && !field.ariaLabel).map(f => f.name)"""
        )
        assert (path, nameless) == (path, [])


def test_hazard_21_the_page_holds_no_model_answer_before_the_end(page):
    attempt = start_as_guest(page, questions=2)
    secrets = ("What is true.", "What to stress.", "I would say", "The first idea.")
    for _ in range(2):
        assert not [secret for secret in secrets if secret in page.content()]
        press(page, "Skip")
        page.wait_for_load_state()
    expect(page).to_have_url(re.compile("/review/$"))
    assert [secret for secret in secrets if secret not in page.content()] == []
    attempt.refresh_from_db()
    assert attempt.state == "submitted"


def test_hazard_18_the_room_of_somebody_else_is_not_there(new_context):
    attempt = attempt_of(come_as_guest(new_context()))
    context = new_context()
    come_as_guest(context)
    page = context.new_page()
    for place in ("", "review/", "finish/", "discard/", "clock/"):
        assert page.goto(f"/attempts/{attempt.pk}/{place}").status == 404


def test_hazard_26_markup_in_an_answer_is_text(page):
    attempt = start_as_guest(page, questions=1)
    text = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7|add:1 }}\n\n<svg onload=x>"
    page.on("dialog", lambda dialog: page.problems.append(dialog.message))
    box(page).fill(text)
    press(page, "Submit answer")
    expect(page).to_have_url(re.compile("/review/$"))
    written = page.locator(".written").first
    written.locator("sup").evaluate_all("marks => marks.forEach((mark) => mark.remove())")
    assert written.inner_text() == text
    assert attempt.answers.get().text == text


def test_hazard_25_line_ends_tabs_and_leading_newlines_come_back_unchanged(page):
    start_as_guest(page)
    text = "\n\n\tdef f():\n\t\treturn 1  \n   \n"
    box(page).fill(text)
    box(page).blur()
    expect(page.locator("#save-status")).to_have_attribute("data-state", "saved")
    for _ in range(2):
        page.reload()
        ready(page)
        assert box(page).input_value() == text
