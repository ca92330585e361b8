"""Where a recording cannot begin or go on, the page says why, and the answer box works."""

import pytest
from playwright.sync_api import expect

from tests.browser.speaking.steps import (
    entries,
    heads,
    leave_recordings,
    plays,
    record,
    says,
    seconds_of,
    to_result,
)
from tests.browser.steps import (
    box,
    eventually,
    on_question,
    open_answers,
    press,
    saved,
    start_as_guest,
    text_of,
)
from tests.browser.test_leaving import REFUSE_STORAGE

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {"seconds_each": 600}

FAILS = """navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException("no", "{name}"));"""
FULL = """{
    const put = IDBObjectStore.prototype.put;
    window.isFull = false;
    IDBObjectStore.prototype.put = function (entry) {
        if (!isFull || this.transaction.db.name !== "recordings") return put.call(this, entry);
        throw new DOMException("full", "QuotaExceededError");
    };
}"""


def the_box_works(page, attempt) -> None:
    expect(page.get_by_role("button", name="Stop recording")).to_have_count(0)
    expect(page.get_by_role("button", name="Record my voice")).to_be_enabled()
    expect(box(page)).to_be_editable()
    box(page).fill("Notes all the same.")
    saved(page)
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "Notes all the same."


def try_to_record(page) -> None:
    press(page, "Record my voice")
    press(page, "Start recording")


def test_a_refused_microphone(refusing):
    attempt = start_as_guest(refusing, **LONG)
    box(refusing).fill("Before.")
    try_to_record(refusing)
    expect(says(refusing)).to_contain_text("does not let this page use a microphone")
    expect(refusing.locator("#announcements")).to_contain_text("does not let this page")
    expect(box(refusing)).to_have_value("Before.")
    assert entries(refusing) == []
    the_box_works(refusing, attempt)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NotFoundError", "No microphone was found"),
        ("NotReadableError", "does not answer"),
        ("AbortError", "could not be used"),
    ],
)
def test_no_microphone_or_one_that_does_not_answer(page, name, words):
    page.add_init_script(FAILS.format(name=name))
    attempt = start_as_guest(page, **LONG)
    try_to_record(page)
    expect(says(page)).to_contain_text(words)
    assert entries(page) == []
    the_box_works(page, attempt)


@pytest.mark.parametrize("missing", ["MediaRecorder", "mediaDevices"])
def test_a_browser_that_cannot_record(page, missing):
    holder = "window" if missing == "MediaRecorder" else "Navigator.prototype"
    page.add_init_script(f"delete {holder}.{missing};")
    attempt = start_as_guest(page, **LONG)
    try_to_record(page)
    expect(says(page)).to_contain_text("cannot record on this page")
    the_box_works(page, attempt)


def test_a_browser_that_stores_nothing(page):
    page.add_init_script(REFUSE_STORAGE)
    asked = "navigator.mediaDevices.getUserMedia = () => (window.isAsked = true, Promise.reject());"
    page.add_init_script(asked)
    attempt = start_as_guest(page, **LONG)
    try_to_record(page)
    expect(says(page)).to_contain_text("stores nothing for this page")
    assert page.evaluate("window.isAsked") is None
    the_box_works(page, attempt)


def test_a_full_browser_at_the_start(page):
    page.add_init_script(FULL)
    attempt = start_as_guest(page, **LONG)
    page.evaluate("isFull = true")
    try_to_record(page)
    expect(says(page)).to_contain_text("no space left")
    the_box_works(page, attempt)


def test_a_browser_that_is_full_in_the_middle_keeps_what_was_recorded(page):
    page.add_init_script(FULL)
    attempt = start_as_guest(page, **LONG)
    record(page)
    page.evaluate("isFull = true")
    expect(says(page)).to_contain_text("no space left", timeout=5_000)
    assert len(seconds_of(page)) == 1
    the_box_works(page, attempt)
    to_result(page)
    open_answers(page, 1)
    assert plays(page) > 0.5


def test_where_space_is_short_the_oldest_goes_first(page):
    page.add_init_script(FULL)
    start_as_guest(page, **LONG)
    record(page)
    left = [{"key": f"head:other:1:{n}", "at": n, "bytes": 8} for n in (2, 1)]
    leave_recordings(page, *left)
    page.evaluate("""() => {
        isFull = true;
        const remove = IDBObjectStore.prototype.delete;
        IDBObjectStore.prototype.delete = function (keys) {
            window.deleted ??= [];
            if (typeof keys === "string") {
                deleted.push(keys);
                isFull = false;
            }
            return remove.call(this, keys);
        };
    }""")
    eventually(page, lambda: page.evaluate("window.deleted"), ["head:other:1:1"])
    before = seconds_of(page)
    eventually(page, lambda: max(seconds_of(page)) > max(before) + 1, True)
    keys = {head["key"] for head in heads(page)}
    assert "head:other:1:2" in keys
    assert "head:other:1:1" not in keys


def test_a_microphone_that_is_unplugged_in_the_middle(page):
    page.add_init_script("""{
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async wanted => (window.stream = await ask(wanted));
    }""")
    attempt = start_as_guest(page, **LONG)
    record(page)
    page.evaluate("""() => {
        const [track] = stream.getTracks();
        track.stop();
        track.dispatchEvent(new Event("ended"));
    }""")
    expect(says(page)).to_contain_text("disconnected")
    expect(page.locator("[data-kept]")).to_be_visible()
    the_box_works(page, attempt)


def test_a_question_that_is_left_while_the_browser_asks_does_not_record_afterwards(page):
    page.add_init_script("""{
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async wanted => {
            const stream = await ask(wanted);
            await new Promise(resolve => (window.allow = resolve));
            return (window.stream = stream);
        };
    }""")
    start_as_guest(page, **LONG)
    try_to_record(page)
    page.wait_for_function("() => window.allow")
    box(page).fill("Notes.")
    press(page, "Submit answer")
    on_question(page, 2)
    page.evaluate("allow()")
    page.wait_for_function(
        "() => window.stream?.getTracks().every(track => track.readyState === 'ended')"
    )
    expect(page.get_by_role("button", name="Stop recording")).to_have_count(0)
    eventually(page, lambda: entries(page), [])


def test_a_script_that_could_not_be_loaded_is_asked_for_again(page):
    attempt = start_as_guest(page, **LONG)
    page.route("**/microphone.js", lambda route: route.abort())
    press(page, "Record my voice")
    expect(says(page)).to_contain_text("could not be loaded")
    expect(box(page)).to_be_editable()
    press(page, "Record my voice")
    press(page, "Start recording")
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    press(page, "Stop recording")
    the_box_works(page, attempt)
    page.problems.clear()  # the console lists the request that failed
