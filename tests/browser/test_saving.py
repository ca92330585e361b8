"""What is typed reaches the server, whatever happens; the status line says how far it got."""

import re
import time

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt
from tests.browser.steps import (
    answer,
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    enter,
    eventually,
    hold,
    kept_of,
    kill_tab,
    let_pass,
    on_question,
    press,
    ready,
    saved,
    sit_down,
    status,
    text_of,
)
from tests.factories import UserFactory, interview_of

pytestmark = pytest.mark.django_db(transaction=True)

SAVE = "**/save/"


def says(page, words):
    expect(status(page).locator("[data-says]")).to_have_text(words, timeout=12_000)


def expect_failures(page):
    """Chromium's console names every failed request; here they are meant to fail."""
    page.problems.clear()


def never_saved_in(states):
    """Whether the status line kept from saying "saved" while it was watched."""
    return "saved" not in states


def watch_states(page):
    """From now on, keep every state of the status line in the page."""
    page.evaluate("""() => {
        const line = document.getElementById("save-status");
        window.states = [];
        new MutationObserver(() => window.states.push(line.dataset.state)).observe(line, {
            attributes: true });
    }""")


# --- when it saves ----------------------------------------------------------------------------


def test_a_save_leaves_a_second_and_a_half_after_the_last_key(page):
    attempt = sit_down(page)

    box(page).press_sequentially("abc", delay=50)
    ended = time.monotonic()
    says(page, "Not saved yet")
    eventually(page, lambda: text_of(attempt), "abc", within=4)

    assert time.monotonic() - ended > 1.2
    says(page, re.compile(r"^Saved \d\d:\d\d:\d\d$"))


def test_three_minutes_of_typing_without_a_pause_are_saved_all_along(page):
    """By the page's own timers, which are made to run a second with every key."""
    page.clock.install()
    attempt = sit_down(page, seconds_each=3600)
    behind = []

    for second in range(180):
        box(page).press("x")
        page.clock.run_for(1_000)
        # The page's second takes no time here, so a save on its way must not count as waiting.
        expect(page.locator("#save-status")).not_to_have_attribute("data-state", "saving")
        behind.append(second + 1 - len(text_of(attempt)))

    assert max(behind) <= 12  # ten seconds, and the way there
    assert sum(late > 10 for late in behind) < 36
    kill_tab(page)
    assert len(text_of(attempt)) >= 168


@pytest.mark.slow
def test_typing_on_and_on_then_the_tab_is_killed(page, context):
    """Real time: the server has all but the last ten seconds, the mirror has the rest."""
    attempt = sit_down(page, seconds_each=3600)
    typed, began = "", time.monotonic()

    while time.monotonic() - began < 25:
        typed += "word "
        box(page).press_sequentially("word ", delay=40)
    kill_tab(page)

    on_server = text_of(attempt)
    assert typed.startswith(on_server)
    assert len(typed) - len(on_server) < len(typed) * 11 / 25
    assert len(on_server) < len(typed)
    again = context.new_page()
    enter(again, attempt)
    again.get_by_role("button", name="Put it into the box").click()
    expect(box(again)).to_have_value(typed)
    eventually(again, lambda: text_of(attempt), typed)
    saved(again)
    again.reload()
    expect(box(again)).to_have_value(typed)
    expect(again.locator(".mirrored")).to_have_count(0)


def test_leaving_the_box_saves_at_once(page):
    attempt = sit_down(page)

    box(page).fill("by blur")
    box(page).blur()

    eventually(page, lambda: text_of(attempt), "by blur", within=1)


def test_hiding_the_page_saves_at_once(page):
    attempt = sit_down(page)

    box(page).fill("hidden")
    hide(page, "hidden")
    eventually(page, lambda: text_of(attempt), "hidden", within=1)

    hide(page, "visible")
    box(page).press_sequentially("!")
    eventually(page, lambda: text_of(attempt), "hidden!", within=4)


def hide(page, state):
    page.evaluate(
        """state => {
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""",
        state,
    )


def test_hiding_the_page_saves_even_behind_a_save_that_is_on_its_way(page):
    """A hidden page may be ended without another word, so the newer text does not wait."""
    attempt = sit_down(page)
    hold(page, SAVE, times=1)

    box(page).fill("first")
    box(page).blur()
    says(page, "Saving…")
    box(page).fill("first and second")
    hide(page, "hidden")

    eventually(page, lambda: text_of(attempt), "first and second", within=3)


def test_leaving_the_page_saves_even_behind_a_save_that_is_on_its_way(page):
    attempt = sit_down(page)
    page.route(SAVE, lambda route: None, times=1)  # never answered

    box(page).fill("first")
    box(page).blur()
    says(page, "Saving…")
    box(page).fill("first and second")
    page.goto("/")

    eventually(page, lambda: text_of(attempt), "first and second", within=3)


