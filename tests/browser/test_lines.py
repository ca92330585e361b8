"""What is read as one stands in one line, also where the window is narrow."""

import pytest

from tests.attempts.marking.answers import answered
from tests.browser.steps import box, come_as_user, in_state, start_as_guest

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
# In how many lines the element's first text stands.
LINES = """(element) => {
    const range = document.createRange();
    range.selectNodeContents([...element.childNodes].find((node) => node.data?.trim()));
    return range.getClientRects().length;
}"""


def top(locator) -> float:
    return locator.bounding_box()["y"]


@pytest.mark.parametrize("window", [PHONE, {"width": 1280, "height": 800}])
def test_what_the_status_says_stands_beside_its_sign(page, window):
    page.set_viewport_size(window)
    start_as_guest(page)
    page.context.set_offline(True)
    box(page).press_sequentially("typed")
    in_state(page, "offline")
    line = page.locator("#save-status")
    assert top(line.locator("[data-says]")) - top(line) < 5
    page.problems.clear()


@pytest.mark.parametrize("window", [PHONE, {"width": 1280, "height": 800}])
def test_the_two_buttons_of_an_interview_in_progress_stand_side_by_side(page, window):
    page.set_viewport_size(window)
    start_as_guest(page, timing="total")
    page.goto("/")
    resume, discard = (page.get_by_role("link", name=name) for name in ("Resume", "Discard"))
    for words in range(5, 40):  # however long the name of the interview is
        page.locator(".resume > p").evaluate(
            "(p, words) => { p.textContent = words }", "word " * words
        )
        assert top(resume) == top(discard), words


def test_the_offer_of_the_words_that_are_selected_is_read_as_a_sentence(page):
    answer = answered("We work on branches. " * 6, suggested=[False, False], engine="test-1")
    page.set_viewport_size(PHONE)
    come_as_user(page.context, answer.attempt.user)
    page.goto(answer.attempt.get_absolute_url())
    page.get_by_role("checkbox").first.check()
    page.locator("button.selection").first.wait_for(state="attached")
    page.locator(f"#written-{answer.position}").select_text()
    offer = page.locator("button.selection:visible").first
    offer.wait_for()
    assert offer.evaluate(LINES) == 1
