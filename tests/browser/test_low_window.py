"""A phone on its side, also with its keyboard: clock and question stay in sight while one types."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from questions.models import Timing
from tests.browser.conftest import watched
from tests.browser.steps import (
    answer,
    attempt_of,
    box,
    buttons_act,
    come_as_guest,
    enter,
    press,
    saved,
    start_as_guest,
)
from tests.factories import published_question

pytestmark = pytest.mark.django_db(transaction=True)

both = pytest.mark.parametrize("timing", [Timing.PER_QUESTION, Timing.TOTAL])
LOW = {"phone": (844, 390), "with its keyboard": (844, 200), "upright, with it": (390, 450)}
LINES = "\n".join(f"Idea number {number}, said in a line." for number in range(1, 40))
PROMPT = """What does this program do wrong, and how would you find out?

It runs every night.

```python
def train(rows, model, epochs, learning_rate, callbacks=(), verbose=False, seed=None):
    for epoch in range(epochs):
        for row in rows:
            model.step(row, learning_rate)
        save(model)
```

""" + "\n\n".join(f"Remark {number}: the data come from another team." for number in range(1, 9))


def sees(page, selector: str) -> float:
    """What part of the element's height is in the window and not behind anything."""
    return page.evaluate(
        """(selector) => {
            const element = document.querySelector(selector);
            const { left, top, width, height } = element.getBoundingClientRect();
            const isSeen = (part) => {
                const at = document.elementFromPoint(left + width / 2, top + height * part);
                return at !== null && (element.contains(at) || at === element);
            };
            const parts = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
            return parts.filter(isSeen).length / parts.length;
        }""",
        selector,
    )


def caret_is_seen(page) -> bool:
    """Whether the last line of the box is in sight, in the box and in the window."""
    return page.evaluate(
        """() => {
            const box = document.querySelector("#answer");
            const { bottom } = box.getBoundingClientRect();
            const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 12;
            return isAtEnd && bottom <= innerHeight + 1;
        }"""
    )


