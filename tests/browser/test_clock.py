"""The clock in the page: the server's, whatever the browser's own clock and timers do."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Answer, Attempt
from attempts.transitions.starting import Pace
from tests.browser.steps import (
    answer,
    attempt_of,
    box,
    come_as_guest,
    enter,
    eventually,
    hold,
    let_pass,
    on_question,
    press,
    ready,
    saved,
    sit_down,
    text_of,
)
from tests.factories import interview_of

pytestmark = pytest.mark.django_db(transaction=True)


def timer(page):
    return page.get_by_role("timer", name="Time left")


def shown_seconds(page) -> int:
    minutes, seconds = timer(page).text_content().split(":")
    return int(minutes) * 60 + int(seconds)


def asks_of(page):
    """The requests by which the page asks how the clock stands, as they come."""
    asked = []
    page.on("request", lambda request: request.url.endswith("/clock/") and asked.append(request))
    return asked


def go_ahead(page, attempt, seconds):
    """Time goes by, unseen by the page, which is then loaded again."""
    let_pass(attempt, seconds)
    page.reload()
    ready(page)


def test_buttons_that_need_the_scripts_come_with_them(page):
    attempt = attempt_of(come_as_guest(page.context))
    held = hold(page, "**/speaker*.js")
    page.goto(f"/attempts/{attempt.pk}/", wait_until="commit")
    eventually(page, lambda: len(held), 1)
    expect(box(page)).to_be_visible()
    expect(page.get_by_role("button", name="Options")).to_be_hidden()
    expect(page.get_by_role("button", name="Hide timer")).to_be_hidden()
    held[0].continue_()
    press(page, "Options")
    expect(page.get_by_role("dialog")).to_be_visible()


SHIFTED = """
const Real = Date;
globalThis.shift = %d;
globalThis.Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + globalThis.shift); }
  static now() { return Real.now() + globalThis.shift; }
};
"""


# --- whose time it is -------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-2, 2])
def test_hazard_5_a_client_clock_that_is_wrong_changes_nothing(page, hours):
    page.add_init_script(SHIFTED % (hours * 3_600_000))
    attempt = sit_down(page, seconds_each=240)

    assert 237 <= shown_seconds(page) <= 240
    box(page).fill("on time")
    box(page).blur()
    saved(page)
    page.evaluate("globalThis.shift = -globalThis.shift")  # set right, and wrong the other way
    page.wait_for_timeout(600)

    assert 235 <= shown_seconds(page) <= 240
    on_question(page, 1)
    assert text_of(attempt) == "on time"


def test_hazard_6_two_hours_of_sleep_then_the_page_asks_at_once(page):
    page.clock.install()
    attempt = sit_down(page, questions=1, seconds_each=1800)
    box(page).fill("before the sleep")
    page.clock.run_for(2_000)
    saved(page)
    let_pass(attempt, 7200)

    page.clock.fast_forward(7_200_000)  # timers that were due meanwhile fire once, as on waking

    expect(page).to_have_url(re.compile("/review/$"), timeout=3_000)
    expect(page.locator(".written")).to_contain_text("before the sleep")


def test_hazard_6_asleep_where_the_browser_stops_counting(page):
    """performance.now() stands still during sleep on some systems; only the wall clock jumps."""
    page.add_init_script(SHIFTED % 0)
    attempt = sit_down(page, questions=2, seconds_each=1800)
    asked = asks_of(page)
    let_pass(attempt, 1800 + 600)

    page.evaluate("globalThis.shift = 2_400_000")

    on_question(page, 2)
    assert asked
    expect(timer(page)).to_have_text("20 min")


@pytest.mark.parametrize("event", ["visibilitychange", "online"])
def test_hidden_or_offline_and_back_asks_the_server(page, event):
    attempt = sit_down(page, timing="total", seconds_each=600)
    asked = asks_of(page)
    Attempt.objects.filter(pk=attempt.pk).update(limit="00:04:00")  # as an extension would

    target = "document" if event == "visibilitychange" else "window"
    page.evaluate(f"{target}.dispatchEvent(new Event('{event}'))")

    expect(timer(page)).to_have_text(re.compile(r"^[34]:\d\d$"))
    assert asked


def test_the_clocks_go_forward_and_back_while_it_runs(new_context):
    """29 March 2026, 02:00 in Berlin, and 25 October, 03:00: an hour is missing, or comes twice."""
    for instant in ("2026-03-29T00:59:58Z", "2026-10-25T00:59:58Z"):
        page = new_context(timezone_id="Europe/Berlin").new_page()
        page.clock.install(time=instant)
        sit_down(page, seconds_each=240)
        before, hour = shown_seconds(page), page.evaluate("new Date().getHours()")

        page.clock.run_for(4_000)

        assert page.evaluate("new Date().getHours()") - hour in (0, 2)
        assert before - 7 <= shown_seconds(page) <= before - 4


def test_hazard_10_the_browser_counts_faster_than_the_server(page):
    """The page's bell rings early: the text leaves, the server says no, and the box opens again."""
    page.clock.install()
    attempt = sit_down(page, questions=2, seconds_each=20)
    box(page).fill("at the early bell")

    page.clock.fast_forward(21_000)

    eventually(page, lambda: text_of(attempt), "at the early bell", within=3)
    expect(box(page)).to_be_editable()
    on_question(page, 1)
    expect(timer(page)).to_have_text(re.compile(r"^0:(1\d|20)$"))