def test_hazard_16_reload_in_mid_typing_keeps_every_letter(page):
    attempt = sit_down(page)

    for text in ("One", "One, two", "One, two, three"):
        box(page).fill(text)
        page.reload()
        eventually(page, lambda: text_of(attempt), text, within=2)
        page.reload()
        ready(page)
        expect(box(page)).to_have_value(text)
    says(page, re.compile("Saved"))


# --- what it says -----------------------------------------------------------------------------


def test_it_does_not_say_saved_before_the_server_did(page):
    attempt = sit_down(page)
    held = hold(page, SAVE, times=1)
    watch_states(page)

    box(page).fill("waiting")
    box(page).blur()
    says(page, "Saving…")
    eventually(page, lambda: page.evaluate("states.at(-1)"), "saving")
    assert never_saved_in(page.evaluate("states"))
    held[0].continue_()

    saved(page)
    assert text_of(attempt) == "waiting"


def test_an_answer_to_an_older_text_does_not_make_the_newer_one_saved(page):
    sit_down(page)
    held = hold(page, SAVE, times=1)

    box(page).fill("older")
    box(page).blur()
    says(page, "Saving…")
    box(page).fill("older and newer")
    watch_states(page)
    held[0].continue_()

    says(page, "Not saved yet")
    assert never_saved_in(page.evaluate("states"))
    saved(page)


def test_text_typed_and_taken_back_is_not_called_unsaved_for_ever(page):
    sit_down(page)

    box(page).press_sequentially("a")
    box(page).press("Backspace")

    says(page, "Nothing new to save")


@pytest.mark.parametrize("failure", [500, 503, "abort"])
def test_a_save_that_fails_is_tried_again_by_itself(page, failure):
    attempt = sit_down(page)
    tries = []

    def fail_twice(route):
        tries.append(route)
        if len(tries) > 2:
            route.continue_()
        elif failure == "abort":
            route.abort()
        else:
            route.fulfill(status=failure)

    page.route(SAVE, fail_twice)
    watch_states(page)
    box(page).fill("once more")
    box(page).blur()
    says(page, "Not saved yet: retrying (kept in this browser)")
    assert never_saved_in(page.evaluate("states"))

    saved(page)
    assert text_of(attempt) == "once more"
    expect_failures(page)


def test_without_the_mirror_the_words_do_not_claim_it(page):
    attempt = sit_down(page)
    page.get_by_role("button", name="Options").click()
    page.get_by_label("Keep unsaved text in this browser").uncheck()
    page.get_by_role("button", name="Done").click()
    page.route(SAVE, lambda route: route.abort())

    box(page).fill("nowhere else")
    box(page).blur()

    says(page, "Not saved yet: retrying")
    assert mirrored(page) == []
    page.unroute(SAVE)
    saved(page)
    assert text_of(attempt) == "nowhere else"
    expect_failures(page)


def mirrored(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('unsaved:'))")


def test_hazard_23_a_text_that_is_too_long_is_refused_in_words_and_stays(page):
    attempt = sit_down(page)
    box(page).fill("short enough")
    box(page).blur()
    saved(page)
    requests = []
    page.on("request", lambda request: request.url.endswith("/save/") and requests.append(request))

    box(page).fill("x" * 20_001)
    box(page).blur()
    expect(page.locator("#answer-error")).to_contain_text("at most 20,000 characters")
    says(page, "Not saved")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    page.wait_for_timeout(3_000)
    assert len(requests) == 1  # refused once, not over and over
    assert text_of(attempt) == "short enough"

    box(page).fill("short again")
    saved(page)
    expect(page.locator("#answer-error")).to_be_hidden()
    expect_failures(page)


# --- repeats and lost replies -----------------------------------------------------------------


def test_hazard_15_a_reply_lost_after_the_server_saved_makes_no_conflict(page):
    attempt = sit_down(page)

    def lose_the_reply(route):
        route.fetch()
        route.abort()

    page.route(SAVE, lose_the_reply, times=1)
    box(page).fill("said once")
    box(page).blur()
    eventually(page, lambda: text_of(attempt), "said once")
    box(page).press_sequentially(", and on")

    saved(page)
    eventually(page, lambda: text_of(attempt), "said once, and on")
    assert kept_of(attempt) == []
    expect(page.locator("#conflict")).to_be_hidden()
    expect_failures(page)