@both
@pytest.mark.parametrize("size", LOW)
def test_clock_and_question_stay_in_sight_while_one_types(page, timing, size):
    start_as_guest(page, timing=timing, questions=5)
    width, height = LOW[size]
    page.set_viewport_size({"width": width, "height": height})

    box(page).press_sequentially(LINES[:200])
    box(page).fill(LINES)
    box(page).press("Control+End")
    page.keyboard.type(" And more.")

    assert sees(page, "[role=timer]") == 1
    assert sees(page, "#question") == 1
    assert sees(page, "#answer") > 0.9
    assert caret_is_seen(page)
    assert page.evaluate("document.querySelector('#answer').clientHeight") >= 60
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@both
def test_a_long_question_scrolls_by_itself(page, timing):
    owner = come_as_guest(page.context)
    attempt = attempt_of(owner, timing=timing)
    version = answer(attempt).version
    long = published_question(prompt=PROMPT).current_version
    attempt.answers.filter(version=version).update(version=long)
    enter(page, attempt)
    page.set_viewport_size({"width": 844, "height": 200})
    box(page).fill(LINES)
    box(page).press("Control+End")
    page.keyboard.type("!")

    strip = page.locator("#asked")
    assert strip.evaluate("(e) => e.scrollHeight > e.clientHeight * 2")
    assert page.evaluate("document.querySelector('#answer').clientHeight") >= 60
    assert sees(page, "#answer") > 0.9
    expect(strip).to_have_attribute("tabindex", "0")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('#asked') !== null")
    page.keyboard.press("End")
    expect(page.get_by_text("Remark 8")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(strip).not_to_have_attribute("tabindex", "0")


def test_what_comes_under_the_clock_covers_nothing(page):
    """The offer of more time makes the clock higher."""
    start_as_guest(page, timing=Timing.PER_QUESTION, questions=24, seconds_each=60)
    page.set_viewport_size({"width": 390, "height": 450})
    expect(page.get_by_role("button", name="5 more minutes")).to_be_visible()
    buttons_act(page)
    box(page).fill(LINES)
    box(page).press("Control+End")
    page.keyboard.type("!")
    page.wait_for_timeout(1_100)  # a button that is new takes no pointer for a second
    for selector in ("[role=timer]", "#question", "#more-time button"):
        assert sees(page, selector) == 1, selector


def test_a_keyboard_that_moves_what_is_seen_takes_the_clock_along(page):
    """As Safari does it: the window stays as high as it was."""
    start_as_guest(page)
    page.set_viewport_size({"width": 844, "height": 390})

    def clock_is_at(top: int, *, moved: int, scale: float) -> None:
        page.evaluate(
            """(values) => {
                for (const name in values) {
                    const property = { value: values[name], configurable: true };
                    Object.defineProperty(visualViewport, name, property);
                }
                visualViewport.dispatchEvent(new Event("scroll"));
            }""",
            {"offsetTop": moved, "scale": scale},
        )
        expect(page.locator("#clock")).to_have_css("top", f"{top}px")

    clock_is_at(120, moved=120, scale=1)
    clock_is_at(0, moved=0, scale=1)
    clock_is_at(0, moved=200, scale=2)  # made larger with two fingers


@pytest.mark.parametrize("size", [(390, 844), (390, 450), (844, 390)])
def test_the_clock_of_a_practice_is_one_row_on_a_phone(page, size):
    start_as_guest(page, questions=1)
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(
        "document.querySelector('.clock .meta').textContent = 'Practice · question 10 of 12'"
    )
    expect(page.locator("#navigator")).to_be_hidden()  # one question has no progress
    top, bottom = page.evaluate(
        """() => {
            const parts = document.querySelectorAll(".clock .row > *");
            const boxes = [...parts].filter((part) => part.checkVisibility());
            const middles = boxes.map((part) => {
                const { top, bottom } = part.getBoundingClientRect();
                return (top + bottom) / 2;
            });
            return [Math.min(...middles), Math.max(...middles)];
        }"""
    )
    assert bottom - top < 4


def test_dialogs_scroll_and_their_buttons_stay(page):
    start_as_guest(page)
    page.set_viewport_size({"width": 844, "height": 200})
    press(page, "Options")
    dialog = page.get_by_role("dialog")
    assert dialog.evaluate("(e) => e.getBoundingClientRect().height <= innerHeight")
    assert dialog.evaluate("(e) => e.scrollHeight > e.clientHeight")
    expect(dialog.get_by_role("button", name="Done")).to_be_in_viewport(ratio=1)
    last = dialog.get_by_label("Keep unsaved text in this browser")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    last.uncheck()
    press(page, "Done")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("touches", [True, False])
def test_fingers_are_told_of_no_keys(new_context, touches):
    size = {"width": 390, "height": 844}
    context = new_context(viewport=size, has_touch=touches, is_mobile=touches)
    page = watched(context.new_page())
    start_as_guest(page)
    press(page, "Options")
    keys = page.locator("kbd:visible")
    assert (keys.count() == 0) is touches
    expect(page.get_by_label("Use these shortcuts")).to_be_visible(visible=not touches)
    expect(page.get_by_role("dialog")).to_contain_text("Announce the time")
    assert page.problems == []


SIZES = {"1280": (1280, 800), "390": (390, 844), "844x390": (844, 390)}


@both
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_the_room_and_before_its_end(new_context, timing, scheme, size):
    width, height = SIZES[size]
    viewport = {"width": width, "height": height}
    page = watched(new_context(bypass_csp=True, viewport=viewport, color_scheme=scheme).new_page())
    attempt = attempt_of(come_as_guest(page.context), timing=timing, questions=3)
    long = published_question(prompt=PROMPT).current_version
    attempt.answers.filter(position=1).update(version=long)
    enter(page, attempt)
    box(page).fill(LINES)
    saved(page)
    press(page, "Fairly sure")
    expect(page.get_by_role("button", name="Fairly sure")).to_have_attribute("aria-pressed", "true")
    assert broken(page) == {}
    page.goto(f"/attempts/{attempt.pk}/finish/")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    assert broken(page) == {}


def broken(page) -> dict[str, list[str]]:
    violations = Axe().run(page).response["violations"]
    return {rule["id"]: [node["html"][:160] for node in rule["nodes"]] for rule in violations}