def test_hazard_10_the_last_letters_before_the_bell_are_saved(page):
    attempt = sit_down(page, seconds_each=4)

    while page.locator("#room").get_attribute("data-position") == "1":
        if not box(page).is_editable():
            break
        box(page).press_sequentially("x", delay=30)
    typed = box(page).input_value()
    on_question(page, 2)

    eventually(page, lambda: len(text_of(attempt)) >= len(typed) > 5, True)
    # What is typed on meanwhile must not become the answer to the next question.
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_text("Time ran out on question 1.")).to_be_visible()
    assert answer(attempt).closed_by == "deadline"


def test_hazard_9_with_a_broken_timer_script_the_server_still_ends_it(page):
    page.route("**/room*.js", lambda route: route.abort())
    attempt = attempt_of(come_as_guest(page.context))
    page.goto(f"/attempts/{attempt.pk}/")
    box(page).fill("by the plain form")
    let_pass(attempt, 61)

    press(page, "Submit answer")

    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    assert text_of(attempt) == "by the plain form"  # within the grace
    assert answer(attempt).closed_by == "deadline"
    page.problems.clear()


# --- more time --------------------------------------------------------------------------------


def test_five_more_minutes_in_the_last_two(page):
    attempt = sit_down(page, seconds_each=600)
    more = page.get_by_role("button", name="5 more minutes")
    expect(more).to_be_hidden()
    go_ahead(page, attempt, 500)
    box(page).press_sequentially("typing")

    more.click()

    expect(timer(page)).to_have_text("7 min")
    expect(more).to_be_hidden()
    expect(box(page)).to_have_value("typing")
    expect(box(page)).to_be_focused()
    go_ahead(page, attempt, 350)
    more.click()  # as often as wanted
    expect(more).to_be_hidden()
    assert attempt.added_times.count() == 2


def test_five_more_minutes_at_zero_on_the_next_question_and_on_the_result(page):
    attempt = sit_down(page)
    box(page).fill("not finished")
    box(page).blur()
    saved(page)
    go_ahead(page, attempt, 62)
    on_question(page, 2)
    box(page).fill("begun")

    press(page, "5 more minutes for question 1")

    on_question(page, 1)
    expect(box(page)).to_have_value("not finished")
    expect(timer(page)).to_have_text(re.compile("^(5:00|4:5.)$"))
    press(page, "Submit answer")
    on_question(page, 2)
    expect(box(page)).to_have_value("begun")

    let_pass(attempt, 62)
    page.reload()
    expect(page).to_have_url(re.compile("/review/$"))
    press(page, "5 more minutes")
    on_question(page, 2)
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page.get_by_text("added to question 1: 5 more minutes")).to_be_visible()
    expect(page.get_by_text("added to question 2: 5 more minutes")).to_be_visible()


