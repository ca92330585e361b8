"""Speaking breaks no rule of axe-core, works by keys, and stays calm where no motion is wanted."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import watched
from tests.browser.layout import layout_faults
from tests.browser.speaking.steps import is_recording, is_stopped, seconds_of, to_result
from tests.browser.speaking.voices import LOCAL, with_recognition, with_voices
from tests.browser.steps import (
    box,
    buttons_act,
    eventually,
    open_answers,
    press,
    saved,
    start_as_guest,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["1280-light", "390-dark"])
def page(request, new_context):
    width, scheme = request.param
    context = new_context(
        bypass_csp=True,
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        permissions=["microphone"],
    )
    page = watched(context.new_page())
    with_voices(page, LOCAL)
    with_recognition(page)
    yield page
    assert page.problems == []


def faults(page) -> list:
    violations = Axe().run(page).response["violations"]
    broken = [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in violations]
    return [*broken, *layout_faults(page)]


def test_every_state_of_a_recording(page):
    start_as_guest(page, **LONG)
    assert faults(page) == []
    press(page, "Record my voice")
    expect(page.get_by_role("button", name="Start recording")).to_be_visible()
    assert faults(page) == []
    press(page, "Start recording")
    is_recording(page)
    expect(page.locator("[data-recording-word]")).not_to_be_empty()
    assert faults(page) == []
    press(page, "Stop recording")
    is_stopped(page)
    expect(page.locator("[data-kept]")).to_be_visible()
    assert faults(page) == []
    press(page, "Options")
    expect(page.locator("dialog[open] [data-all-recordings]")).to_be_visible()
    assert faults(page) == []
    press(page, "Done")
    press(page, "Dictate")
    assert faults(page) == []
    box(page).fill("Notes.")
    saved(page)
    to_result(page)
    open_answers(page, 1)
    expect(page.locator("audio")).to_be_visible()
    assert faults(page) == []


def test_everything_is_done_by_keys_and_said_politely(page):
    start_as_guest(page, **LONG)
    buttons_act(page)
    said = page.locator("#announcements")
    expect(said).to_have_attribute("role", "status")
    page.get_by_role("button", name="Record my voice").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start recording")).to_be_focused()
    page.keyboard.press("Enter")
    is_recording(page)
    expect(page.get_by_role("button", name="Stop recording")).to_be_focused()
    expect(said).to_contain_text("Recording.")
    page.keyboard.press("Space")
    is_stopped(page)
    expect(said).to_contain_text("Recording stopped.")
    expect(page.get_by_role("button", name="Record my voice")).to_be_focused()


def test_where_no_motion_is_wanted_the_level_is_a_word_alone(page):
    page.emulate_media(reduced_motion="reduce")
    start_as_guest(page, **LONG)
    press(page, "Record my voice")
    press(page, "Start recording")
    is_recording(page)
    expect(page.locator("[data-recording-word]")).to_contain_text("Sound:")
    expect(page.locator("[data-recording-level]")).to_be_hidden()


def test_a_microphone_that_hears_nothing_is_asked_about_once(page):
    page.add_init_script("""{
        const measure = AnalyserNode.prototype.getByteTimeDomainData;
        AnalyserNode.prototype.getByteTimeDomainData = function (samples) { samples.fill(128); };
    }""")
    start_as_guest(page, **LONG)
    press(page, "Record my voice")
    press(page, "Start recording")
    is_recording(page)
    expect(page.locator("[data-recording-word]")).to_have_text("Sound: no sound")
    expect(page.locator("#announcements")).to_contain_text("hears nothing", timeout=8_000)
    eventually(page, lambda: len(seconds_of(page)), 1)
