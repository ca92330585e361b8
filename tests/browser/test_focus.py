"""Where the focus is after a press, what is read out, and that the box is in view."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    SAVE,
    answer,
    box,
    buttons_act,
    eventually,
    expect_failures,
    in_state,
    on_question,
    press,
    ready,
    retrying,
    saved,
    start_as_guest,
)
from tests.factories import interview_of

pytestmark = pytest.mark.django_db(transaction=True)


NAMES = ["Submit answer", "Skip", "Finish interview", "Flag", "Question 2"]


def by_key(page, name, key="Enter"):
    """Press the button, once it acts."""
    button = page.get_by_role("button", name=re.compile(f"^{name}"))
    button.focus()
    expect(button).not_to_have_attribute("aria-disabled", "true")
    page.keyboard.press(key)


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize(
    "name", ["Submit answer", "Skip", "Finish interview", "Flag", "Question 2"]
)
def test_a_press_by_key_that_fails_keeps_the_focus(page, name, key):
    start_as_guest(page, timing="total", questions=3)
    box(page).fill("mine")
    addresses = re.compile("/(submit|skip|finish|flag|move)/$")
    page.route(addresses, lambda route: route.abort(), times=1)
    by_key(page, name, key)
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(f"^{name}"))).to_be_focused()
    expect_failures(page)


def test_a_text_that_is_refused_has_the_focus_and_its_reason(page):
    start_as_guest(page)
    box(page).fill("x" * 20_001)
    by_key(page, "Submit answer")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_accessible_description(re.compile("at most 20,000 characters"))
    expect_failures(page)


@pytest.mark.parametrize("timing", ["per_question", "total"])
def test_finish_by_key_leads_to_the_heading_of_a_page_with_a_title(page, timing):
    start_as_guest(page, timing=timing)
    by_key(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_focused()
    expect(page).to_have_title(re.compile("Ready to finish"))


def test_the_last_submit_by_key_leads_there_too(page):
    start_as_guest(page, timing="total", questions=1)
    box(page).fill("mine")
    by_key(page, "Submit answer")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_focused()


def test_submitting_nothing_by_key_leads_to_the_question_about_it(page):
    attempt = start_as_guest(page)
    by_key(page, "Submit answer")
    expect(page.get_by_role("heading", name="Skip this question?")).to_be_focused()
    page.get_by_role("link", name="Go back to question 1").click()
    ready(page)
    expect(box(page)).to_be_focused()
    by_key(page, "Submit answer")
    by_key(page, "Skip this question")
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    assert answer(attempt).closed_by == "skipped"


def test_the_clock_runs_on_while_it_is_asked_and_leads_on(page):
    attempt = start_as_guest(page, seconds_each=8)
    press(page, "Submit answer")
    expect(page.get_by_role("heading", name="Skip this question?")).to_be_visible()
    page.wait_for_url(f"**{attempt.get_absolute_url()}")
    on_question(page, 2)
    expect(box(page)).to_be_focused()  # nobody was typing on the page before


@pytest.mark.parametrize("timing", ["per_question", "total"])
def test_back_from_the_finish_leads_to_the_question(page, timing):
    page.goto(interview_of(2, timing=timing).get_absolute_url())
    press(page, "Start interview")
    ready(page)
    box(page).fill("mine")
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    page.go_back()
    on_question(page, 1)
    expect(box(page)).to_have_value("mine")
    page.go_forward()
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()


def test_a_flag_by_shortcut_leaves_the_focus_in_the_list_of_questions(page):
    start_as_guest(page, timing="total", questions=3)
    second = page.get_by_role("button", name=re.compile("^Question 2"))
    second.focus()
    buttons_act(page)
    page.keyboard.press("Alt+Shift+F")
    expect(page.locator("#flag")).to_have_attribute("aria-pressed", "true")
    expect(second).to_be_focused()


def test_back_from_the_question_whether_to_skip_leads_to_the_question(page):
    page.goto(interview_of(2).get_absolute_url())
    press(page, "Start interview")
    ready(page)
    press(page, "Submit answer")
    expect(page.get_by_role("heading", name="Skip this question?")).to_be_visible()
    page.go_back()
    on_question(page, 1)
    page.go_forward()
    expect(page.get_by_role("heading", name="Skip this question?")).to_be_visible()
    page.reload()
    press(page, "Skip this question")
    on_question(page, 2)


def test_time_that_runs_out_on_the_page_before_the_end_leads_to_the_next_question(page):
    attempt = start_as_guest(page, seconds_each=8)
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    page.wait_for_url(f"**{attempt.get_absolute_url()}")
    on_question(page, 2)


# --- what a screen reader hears -------------------------------------------------------------


def heard_from_now_on(page):
    """Returns a function that gives everything the page's polite region has said since."""
    page.evaluate("""() => {
        const region = document.getElementById("announcements");
        window.heard = [];
        new MutationObserver(() => region.textContent && window.heard.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
    }""")
    return lambda: page.evaluate("heard")


