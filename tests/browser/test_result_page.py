"""The result as somebody sees it first, opens it and prints it: with real texts, in a real size."""

import pytest
from playwright.sync_api import expect

from tests.browser.results import result_of_five
from tests.browser.steps import open_answers
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db(transaction=True)

TALLEST = 2_500
"""Pixels of a result of five short answers in a window 1280 wide, before anything is opened."""


def height(page) -> int:
    return page.evaluate("document.documentElement.scrollHeight")


def test_five_short_answers_fit_into_a_short_page(new_context):
    context = new_context(viewport={"width": 1280, "height": 900})
    attempt, page = result_of_five(context), context.new_page()
    page.goto(attempt.get_absolute_url())
    expect(page.locator("details[open]")).to_have_count(0)
    assert height(page) <= TALLEST
    lines = page.locator("details.answer > summary")
    assert [lines.nth(n).bounding_box()["height"] < 56 for n in range(5)] == [True] * 5
    expect(lines.first).to_contain_text("4")  # what is unsure comes first
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


@pytest.mark.parametrize("size", [(390, 844), (844, 390)], ids=["upright", "on its side"])
def test_the_first_screen_of_a_phone(new_context, size):
    context = new_context(viewport={"width": size[0], "height": size[1]})
    attempt, page = result_of_five(context), context.new_page()
    page.goto(attempt.get_absolute_url())
    expect(page.locator(".big")).to_be_in_viewport()
    expect(page.locator(".change")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Next time, say:")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_an_opened_answer_has_no_sentence_twice(page):
    attempt = result_of_five(page.context)
    page.goto(attempt.get_absolute_url())
    open_answers(page, 4)
    answer = page.locator("#answer-4")
    written = answer.locator(".written").inner_text()
    for evidence in [each["text"] for each in attempt.answers.get(position=4).evidence]:
        if evidence:
            assert answer.inner_text().count(evidence[:40]) <= 2  # once by us, once by the example
    expect(answer.locator("mark.perhaps, mark .perhaps")).not_to_have_count(0)
    assert written.count("?") >= 1


def test_the_keyboard_opens_an_answer_and_ticks_a_point(page):
    attempt = result_of_five(page.context)
    page.goto(attempt.get_absolute_url())
    page.locator("#answer-2 > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#marks-2 [type=checkbox]").first).to_be_focused()
    before = page.locator(".big").inner_text()
    page.keyboard.press("Space")
    expect(page.locator(".big")).not_to_have_text(before)
    expect(page.locator("#pill-2 i.made")).to_have_count(2)


def test_what_to_say_next_time_leads_to_its_answer(page):
    attempt = result_of_five(page.context)
    page.goto(attempt.get_absolute_url())
    page.locator("#next-time a").first.click()
    expect(page.locator("details.answer[open]")).to_have_count(1)
    expect(page.locator("details.answer[open] .points")).to_be_in_viewport()


# --- on paper -----------------------------------------------------------------------------------


def test_the_button_prints(page):
    attempt = result_of_five(page.context)
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(attempt.get_absolute_url())
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")


def test_on_paper_everything_is_open_and_nothing_is_to_be_pressed(page):
    attempt = result_of_five(page.context)
    page.goto(attempt.get_absolute_url())
    page.emulate_media(media="print")
    for position in range(1, 6):
        expect(page.locator(f"#written-{position}")).to_be_visible()
        expect(page.locator(f"#marks-{position} .points")).to_be_visible()
    for text in page.locator(".strong-answer .prose").all():
        expect(text).to_be_visible()
    for table in page.locator(".counts table").all():
        expect(table).to_be_visible()
    assert [b.inner_text() for b in page.locator("button, .btn").all() if b.is_visible()] == []
    expect(page.locator("#checked")).to_be_hidden()
    expect(page.locator(".result-of")).to_contain_text(attempt.interview_title)
    expect(page.locator(".result-of time")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_result_without_topics_in_common_fits_too(new_context):
    context = new_context(viewport={"width": 390, "height": 844})
    attempt, page = result_of_five(context), context.new_page()
    name = "Pneumonoultramicroscopicsilicovolcanoconiosis and others"
    for answer in attempt.answers.select_related("version__question"):
        answer.version.question.topic = TopicFactory(name=f"{name} {answer.position}")
        answer.version.question.save()
    page.goto(attempt.get_absolute_url())
    open_answers(page, 1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