# --- the candidate's own clock ----------------------------------------------------------------


def adjust(page, **choices):
    page.goto(interview_of(2, seconds_each=120).get_absolute_url())
    page.get_by_text("Adjust the clock").click()
    for label, choice in choices.items():
        page.get_by_label(f"{label.replace('_', ' ')}:", exact=True).select_option(choice)
    press(page, "Start interview")
    ready(page)


def test_twice_the_time_is_remembered(page):
    adjust(page, Time="2 × the time")

    expect(timer(page)).to_have_text(re.compile("^(4:00|3:5.)$"))
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page.get_by_text("Taken with 2 times the planned time.")).to_be_visible()
    page.get_by_role("link", name="Practise again").click()
    page.get_by_text("Adjust the clock").click()
    expect(page.get_by_label("Time:", exact=True)).to_have_value("2")


def test_no_limit(page):
    adjust(page, Time="No limit")

    expect(timer(page)).to_have_text("no limit")
    expect(page.get_by_role("button", name="Hide timer")).to_be_hidden()
    page.keyboard.press("Alt+Shift+T")
    expect(page.locator("#announcements")).to_have_text("No time limit")
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page.get_by_text("Taken without a time limit.")).to_be_visible()


def test_thinking_time_runs_out_once(page):
    page.clock.install()
    adjust(page, Thinking_time_before_each_answer="15 seconds")
    thinking = page.locator("#thinking")
    expect(thinking).to_contain_text(re.compile(r"Thinking time: 0:1\d"))
    expect(timer(page)).to_have_text(re.compile("^2:1[0-5]$"))

    page.clock.run_for(16_000)
    expect(thinking).to_be_hidden()
    page.clock.run_for(12_000)  # the page has asked the server meanwhile
    page.wait_for_timeout(200)
    page.clock.run_for(500)

    expect(thinking).to_be_hidden()


def test_overtime_keeps_what_stood_at_the_bell_and_what_was_finished(page):
    owner = come_as_guest(page.context)
    attempt = attempt_of(owner, questions=1, seconds_each=60, pace=Pace(at_deadline="overtime"))
    enter(page, attempt)
    go_ahead(page, attempt, 52)
    box(page).press_sequentially("at the bell")

    expect(page.get_by_text("you go on in overtime")).to_be_visible(timeout=15_000)
    expect(box(page)).to_be_editable()
    box(page).press_sequentially(", and after")
    box(page).blur()
    eventually(page, lambda: answer(attempt).text_at_deadline, "at the bell")
    expect(timer(page)).to_have_text(re.compile(r"^\+0:\d\d$"))
    press(page, "Submit answer")

    expect(page).to_have_url(re.compile("/review/$"))
    expect(page.get_by_text("at the bell, and after")).to_be_visible()
    expect(page.get_by_text("You went on after the bell.")).to_be_visible()
    assert answer(attempt).text_at_deadline == "at the bell"


# --- how it is shown and said -----------------------------------------------------------------


def test_minutes_until_the_last_five_then_minutes_and_seconds(page):
    attempt = sit_down(page, seconds_each=600)
    expect(timer(page)).to_have_text("10 min")

    go_ahead(page, attempt, 298)

    expect(timer(page)).to_have_text("5:00", timeout=4_000)
    expect(timer(page)).to_have_text("4:59")


def test_the_timer_can_be_hidden_and_is_back_for_the_last_minute(page):
    attempt = sit_down(page, seconds_each=300)
    press(page, "Hide timer")
    expect(page.locator(".timer")).to_be_hidden()

    page.reload()
    expect(page.get_by_role("button", name="Show timer")).to_be_visible()
    expect(page.locator(".timer")).to_be_hidden()
    go_ahead(page, attempt, 238)
    expect(timer(page)).to_be_visible(timeout=4_000)

    press(page, "Show timer")
    page.reload()
    expect(timer(page)).to_be_visible()


