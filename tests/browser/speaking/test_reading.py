"""The question is read aloud with a voice of the device, when somebody asks for it."""

import pytest
from playwright.sync_api import expect

from tests.browser.speaking.voices import FRENCH, LOCAL, REMOTE, spoken, with_voices
from tests.browser.steps import (
    attempt_of,
    box,
    buttons_act,
    come_as_guest,
    enter,
    eventually,
    on_question,
    press,
    ready,
    saved,
    start_as_guest,
)
from tests.factories import published_question

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}
CUT = "(cancelled)"


def read_button(page):
    return page.get_by_role("button", name="Read aloud")


def heading(page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def switch_on(page) -> None:
    press(page, "Options")
    page.get_by_label("Read each new question aloud").check()
    press(page, "Done")


def to_second(page) -> None:
    box(page).fill("Notes.")
    buttons_act(page)
    press(page, "Submit answer")
    on_question(page, 2)


@pytest.mark.parametrize("voices", [[], [REMOTE], [FRENCH], [REMOTE, FRENCH]])
def test_without_a_local_voice_of_the_language_there_is_no_button_and_no_option(page, voices):
    with_voices(page, *voices)
    start_as_guest(page, **LONG)
    expect(page.get_by_role("button", name="Record my voice")).to_be_visible()
    expect(read_button(page)).to_have_count(0)
    press(page, "Options")
    expect(page.get_by_role("checkbox", name="Keep unsaved text")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Read each")).to_have_count(0)
    assert spoken(page) == []


def test_a_press_reads_the_heading_and_the_text_with_the_local_voice_and_another_stops(page):
    with_voices(page, REMOTE, FRENCH, LOCAL)
    attempt = attempt_of(come_as_guest(page.context), **LONG)
    long = published_question(prompt="Why drift?\n\nFirst part.\n\n- one\n- two").current_version
    attempt.answers.filter(position=1).update(version=long)
    enter(page, attempt)
    assert spoken(page) == []
    read_button(page).click()
    stop = page.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_visible()
    page.evaluate("endOfSpeech()")
    eventually(page, lambda: len(spoken(page)), 2)
    page.evaluate("endOfSpeech()")
    eventually(page, lambda: spoken(page)[:2], ["Why drift?", "First part."])
    eventually(page, lambda: spoken(page)[2].split(), ["one", "two"])
    assert {voice for _, voice in page.evaluate("spoken")} == {"Local"}
    stop.click()
    expect(read_button(page)).to_be_visible()
    assert spoken(page)[-1] == CUT
    read_button(page).click()
    for _ in range(3):
        page.evaluate("endOfSpeech()")
        page.wait_for_timeout(50)
    expect(read_button(page)).to_be_visible()  # it was read to its end


def test_the_option_is_off_at_first_and_reads_each_new_question_once(page):
    with_voices(page, LOCAL)
    start_as_guest(page, questions=3, **LONG)
    assert spoken(page) == []
    switch_on(page)
    assert spoken(page) == []  # it is about the next questions
    to_second(page)
    second = heading(page)
    eventually(page, lambda: spoken(page), [second])
    page.evaluate("endOfSpeech()")
    box(page).fill("Half of it.")
    saved(page)
    page.reload()
    ready(page)
    page.wait_for_timeout(500)
    assert spoken(page) == []  # it was read already


def test_it_stops_when_the_question_changes_or_the_page_is_hidden(page):
    with_voices(page, LOCAL)
    start_as_guest(page, **LONG)
    read_button(page).click()
    first = heading(page)
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", {value: true, configurable: true});
        document.dispatchEvent(new Event("visibilitychange"));
        delete document.hidden;
    }""")
    eventually(page, lambda: spoken(page), [first, CUT])
    read_button(page).click()
    to_second(page)
    eventually(page, lambda: spoken(page), [first, CUT, first, CUT])
    expect(read_button(page)).to_be_visible()


def test_what_began_by_itself_gives_way_to_an_announcement_and_what_was_asked_for_goes_on(page):
    with_voices(page, LOCAL)
    start_as_guest(page, questions=3, **LONG)
    switch_on(page)
    to_second(page)
    second = heading(page)
    eventually(page, lambda: spoken(page), [second])
    page.evaluate("announcements.textContent = '5 minutes left'")
    eventually(page, lambda: spoken(page), [second, CUT])
    read_button(page).click()
    page.evaluate("announcements.textContent = '1 minute left'")
    page.wait_for_timeout(200)
    assert spoken(page) == [second, CUT, second]


def test_voices_that_come_late_are_offered_and_used(page):
    with_voices(page)
    start_as_guest(page, **LONG)
    page.evaluate("localStorage.setItem('option:read-aloud', 'on')")
    to_second(page)
    expect(read_button(page)).to_have_count(0)
    page.evaluate(f"voicesCome({LOCAL})")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    eventually(page, lambda: spoken(page), [heading(page)])
    page.evaluate("voicesCome()")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)


def test_a_browser_that_wants_a_press_first_is_said_to(page):
    with_voices(page, LOCAL)
    start_as_guest(page, **LONG)
    page.evaluate("localStorage.setItem('option:read-aloud', 'on'); refusesToSpeak = true")
    to_second(page)
    expect(page.locator("[data-speaking-says]")).to_contain_text("Press “Read aloud”")
    page.evaluate("refusesToSpeak = false")
    read_button(page).click()
    eventually(page, lambda: spoken(page), [heading(page)] * 2)


def test_recording_stops_the_reading(page):
    with_voices(page, LOCAL)
    start_as_guest(page, **LONG)
    read_button(page).click()
    press(page, "Record my voice")
    eventually(page, lambda: spoken(page)[-1], CUT)
