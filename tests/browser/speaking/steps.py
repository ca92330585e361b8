"""What people do with their voice in the room, and what the browser has of it."""

import re

from playwright.sync_api import expect

from tests.browser.steps import eventually, press

KEPT = """() => new Promise((resolve, reject) => {
    const opening = indexedDB.open("recordings", 1);
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
        const reading = opening.result.transaction("entries").objectStore("entries").getAll();
        reading.onerror = reject;
        reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.map(({sound, ...entry}) =>
                ({...entry, ...(sound && {size: sound.byteLength})})));
        };
    };
})"""

LEAVE = """heads => new Promise(resolve => {
    const opening = indexedDB.open("recordings", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("entries", {keyPath: "key"});
    opening.onsuccess = () => {
        const writing = opening.result.transaction("entries", "readwrite");
        for (const head of heads) {
            writing.objectStore("entries").put({type: "audio/webm", milliseconds: 1000, ...head});
            const key = head.key.replace("head:", "part:") + ":000000";
            writing.objectStore("entries").put({key, sound: new ArrayBuffer(8)});
        }
        writing.oncomplete = () => {
            localStorage.setItem("recordings", "yes");
            opening.result.close();
            resolve();
        };
    };
})"""


def entries(page) -> list[dict]:
    """Heads and parts of recordings in the browser; a part has its size instead of its sound."""
    return page.evaluate(KEPT)


def heads(page) -> list[dict]:
    return [entry for entry in entries(page) if entry["key"].startswith("head:")]


def seconds_of(page) -> list[float]:
    """How long each recording is, as far as it is in the browser's database."""
    return [head["milliseconds"] / 1000 for head in heads(page) if head["bytes"]]


def leave_recordings(page, *left: dict) -> None:
    """Put recordings into the database, as an earlier page left them: {key, at, bytes}, …"""
    page.evaluate(LEAVE, left)


def speaking(page):
    return page.locator("#speaking")


def says(page):
    return page.locator("[data-speaking-says]")


def record(page) -> None:
    """Begin a recording, and wait until a part of it is on the disk."""
    press(page, "Record my voice")
    press(page, "Start recording")
    is_recording(page)


def is_recording(page) -> None:
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    eventually(page, lambda: any(head["bytes"] for head in heads(page)), True)


def is_stopped(page) -> None:
    expect(page.get_by_role("button", name="Stop recording")).to_have_count(0)
    expect(says(page)).to_contain_text("Recording stopped")


def to_result(page) -> None:
    """Finish the interview and come to its result."""
    press(page, "Finish interview")
    press(page, "Finish interview")
    expect(page).to_have_url(re.compile("/review/"))


def plays(page, position: int = 1) -> float:
    """The length in seconds of the answer's recording, after the browser has played some of it."""
    audio = page.locator(f"[data-recordings='{position}'] audio")
    expect(audio).to_be_visible()
    return audio.evaluate("""async audio => {
        audio.muted = true;
        await audio.play();
        while (audio.currentTime < 0.3) await new Promise(resolve => setTimeout(resolve, 20));
        audio.pause();
        return audio.duration;
    }""")
