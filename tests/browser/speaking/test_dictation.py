"""Speech becomes text only where the browser does that on the device, as if it had been typed."""

import pytest
from playwright.sync_api import expect

from tests.browser.speaking.voices import hear, with_recognition
from tests.browser.steps import (
    box,
    buttons_act,
    eventually,
    on_question,
    press,
    saved,
    start_as_guest,
    status,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}


def dictate(page) -> None:
    press(page, "Dictate")
    press(page, "Start dictating")
    expect(page.get_by_role("button", name="Stop dictating")).to_be_visible()


@pytest.mark.parametrize("answer", ["downloadable", "downloading", "unavailable", "", "yes"])
def test_anything_but_available_offers_nothing(page, answer):
    with_recognition(page, answer)
    start_as_guest(page, **LONG)
    expect(page.get_by_role("button", name="Record my voice")).to_be_visible()
    page.wait_for_function("() => asked.length > 0")
    expect(page.get_by_role("button", name="Dictate")).to_have_count(0)
    assert all(asked["processLocally"] is True for asked in page.evaluate("asked"))
    assert page.evaluate("[window.installs, window.usedRemote]") == [None, None]


@pytest.mark.parametrize(
    "without",
    [
        "delete SpeechRecognition.available",
        "delete SpeechRecognition.prototype.processLocally",
        "delete window.SpeechRecognition",
        "SpeechRecognition.available = () => Promise.reject(new Error())",
    ],
)
def test_a_browser_that_could_send_the_sound_away_is_never_used(page, without):
    with_recognition(page)
    page.add_init_script(without)
    start_as_guest(page, **LONG)
    expect(page.get_by_role("button", name="Record my voice")).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Dictate")).to_have_count(0)
    assert page.evaluate("window.usedRemote") is None


def test_a_real_browser_without_a_language_on_the_device_offers_nothing(page):
    start_as_guest(page, **LONG)
    page.wait_for_timeout(500)
    expect(page.get_by_role("button", name="Dictate")).to_have_count(0)


def test_what_is_said_goes_to_the_caret_and_is_counted_and_saved(page):
    with_recognition(page)
    attempt = start_as_guest(page, **LONG)
    box(page).fill("First. Last.")
    box(page).evaluate("box => box.setSelectionRange(6, 6)")
    dictate(page)
    assert page.evaluate("[sessions[0].processLocally, sessions[0].state]") == [True, "on"]
    hear(page, "in the", is_final=False)
    expect(page.locator("[data-heard]")).to_have_text("in the…")
    expect(box(page)).to_have_value("First. Last.")
    hear(page, "in the middle")
    expect(box(page)).to_have_value("First. in the middle Last.")
    expect(status(page)).to_contain_text("5 words")
    saved(page)
    assert text_of(attempt) == "First. in the middle Last."
    press(page, "Stop dictating")
    assert page.evaluate("sessions[0].state") == "off"


def test_the_last_words_are_in_the_answer_that_is_submitted_and_none_in_the_next(page):
    with_recognition(page)
    attempt = start_as_guest(page, **LONG)
    dictate(page)
    hear(page, "the end of it", is_final=False)
    buttons_act(page)
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "the end of it"
    expect(page.get_by_role("button", name="Dictate")).to_be_visible()
    assert page.evaluate("sessions[0].state") == "off"
    page.evaluate("sessions[0].says('too late')")
    expect(box(page)).to_have_value("")


def test_it_stops_at_the_bell_with_its_last_words(page):
    with_recognition(page)
    attempt = start_as_guest(page, seconds_each=4)
    dictate(page)
    hear(page, "said in time", is_final=False)
    on_question(page, 2)
    assert text_of(attempt) == "said in time"


def test_a_session_that_fails_says_so_and_the_box_works(page):
    with_recognition(page)
    attempt = start_as_guest(page, **LONG)
    dictate(page)
    page.evaluate("""() => {
        sessions[0].onerror({error: "not-allowed"});
        sessions[0].onend(new Event("end"));
    }""")
    expect(page.locator("[data-speaking-says]")).to_contain_text("does not let this page")
    expect(page.get_by_role("button", name="Dictate")).to_be_visible()
    box(page).fill("Typed.")
    saved(page)
    assert text_of(attempt) == "Typed."


def test_words_wait_while_the_box_takes_no_text(page):
    with_recognition(page)
    start_as_guest(page, **LONG)
    dictate(page)
    box(page).evaluate("box => { box.readOnly = true; }")
    hear(page, "one")
    expect(box(page)).to_have_value("")
    box(page).evaluate("box => { box.readOnly = false; }")
    hear(page, "two")
    eventually(page, lambda: box(page).input_value(), "one two")


def test_dictating_and_recording_take_turns(page):
    with_recognition(page)
    start_as_guest(page, **LONG)
    press(page, "Record my voice")
    press(page, "Start recording")
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    dictate(page)
    expect(page.get_by_role("button", name="Stop recording")).to_have_count(0)