def test_hazard_15_reloading_after_a_lost_reply_makes_no_conflict_either(page):
    attempt = sit_down(page)

    def lose_the_reply(route):
        route.fetch()
        route.abort()

    page.route(SAVE, lose_the_reply, times=1)
    box(page).fill("said once")
    box(page).blur()
    eventually(page, lambda: text_of(attempt), "said once")
    page.reload()

    expect(box(page)).to_have_value("said once")
    expect(page.locator(".mirrored")).to_have_count(0)
    box(page).press_sequentially(" more")
    saved(page)
    assert kept_of(attempt) == []
    expect_failures(page)


def test_hazard_14_submit_while_a_save_is_on_its_way(page):
    attempt = sit_down(page)
    held = hold(page, SAVE, times=1)

    box(page).fill("half")
    box(page).blur()
    says(page, "Saving…")
    box(page).fill("half and whole")
    press(page, "Submit answer")
    on_question(page, 2)
    held[0].continue_()

    page.wait_for_timeout(300)
    assert text_of(attempt) == "half and whole"
    assert kept_of(attempt) == []
    # of the new question, not of the one that was left
    expect(status(page)).to_contain_text("Saved while you write")
    assert text_of(attempt, 2) == ""


@pytest.mark.parametrize("name", ["Submit answer", "Skip"])
def test_hazard_11_double_click_goes_on_by_one_question(page, name):
    attempt = sit_down(page, questions=3)

    box(page).fill("pressed twice")
    page.get_by_role("button", name=name).dblclick()

    on_question(page, 2)
    page.wait_for_timeout(300)
    on_question(page, 2)
    assert text_of(attempt) == "pressed twice"


def test_hazard_11_double_click_on_start_makes_one_attempt(page):
    page.goto(interview_of(2).get_absolute_url())
    page.get_by_role("button", name="Start interview").dblclick()

    expect(box(page)).to_be_visible()
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("button", ["Submit answer", "Skip"])
def test_nothing_can_be_typed_into_a_box_that_is_about_to_go(page, button):
    """Else it would be in the box, and then neither there nor on the server."""
    attempt = sit_down(page)
    held = hold(page, "**/submit/" if button == "Submit answer" else "**/skip/", times=1)
    box(page).fill("all of it")
    press(page, button)
    eventually(page, lambda: len(held), 1)
    expect(box(page)).not_to_be_editable()
    held[0].continue_()

    on_question(page, 2)
    expect(box(page)).to_be_editable()
    assert text_of(attempt) == "all of it"


def test_a_submit_that_fails_gives_the_box_back(page):
    attempt = sit_down(page)
    page.route("**/submit/", lambda route: route.abort(), times=1)
    box(page).fill("all of it")
    press(page, "Submit answer")
    expect(page.get_by_role("alert").first).to_contain_text("can't be reached")
    expect(box(page)).to_be_editable()
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "all of it"
    expect_failures(page)


def test_the_answer_is_saved_where_htmx_does_not_arrive(page):
    attempt = attempt_of(come_as_guest(page.context))
    page.route("**/htmx*.js", lambda route: route.abort())
    enter(page, attempt)
    box(page).fill("without it")
    saved(page)
    assert text_of(attempt) == "without it"
    press(page, "Submit answer")
    on_question(page, 2)
    expect_failures(page)


def test_submit_pressed_while_the_flag_is_on_its_way_is_not_lost(page):
    attempt = sit_down(page)
    held = hold(page, "**/flag/", times=1)
    press(page, "Flag")
    eventually(page, lambda: len(held), 1)
    box(page).fill("and on")
    press(page, "Submit answer")
    held[0].continue_()

    on_question(page, 2)
    assert (text_of(attempt), answer(attempt).flagged) == ("and on", True)
    expect(page.get_by_role("button", name="Flag")).to_have_attribute("aria-pressed", "false")


def test_hazard_11_double_click_on_flag_and_on_finish(page):
    attempt = sit_down(page, timing="total")

    page.get_by_role("button", name="Flag", exact=True).dblclick()
    page.wait_for_timeout(300)
    pressed = page.get_by_role("button", name="Flag", exact=True).get_attribute("aria-pressed")
    assert answer(attempt).flagged == (pressed == "true")
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    page.get_by_role("button", name="Finish interview").dblclick()

    expect(page).to_have_url(re.compile("/review/$"))
    attempt.refresh_from_db()
    assert attempt.state == "submitted"


def test_hazard_12_back_after_finishing_leads_to_the_result(page):
    attempt = sit_down(page, questions=1)
    box(page).fill("the end")
    press(page, "Submit answer")
    expect(page).to_have_url(re.compile("/review/$"))

    page.go_back()

    expect(page).to_have_url(re.compile("/review/$"))
    assert text_of(attempt) == "the end"


