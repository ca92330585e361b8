"""A candidate ticks a point that was not found, and shows which words say it."""

import pytest
from playwright.sync_api import expect

from attempts.models import Answer, SaidHere
from tests.attempts.marking.answers import answered
from tests.browser.conftest import watched
from tests.browser.steps import come_as_user, eventually, hold

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Git records every change in the history.\nI like tea. We work on branches."
BRANCHES = "We work on branches."


@pytest.fixture
def answer():
    """The first of two points is found, and the second is not."""
    found = {"confidence": 0.9, "text": "Git records every change in the history."}
    return answered(
        TEXT,
        suggested=[True, False],
        evidence=[found, {"confidence": 0.1, "text": None}],
        engine="test-1",
        share="0.5",
    )


def open_result(page, answer) -> None:
    come_as_user(page.context, answer.attempt.user)
    page.goto(answer.attempt.get_absolute_url())


def shown() -> list[tuple[int, str]]:
    return list(SaidHere.objects.values_list("point", "words"))


def second_point(page):
    return page.get_by_role("listitem").filter(has_text="Several people can work").first


def select(page, words: str) -> None:
    """Select these words in the answer, as with a mouse."""
    page.locator(".written").evaluate(
        """(written, words) => {
            const walker = document.createTreeWalker(written, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const start = walker.currentNode.data.indexOf(words);
                if (start < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, start);
                range.setEnd(walker.currentNode, start + words.length);
                getSelection().removeAllRanges();
                return getSelection().addRange(range);
            }
            throw new Error("no such words");
        }""",
        words,
    )


def test_a_press_on_a_sentence(page, answer):
    open_result(page, answer)
    point = second_point(page)
    expect(point.get_by_text("I did say this")).to_have_count(0)
    point.get_by_role("checkbox").check()
    point.get_by_text("I did say this", exact=True).click()
    point.get_by_role("button", name=BRANCHES).click()
    expect(point).to_contain_text("shown by you")
    expect(point.get_by_text("shown by you")).to_be_visible()
    expect(point.locator(".said p").first).to_be_focused()
    expect(page.locator(".written mark")).to_have_count(2)
    expect(page.locator(".written mark").last).to_contain_text(BRANCHES)
    assert shown() == [(1, BRANCHES)]

    point.get_by_role("checkbox").uncheck()
    expect(page.locator(".written mark")).to_have_count(1)
    expect(point).not_to_contain_text("shown by you")
    assert shown() == []


def test_words_that_are_selected_before_the_point_is_ticked(page, answer):
    open_result(page, answer)
    select(page, "work on branches")
    point = second_point(page)
    expect(point.get_by_role("button")).to_have_count(0)
    point.get_by_role("checkbox").check()
    point.get_by_role("button", name="I said it here: work on branches").click()
    expect(point).to_contain_text("Marked in your answer, shown by you")
    expect(page.locator("mark").last).to_contain_text("work on branches")
    expect(point.get_by_role("button", name="I said it here: ")).to_have_count(0)
    select(page, "like tea")
    point.get_by_role("button", name="I said it here: like tea").click()
    expect(point).to_contain_text("shown by you")
    expect(page.locator("mark").filter(has_text="like tea")).to_have_count(1)
    assert shown() == [(1, "like tea")]


def test_a_selection_over_a_marked_part_leaves_out_the_numbers(page, answer):
    open_result(page, answer)
    second_point(page).get_by_role("checkbox").check()
    expect(second_point(page)).to_contain_text("added by you")  # the answer is shown anew
    page.locator(".written").evaluate("written => getSelection().selectAllChildren(written)")
    button = second_point(page).get_by_role("button", name="I said it here: Git")
    button.click()
    expect(second_point(page)).to_contain_text("shown by you")
    assert shown() == [(1, TEXT)]


def test_words_that_are_refused_are_said_to_be_beside_the_point(page, answer):
    open_result(page, answer)
    point = second_point(page)
    point.get_by_role("checkbox").check()
    point.get_by_text("I did say this", exact=True).click()
    Answer.objects.update(text="Something else.")
    point.get_by_role("button", name=BRANCHES).click()
    expect(point.locator(".refused")).to_be_focused()
    assert shown() == []
    page.problems.clear()  # the console lists the refused request


def test_a_press_is_not_lost_between_ticks_that_are_on_their_way(page, answer):
    open_result(page, answer)
    point = second_point(page)
    point.get_by_role("checkbox").check()
    point.get_by_text("I did say this", exact=True).click()
    held = hold(page, "**/review/*/", times=1)
    page.get_by_label("Every change").uncheck()
    eventually(page, lambda: len(held), 1)
    point.get_by_role("button", name=BRANCHES).click()
    page.get_by_label("Every change").check()
    held[0].continue_()
    expect(point).to_contain_text("shown by you")
    expect(page.locator(".big")).to_have_text("100 / 100")
    eventually(page, lambda: Answer.objects.get().confirmed, [True, True])
    assert shown() == [(1, BRANCHES)]


def test_without_scripts_a_sentence_is_pressed_too(new_context, answer):
    page = watched(new_context(java_script_enabled=False).new_page())
    open_result(page, answer)
    second_point(page).get_by_role("checkbox").check()
    page.get_by_role("button", name="Save ticks").click()
    point = second_point(page)
    point.get_by_text("I did say this", exact=True).click()
    point.get_by_role("button", name=BRANCHES).click()
    expect(second_point(page)).to_contain_text("Marked in your answer, shown by you")
    expect(page.locator(".written mark").last).to_contain_text(BRANCHES)
    assert shown() == [(1, BRANCHES)]


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_on_a_tick_saves_the_ticks_and_shows_no_words(new_context, answer, scripts):
    answer.confirmed = [True, True]
    answer.save()
    page = watched(new_context(java_script_enabled=scripts).new_page())
    open_result(page, answer)
    page.locator("details.answer").evaluate("details => { details.open = true; }")
    box = second_point(page).get_by_role("checkbox")
    box.uncheck()
    box.press("Enter")
    eventually(page, lambda: Answer.objects.get().confirmed, [True, False])
    assert shown() == []
