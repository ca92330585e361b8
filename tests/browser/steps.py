"""What people do in the interview room in a browser, and what the database has afterwards."""

import time
from contextlib import suppress

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import Error, Page, expect

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.owners import GUEST_KEY, Owner
from attempts.transitions.starting import Pace
from quizsite.clock import database_now
from tests import plain_browser
from tests.factories import PASSWORD, interview_of

SAVE = "**/save/"


# --- who comes, and to which attempt ----------------------------------------------------------


def come_as_guest(context) -> Owner:
    """Make the context's visitor a guest of the site."""
    session = SessionStore()
    session[GUEST_KEY] = f"guest-{id(context)}"
    session.save()
    _carry(context, session.session_key)
    return Owner(guest_key=session[GUEST_KEY])


def come_as_user(context, user) -> Owner:
    """Log the user in within the context."""
    client = Client()
    client.force_login(user)
    _carry(context, client.session.session_key)
    return Owner(user_id=user.pk)


def _carry(context, session_key: str) -> None:
    context.add_cookies(
        [{"name": "sessionid", "value": session_key, "domain": "localhost", "path": "/"}]
    )


def attempt_of(owner: Owner, *, pace: Pace | None = None, **interview) -> Attempt:
    """Start an attempt at a new interview: by default two questions of a minute each."""
    interview = {"questions": 2, **interview}
    return transitions.start(owner, interview_of(**interview), pace or Pace(), now=database_now())


def start_as_guest(page: Page, **terms) -> Attempt:
    """Open the first question of a new attempt as a guest; terms as for attempt_of."""
    attempt = attempt_of(come_as_guest(page.context), **terms)
    enter(page, attempt)
    return attempt


def enter(page: Page, attempt: Attempt) -> None:
    page.goto(f"/attempts/{attempt.pk}/")
    ready(page)


def ready(page: Page) -> None:
    """Wait until the room's scripts are running."""
    expect(page.locator("#clock")).to_have_attribute("data-bound", "yes")


def buttons_act(page: Page) -> None:
    """Wait until the buttons act: what was just shown holds them for a moment."""
    expect(page.locator("button[aria-disabled=true], a[aria-disabled=true]")).to_have_count(0)


def log_in(page: Page, user) -> None:
    """Log in on the log-in page, as a person does."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


# --- the room ---------------------------------------------------------------------------------


def box(page: Page, *, hidden: bool = False):
    """The answer box; a dialog over it hides it from assistive technology."""
    return page.get_by_role("textbox", name="Your answer", include_hidden=hidden)


def status(page: Page):
    return page.locator("#save-status")


def press(page: Page, name: str) -> None:
    """Once the page's scripts have run, which hold its buttons for a moment, and it acts."""
    page.wait_for_load_state()
    page.get_by_role("button", name=name, exact=name != "Submit answer").click()


def on_question(page: Page, position: int) -> None:
    """Wait until the page shows this question and its scripts are bound to it."""
    room = page.locator("#room")
    expect(room).to_have_attribute("data-position", str(position), timeout=15_000)
    ready(page)


def in_state(page: Page, state: str) -> None:
    """Wait until the status line is in this state: new, unsaved, saving, saved, offline, …"""
    expect(status(page)).to_have_attribute("data-state", state, timeout=15_000)


def saved(page: Page) -> None:
    in_state(page, "saved")


def retrying(page: Page) -> None:
    """Wait until a save has failed and the page says so."""
    expect(status(page)).to_contain_text("retrying", timeout=12_000)


def states_from_now_on(page: Page):
    """Returns a function that gives every state the status line has had since this call."""
    page.evaluate("""() => {
        const line = document.getElementById("save-status");
        window.states = [];
        new MutationObserver(() => window.states.push(line.dataset.state)).observe(line, {
            attributes: true });
    }""")
    return lambda: page.evaluate("states")


def offered_texts(page: Page):
    """The notices that offer text which only this browser has."""
    return page.locator("section:has([data-unsaved-text])")


def expect_failures(page: Page) -> None:
    """Forget the failed requests that Chromium's console lists, because they were meant to fail."""
    page.problems.clear()


KEPT_ENTRIES = """() => new Promise((resolve, reject) => {
    const names = Object.keys(localStorage).filter(key => key.startsWith("unsaved:"));
    const atHand = names.map(key => JSON.parse(localStorage.getItem(key)));
    const opening = indexedDB.open("unsaved", 1);
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve(atHand);
    opening.onsuccess = () => {
        const reading = opening.result.transaction("entries").objectStore("entries").getAll();
        reading.onerror = reject;
        reading.onsuccess = () => {
            opening.result.close();
            resolve([...reading.result, ...atHand]);
        };
    };
})"""


def kept_entries(page: Page) -> list[dict]:
    """What the browser keeps of unsaved text, from all its tabs: on the disk, or stored at hand."""
    return page.evaluate(KEPT_ENTRIES)


def unsaved_texts(page: Page) -> list[str]:
    return [entry["text"] for entry in kept_entries(page)]


LEAVE_ENTRIES = """entries => new Promise(resolve => {
    const opening = indexedDB.open("unsaved", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("entries", {keyPath: "key"});
    opening.onsuccess = () => {
        const writing = opening.result.transaction("entries", "readwrite");
        for (const entry of entries) writing.objectStore("entries").put(entry);
        writing.oncomplete = () => (opening.result.close(), resolve());
    };
})"""


def leave_behind(page: Page, *entries: dict) -> None:
    """Put entries into the browser's database, as another tab or an earlier page left them."""
    page.evaluate(LEAVE_ENTRIES, entries)


def hold(page: Page, url: str, **options) -> list:
    """Hold requests back from now on; the returned list fills with their routes, to continue."""
    held = []
    page.route(url, lambda route: held.append(route), **options)
    return held


def requests_to(page: Page, ending: str) -> list:
    """The page's requests from now on whose path has this ending; the list fills as they leave."""
    requests = []
    page.on("request", lambda request: request.url.endswith(ending) and requests.append(request))
    return requests


def stop_timers(page: Page) -> None:
    """Stop the page's timers: from now on they fire only in page.clock.run_for().

    Call page.clock.install() before the page is loaded.
    """
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)


def kill_tab(page: Page) -> None:
    """End the page's process at once: nothing in it runs any more, not even on leaving."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=2_000)
    page.close()


# --- the result -------------------------------------------------------------------------------


def listed(page: Page):
    """The rows of the list of attempts."""
    return page.locator("table.history tbody tr")


def open_answers(page: Page, *positions: int) -> None:
    """Open the lines of these answers."""
    for position in positions:
        page.locator(f"#answer-{position} > summary").click()


# --- what the database has --------------------------------------------------------------------


def answer(attempt: Attempt, position: int = 1) -> Answer:
    return Answer.objects.get(attempt=attempt, position=position)


def text_of(attempt: Attempt, position: int = 1) -> str:
    return answer(attempt, position).text


def kept_of(attempt: Attempt, position: int = 1) -> list[tuple[str, str]]:
    return list(answer(attempt, position).kept_texts.values_list("source", "text"))


def eventually(page: Page, look, expected) -> None:
    """Wait until look() gives what is expected; fail with what it gives instead.

    It waits in the page, because otherwise no handler of a held-back request would run.
    """
    until = time.monotonic() + 10
    while (seen := look()) != expected and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert seen == expected, (seen, expected)


def pass_time(attempt: Attempt, seconds: float) -> None:
    """Make the attempt so many seconds older, as if that time had gone by."""
    plain_browser.pass_time(attempt.pk, seconds)