def test_a_failed_save_is_told_once_and_so_is_its_end(page):
    start_as_guest(page)
    heard = heard_from_now_on(page)
    page.route(SAVE, lambda route: route.abort(), times=3)
    box(page).press_sequentially("typed")
    retrying(page)
    saved(page)
    eventually(page, lambda: [words.split()[0] for words in heard()], ["Not", "Saved"])
    box(page).press_sequentially(" and on")
    page.wait_for_timeout(2_000)
    saved(page)
    assert len(heard()) == 2
    expect_failures(page)


def test_being_offline_is_told_once(page):
    start_as_guest(page)
    heard = heard_from_now_on(page)
    page.context.set_offline(True)
    in_state(page, "offline")
    box(page).press_sequentially("typed")
    box(page).blur()
    page.wait_for_timeout(4_000)
    assert [words.split(":")[0] for words in heard()] == ["Offline"]
    page.context.set_offline(False)
    saved(page)
    expect_failures(page)


def test_a_text_that_is_too_long_is_told_once(page):
    start_as_guest(page)
    heard = heard_from_now_on(page)
    box(page).fill("x" * 20_001)
    in_state(page, "too-long")
    box(page).press_sequentially("y")
    page.wait_for_timeout(2_500)
    assert len(heard()) == 1
    assert "at most 20,000 characters" in heard()[0]
    expect_failures(page)


def test_typing_and_saving_tells_nothing(page):
    start_as_guest(page)
    heard = heard_from_now_on(page)
    box(page).press_sequentially("typed")
    saved(page)
    assert heard() == []


# --- what is written, and how ---------------------------------------------------------------


def test_a_translator_leaves_the_timer_alone_and_the_timer_the_translator(page):
    start_as_guest(page, timing="total", seconds_each=1200)
    timer = page.get_by_role("timer", name="Time left")
    expect(timer).to_have_attribute("translate", "no")
    timer.evaluate("""timer => {
        window.writes = 0;
        timer.innerHTML = "<font>40 Minuten</font>";
        new MutationObserver((all) => { window.writes += all.length; }).observe(timer, {
            childList: true, characterData: true, subtree: true });
    }""")
    page.wait_for_timeout(1_500)
    assert page.evaluate("writes") == 0


@pytest.mark.parametrize("text", ["שלום", "hello"])
def test_the_box_and_the_question_run_in_the_direction_of_their_text(page, text):
    start_as_guest(page)
    box(page).fill(text)
    wanted = "ltr" if text == "hello" else "rtl"
    assert box(page).evaluate("box => getComputedStyle(box).direction") == wanted
    expect(page.get_by_role("heading", level=1)).to_have_attribute("dir", "auto")
    press(page, "Finish interview")


def test_the_prompts_before_the_end_run_in_their_own_direction(page):
    start_as_guest(page, timing="total")
    press(page, "Finish interview")
    expect(page.locator(".question-list button").first).to_have_attribute("dir", "auto")


# --- what is in view ------------------------------------------------------------------------

BOX_IN_VIEW = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const bar = (selector) => document.querySelector(selector);
    const isSticky = (element) => getComputedStyle(element).position === "sticky";
    const clock = bar("#clock"), actions = bar(".actions");
    const top = isSticky(clock) ? clock.getBoundingClientRect().bottom : 0;
    const bottom = isSticky(actions)
        ? Math.min(innerHeight, actions.getBoundingClientRect().top) : innerHeight;
    return { sticks: isSticky(actions), hidden: Math.round(Math.max(0, top - box.top)), lines:
        Math.round((Math.min(bottom, box.bottom) - Math.max(top, box.top))
            / parseFloat(getComputedStyle(document.activeElement).lineHeight) * 10) / 10 };
}"""
SIZES = [(1280, 800), (390, 844), (320, 640), (1024, 600)]


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("timing", ["per_question", "total"])
def test_the_box_that_has_the_focus_is_not_under_a_bar(new_context, timing, width, height, percent):
    """As with a larger font of the browser: all lengths in rem and em grow with it.

    Where the window is small for the font, the bars scroll away with the page, and the question may
    take the whole window: the page stays at its beginning, and the box may lie below the edge.
    """
    context = new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    session = context.new_cdp_session(page)
    size = 16 * percent // 100
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
    start_as_guest(page, timing=timing, questions=8)
    expect(box(page)).to_be_focused()

    def wrong() -> list[str]:
        """What of the box is not in view as it should be; the page may still be scrolling."""
        seen = page.evaluate(BOX_IN_VIEW)
        enough = seen["lines"] >= 2 or not seen["sticks"]
        sticks = seen["sticks"] or height < 36 * size
        return [] if seen["hidden"] == 0 and enough and sticks else [str(seen)]

    eventually(page, wrong, [])


@pytest.mark.parametrize("timing", ["per_question", "total"])
def test_the_page_before_the_start_with_the_clock_open_is_not_too_wide(new_context, timing):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(interview_of(2, timing=timing).get_absolute_url())
    page.get_by_text("Adjust the clock").click()
    for select in page.locator("select").all():
        box = select.bounding_box()
        assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.body.scrollWidth") == 320