def test_reload_at_each_step_changes_nothing(page):
    attempt = sit_down(page)
    for position, text in ((1, "first"), (2, "second")):
        page.reload()
        on_question(page, position)
        box(page).fill(text)
        box(page).blur()
        saved(page)
        page.reload()
        expect(box(page)).to_have_value(text)
        press(page, "Submit answer")
        if position == 1:
            on_question(page, 2)
    expect(page).to_have_url(re.compile("/review/$"))
    page.reload()
    expect(page.get_by_text("2 of 2 answered")).to_be_visible()
    assert [text_of(attempt, 1), text_of(attempt, 2)] == ["first", "second"]


# --- offline ----------------------------------------------------------------------------------


def test_offline_while_typing_then_all_is_sent_without_a_click(page, context):
    attempt = sit_down(page, seconds_each=600)
    box(page).fill("before")
    saved(page)
    watch_states(page)

    context.set_offline(True)
    says(page, re.compile("^Offline"))
    left = page.get_by_role("timer").text_content()
    box(page).press_sequentially(", during", delay=30)
    says(page, "Offline: kept in this browser, sent when you are back")
    assert never_saved_in(page.evaluate("states"))
    assert page.get_by_role("timer").text_content() <= left  # it goes on counting
    assert text_of(attempt) == "before"
    context.set_offline(False)

    eventually(page, lambda: text_of(attempt), "before, during")
    saved(page)
    assert mirrored(page) == []
    expect_failures(page)


def test_offline_across_the_deadline_then_the_text_still_counts_within_the_grace(page, context):
    attempt = sit_down(page, questions=1, seconds_each=4)
    context.set_offline(True)
    box(page).fill("written in time")
    expect(box(page)).not_to_be_editable(timeout=6_000)  # the bell rings without the server
    context.set_offline(False)

    expect(page).to_have_url(re.compile("/review/$"))
    assert text_of(attempt) == "written in time"
    assert kept_of(attempt) == []
    expect_failures(page)


def test_hazard_1_offline_until_after_the_grace_then_the_text_is_kept_and_not_counted(
    page, context
):
    attempt = sit_down(page, questions=1, seconds_each=60)
    box(page).fill("saved")
    saved(page)
    context.set_offline(True)
    box(page).fill("saved, and more")
    let_pass(attempt, 90)
    context.set_offline(False)

    expect(page).to_have_url(re.compile("/review/$"))
    expect(page.get_by_text("Typed after time, not counted")).to_be_visible()
    assert text_of(attempt) == "saved"
    assert kept_of(attempt) == [("late", "saved, and more")]
    assert mirrored(page) == []
    expect_failures(page)


def test_what_the_browser_still_has_when_time_is_over_shows_in_the_result(page, context):
    """The tab died offline, and its owner comes back long after the deadline."""
    attempt = sit_down(page, questions=1)
    box(page).fill("saved")
    saved(page)
    context.set_offline(True)
    box(page).press_sequentially(", unsent")
    kill_tab(page)
    context.set_offline(False)
    let_pass(attempt, 3600)

    again = context.new_page()
    again.goto(f"/attempts/{attempt.pk}/")
    expect(again.get_by_text("saved, unsent")).to_be_visible()
    assert kept_of(attempt) == [("late", "saved, unsent")]
    assert mirrored(again) == []
    expect_failures(page)


@pytest.mark.parametrize("place", ["/", "/admin/"])
def test_the_mirror_is_cleared_by_logging_out(page, place):
    attempt = sit_down(page)
    page.route(SAVE, lambda route: route.abort())
    box(page).fill("private")
    box(page).blur()
    says(page, re.compile("retrying"))
    assert len(mirrored(page)) == 1

    page.evaluate("() => localStorage.setItem('option:shortcuts', 'off')")
    come_as_user(page.context, UserFactory(is_staff=True))
    page.goto(place)
    page.get_by_role("button", name="Log out").click()

    expect(page.get_by_role("link", name="Log in", exact=True)).to_be_visible()
    expect(page.locator("html.scripted")).to_be_attached()
    assert mirrored(page) == []
    assert page.evaluate("() => localStorage.getItem('option:shortcuts')") == "off"
    assert "forget-unsaved" not in [cookie["name"] for cookie in page.context.cookies()]
    assert text_of(attempt) == ""
    expect_failures(page)


def test_leaving_the_mirrored_text_out_forgets_it(page, context):
    attempt = attempt_of(come_as_guest(context))
    enter(page, attempt)
    page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({revision: 0, text: 'old'}))",
        f"unsaved:{attempt.pk}:1:0",
    )
    page.reload()
    press(page, "Leave it out")

    page.reload()
    ready(page)
    expect(page.locator(".mirrored")).to_have_count(0)
    assert text_of(attempt) == ""