def test_at_most_six_announcements_and_a_silent_timer(page):
    page.clock.install()
    sit_down(page, timing="total", seconds_each=900)  # half an hour in all
    page.evaluate("""() => {
        const region = document.getElementById("announcements");
        window.heard = [];
        new MutationObserver(() => region.textContent && window.heard.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
    }""")
    assert timer(page).get_attribute("aria-live") in (None, "off")
    assert page.locator("#announcements").get_attribute("role") == "status"

    # What the page reads from the server would set it back: it runs by itself for half an hour.
    page.route("**/clock/", lambda route: route.abort())
    for _ in range(180):
        page.clock.run_for(10_000)

    assert page.evaluate("heard") == [
        "Half of the time is over. 15 minutes left",
        "10 minutes left",
        "5 minutes left",
        "1 minute left",
        "30 seconds left",
    ]
    page.problems.clear()


def test_over_many_questions_it_speaks_no_more_than_six_times(page):
    attempt = sit_down(page, questions=4, seconds_each=64)
    page.evaluate("pk => sessionStorage.setItem(`said:${pk}`, 6)", str(attempt.pk))
    page.clock.install()
    page.reload()

    page.clock.run_for(6_000)

    expect(page.locator("#announcements")).to_be_empty()
    page.keyboard.press("Alt+Shift+T")
    page.clock.run_for(100)
    expect(page.locator("#announcements")).to_have_text(re.compile("^5[0-9] seconds left$"))


def test_shortcuts_work_and_can_be_switched_off(page):
    attempt = sit_down(page, questions=3)
    box(page).fill("by keys")
    page.keyboard.press("Alt+Shift+F")
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("Control+Enter")
    on_question(page, 2)
    page.keyboard.press("Alt+Shift+S")
    on_question(page, 3)

    press(page, "Options")
    page.get_by_label("Use these shortcuts").uncheck()
    press(page, "Done")
    box(page).focus()
    page.keyboard.press("Alt+Shift+S")
    page.keyboard.press("Control+Enter")
    page.reload()
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)

    on_question(page, 3)
    assert Answer.objects.filter(attempt=attempt, closed_by="skipped").count() == 1


# --- out of reach -----------------------------------------------------------------------------


def cut_off(page, seconds):
    """The site is out of reach for that long by the page's count."""
    page.route(re.compile("/(save|clock)/$"), lambda route: route.abort())
    box(page).press_sequentially("cut off")
    page.clock.run_for(2_000)
    expect(page.locator("#save-status")).to_contain_text("retrying")
    page.clock.run_for((seconds - 2) * 1000)
    page.unroute(re.compile("/(save|clock)/$"))


def test_lost_time_is_given_back_after_an_outage(page):
    page.clock.install()
    attempt = sit_down(page, seconds_each=240)
    let_pass(attempt, 40)

    cut_off(page, 30)
    page.clock.run_for(9_000)

    page.get_by_role("button", name="Give me that time back").click()
    expect(page.get_by_role("button", name="Give me that time back")).to_be_hidden()
    expect(box(page)).to_have_value("cut off")
    assert text_of(attempt) == "cut off"
    added = attempt.added_times.get()
    assert added.reason == "outage"
    assert 20 <= added.amount.total_seconds() <= 45
    page.problems.clear()


def test_lost_time_is_offered_even_when_the_question_closed_meanwhile(page):
    page.clock.install()
    attempt = sit_down(page, seconds_each=60)
    let_pass(attempt, 40)
    page.reload()

    cut_off(page, 30)
    let_pass(attempt, 30)
    page.clock.run_for(9_000)

    give = page.get_by_role("button", name="Give me that time back")
    expect(give).to_be_visible()
    page.clock.run_for(6_000)  # it waits for the choice, and does not move on over it
    expect(give).to_be_visible()
    give.click()
    expect(give).to_be_hidden()
    on_question(page, 1)
    expect(box(page)).to_be_editable()
    expect(box(page)).to_have_value("cut off")
    page.problems.clear()


def test_lost_time_can_be_waived(page):
    page.clock.install()
    attempt = sit_down(page, seconds_each=60)
    let_pass(attempt, 40)
    page.reload()
    cut_off(page, 30)
    let_pass(attempt, 30)
    page.clock.run_for(9_000)

    press(page, "Go on without it")

    on_question(page, 2)
    assert not attempt.added_times.exists()
    page.problems.clear()
