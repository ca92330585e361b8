"""A voice is recorded in the browser, stays there, and the result plays it."""

import re

import pytest
from playwright.sync_api import expect

from questions.models import Timing
from tests.browser.conftest import watched
from tests.browser.speaking.steps import (
    entries,
    heads,
    is_recording,
    is_stopped,
    plays,
    record,
    says,
    seconds_of,
    speaking,
    to_result,
)
from tests.browser.steps import (
    answer,
    attempt_of,
    box,
    buttons_act,
    come_as_guest,
    enter,
    eventually,
    kill_tab,
    on_question,
    open_answers,
    press,
    ready,
    saved,
    start_as_guest,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}


def test_it_is_said_what_becomes_of_the_voice_before_the_microphone_is_asked_for(page):
    page.add_init_script("""{
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        window.asked = 0;
        navigator.mediaDevices.getUserMedia = wanted => (window.asked += 1, ask(wanted));
    }""")
    start_as_guest(page, **LONG)
    press(page, "Record my voice")
    notice = page.locator("[data-before=record]")
    expect(notice).to_contain_text("never sent")
    expect(notice.get_by_role("button", name="Start recording")).to_be_focused()
    assert page.evaluate("asked") == 0
    press(page, "Not now")
    expect(notice).to_be_hidden()
    expect(page.get_by_role("button", name="Record my voice")).to_be_focused()
    assert (page.evaluate("asked"), entries(page)) == (0, [])
    record(page)
    assert page.evaluate("asked") == 1
    press(page, "Stop recording")
    is_stopped(page)
    press(page, "Record my voice")  # it was said once, which is enough for this tab
    is_recording(page)


def test_a_recording_goes_from_the_room_to_the_result_and_is_deleted_there(page):
    attempt = start_as_guest(page, **LONG)
    record(page)
    box(page).fill("The notes.")
    eventually(page, lambda: seconds_of(page)[0] > 2, True)
    expect(page.locator("[data-recording-length]")).to_have_text(re.compile("0:0[2-9]"))
    expect(page.locator("[data-recording-word]")).to_have_text(re.compile("clear|quiet"))
    press(page, "Stop recording")
    is_stopped(page)
    expect(page.locator("[data-kept-says]")).to_contain_text("a recording of this question")
    [head] = heads(page)
    assert head["key"].startswith(f"head:{attempt.pk}:1:")
    parts = [entry for entry in entries(page) if entry["key"].startswith("part:")]
    assert sum(part["size"] for part in parts) == head["bytes"] > 1_000
    saved(page)
    to_result(page)
    open_answers(page, 1, 2)
    assert plays(page) == pytest.approx(head["milliseconds"] / 1000, abs=0.7)
    expect(page.locator("[data-recordings='2']")).to_be_hidden()
    press(page, "Delete this recording")
    expect(page.locator("[data-recordings='1']")).to_be_hidden()
    assert entries(page) == []
    page.reload()
    expect(page.locator("audio")).to_have_count(0)
    assert text_of(attempt) == "The notes."


@pytest.mark.parametrize("leave", ["Submit answer", "Skip"])
@pytest.mark.parametrize("timing", Timing)
def test_it_stops_when_the_question_is_left_and_does_not_begin_again(page, leave, timing):
    start_as_guest(page, timing=timing, **LONG)
    record(page)
    box(page).fill("Notes.")
    buttons_act(page)
    press(page, leave)
    on_question(page, 2)
    expect(page.get_by_role("button", name="Stop recording")).to_have_count(0)
    expect(page.locator("[data-kept]")).to_be_hidden()
    page.wait_for_timeout(300)
    before = seconds_of(page)
    page.wait_for_timeout(1_500)
    assert seconds_of(page) == before
    assert len(before) == 1


def test_it_stops_at_the_bell_and_the_next_question_does_not_record(page):
    start_as_guest(page, seconds_each=5)
    record(page)
    box(page).fill("Notes.")
    on_question(page, 2)
    expect(page.get_by_role("button", name="Stop recording")).to_have_count(0)
    expect(page.get_by_role("button", name="Record my voice")).to_be_visible()
    [seconds] = seconds_of(page)
    assert 1 < seconds < 6


