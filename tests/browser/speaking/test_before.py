"""Before the start a page explains speaking, says what this browser can do, and has the option."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt
from tests.browser.layout import OPEN_EVERYTHING, layout_faults
from tests.browser.speaking.steps import leave_recordings
from tests.browser.speaking.voices import LOCAL, REMOTE, spoken, with_recognition, with_voices
from tests.browser.steps import come_as_user, press, ready
from tests.factories import UserFactory, interview_of
from tests.test_architecture import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def section(page):
    return page.locator("details:has(.ways-to-speak)")


def open_section(page) -> None:
    section(page).locator("summary").first.click()


def option(page):
    return page.get_by_role("checkbox", name=re.compile("Read each new question aloud"))


def test_what_is_switched_on_before_the_start_holds_in_the_room(page):
    with_voices(page, LOCAL)
    interview = interview_of(2)
    page.goto(interview.get_absolute_url())
    open_section(page)
    expect(option(page)).not_to_be_checked()
    option(page).check()
    press(page, "Start interview")
    ready(page)
    heading = page.get_by_role("heading", level=1).inner_text()
    page.wait_for_function("() => spoken.length > 0")
    assert spoken(page) == [heading]
    press(page, "Options")
    expect(option(page)).to_be_checked()


def test_it_says_what_this_browser_cannot_do(page):
    with_voices(page, REMOTE)
    page.add_init_script("delete window.MediaRecorder; delete window.SpeechRecognition;")
    page.goto(interview_of(1).get_absolute_url())
    open_section(page)
    expect(option(page)).to_have_count(0)
    for words in ("cannot be read aloud", "cannot record", "dictation is not offered"):
        expect(section(page).get_by_text(words)).to_be_visible()
    expect(section(page).get_by_text("Press “Record my voice”")).to_be_hidden()
    expect(section(page).get_by_text("“Dictate” writes")).to_be_hidden()


def test_it_says_what_this_browser_can_do(page):
    with_voices(page, LOCAL)
    with_recognition(page)
    page.goto(interview_of(1).get_absolute_url())
    open_section(page)
    for words in ("“Read aloud” beside", "Press “Record my voice”", "“Dictate” writes"):
        expect(section(page).get_by_text(words)).to_be_visible()
    expect(section(page).get_by_text("not offered")).to_be_hidden()
    expect(section(page).get_by_text("recordings of your voice")).to_be_hidden()


def test_the_option_is_no_field_of_the_form(page):
    with_voices(page, LOCAL)
    page.goto(interview_of(1).get_absolute_url())
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request))
    open_section(page)
    option(page).check()
    press(page, "Start interview")
    ready(page)
    assert "read" not in (sent[0].post_data or "")
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("address", ["/practice/", "/accounts/data/"])
def test_recordings_are_counted_and_deleted_at_once(page, address):
    interview_of(1)
    come_as_user(page.context, UserFactory())
    page.goto("/")
    heads = [{"key": f"head:a:{n}:1", "at": 4_000_000_000_000, "bytes": 1_234_567} for n in (1, 2)]
    leave_recordings(page, *heads)
    page.goto(address)
    if address == "/practice/":
        open_section(page)
    part = page.locator("[data-all-recordings]")
    expect(part).to_contain_text("2 recordings of your voice, 2.5 MB")
    part.get_by_text("Delete all recordings").click()
    part.get_by_role("button", name="Delete 2 recordings").click()
    expect(part.get_by_text("no recordings")).to_be_focused()


def test_without_scripts_nothing_of_it_is_shown(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(interview_of(1).get_absolute_url())
    expect(page.get_by_text("Adjust the clock")).to_be_visible()
    expect(section(page)).to_be_hidden()


def test_nothing_is_torn_or_beside_a_narrow_window(page):
    with_voices(page, LOCAL)
    with_recognition(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(interview_of(1).get_absolute_url())
    page.evaluate(OPEN_EVERYTHING)
    assert layout_faults(page) == []
    page.set_viewport_size({"width": 320, "height": 844})
    assert layout_faults(page) == []


def test_the_pages_state_the_limits_that_the_scripts_have():
    rules = (ROOT / "static/js/storage/recording-rules.js").read_text()
    number = {
        name: int(value.replace("_", ""))
        for name, value in re.findall(r"export const (\w+) = ([\d_]+)", rules)
    }
    texts = (ROOT / "templates/attempts/speaking/_before.html").read_text()
    assert f"after {number['LONGEST']} minutes or at {number['MOST_BYTES'] // 10**6} MB" in texts
    assert f"deleted after {number['KEPT_DAYS']} days" in texts
    assert f"Above {number['KEPT_BYTES'] // 10**6} MB" in texts
    beside = (ROOT / "templates/attempts/speaking/_beside_question.html").read_text()
    assert f"deleted after {number['KEPT_DAYS']} days" in beside