def test_a_reload_in_the_middle_keeps_what_was_recorded_and_a_second_one_is_beside_it(page):
    start_as_guest(page, **LONG)
    record(page)
    box(page).fill("Notes.")
    saved(page)
    page.reload()
    ready(page)
    expect(page.locator("[data-kept-says]")).to_contain_text("a recording of this question")
    expect(page.get_by_role("button", name="Record my voice")).to_be_visible()
    press(page, "Record my voice")
    eventually(page, lambda: len(seconds_of(page)), 2)
    press(page, "Stop recording")
    is_stopped(page)
    expect(page.locator("[data-kept-says]")).to_contain_text("2 recordings")
    to_result(page)
    open_answers(page, 1)
    expect(page.locator("[data-recordings='1'] audio")).to_have_count(2)
    page.get_by_role("button", name="Delete this recording").first.click()
    expect(page.locator("[data-recordings='1'] audio")).to_have_count(1)
    assert len(heads(page)) == 1


def test_a_tab_that_crashes_loses_seconds_at_most(page):
    attempt = start_as_guest(page, **LONG)
    record(page)
    eventually(page, lambda: seconds_of(page)[0] > 2, True)
    kill_tab(page)
    other = watched(page.context.new_page())
    enter(other, attempt)
    [seconds] = seconds_of(other)
    assert seconds > 2
    to_result(other)
    open_answers(other, 1)
    assert plays(other) > 1.5


def test_two_tabs_record_and_neither_overwrites_the_other(page):
    attempt = start_as_guest(page, **LONG)
    other = watched(page.context.new_page())
    enter(other, attempt)
    record(page)
    record(other)
    eventually(page, lambda: len(seconds_of(page)), 2)
    for each in (page, other):
        each.get_by_role("button", name="Stop recording").click()
        is_stopped(each)
    assert len({head["key"] for head in heads(page)}) == 2


def test_deleted_in_another_tab_it_stops_and_does_not_come_back(page):
    attempt = start_as_guest(page, **LONG)
    record(page)
    other = watched(page.context.new_page())
    enter(other, attempt)
    press(other, "Options")
    other.get_by_text("Delete all recordings").click()
    other.get_by_role("button", name="Delete 1 recording").click()
    expect(says(page)).to_contain_text("it was deleted", timeout=5_000)
    page.wait_for_timeout(1_200)
    assert entries(page) == []


def test_nothing_but_the_page_s_own_requests_leaves_and_no_sound(page):
    sent = []
    attempt = start_as_guest(page, questions=1, **LONG)
    page.on("request", lambda request: sent.append(request))
    record(page)
    box(page).fill("Notes.")
    eventually(page, lambda: seconds_of(page)[0] > 3, True)
    saved(page)
    to_result(page)
    plays(page)
    base = f"/attempts/{attempt.pk}/"
    own = re.compile(
        rf"http://localhost:\d+({base}(save|finish|review|clock|waiting)?/?(\?.*)?|/static/.*)$"
    )
    foreign = [r.url for r in sent if not own.match(r.url) and not r.url.startswith("blob:")]
    assert foreign == []
    assert sum("microphone.js" in request.url for request in sent) == 1
    bodies = [r.post_data_buffer or b"" for r in sent if r.method == "POST"]
    assert max(map(len, bodies)) < 1_000
    assert not any(b"Opus" in body or b"webm" in body for body in bodies)


def test_a_question_opens_without_the_script_that_records(page):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    start_as_guest(page, **LONG)
    expect(speaking(page)).to_be_visible()
    assert not any("microphone" in url for url in fetched)


def test_without_scripts_nothing_of_it_is_shown(new_context):
    page = new_context(java_script_enabled=False).new_page()
    attempt = attempt_of(come_as_guest(page.context), **LONG)
    page.goto(f"/attempts/{attempt.pk}/")
    expect(speaking(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Record my voice")).to_have_count(0)


def test_the_answer_counts_as_always(page):
    attempt = start_as_guest(page, **LONG)
    record(page)
    box(page).press_sequentially("Typed while speaking.")
    saved(page)
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "Typed while speaking."
    assert answer(attempt).closed_at is not None
