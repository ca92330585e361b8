"""What people do at the interview in a browser, and what the site then has of it."""

import time
from contextlib import suppress
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import F
from django.test import Client
from playwright.sync_api import Error, Page, expect

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.owners import GUEST_KEY, Owner
from attempts.transitions.starting import Pace
from quizsite.clock import database_now
from tests.factories import PASSWORD, interview_of

SAVE = "**/save/"
TYPED = "Gradients are summed, then every worker has the same ones."


# --- who sits down, and where -----------------------------------------------------------------


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


def sit_down(page: Page, **terms) -> Attempt:
    """As a guest at the first question of a new attempt; terms as for attempt_of."""
    attempt = attempt_of(come_as_guest(page.context), **terms)
    enter(page, attempt)
    return attempt


def enter(page: Page, attempt: Attempt) -> None:
    page.goto(f"/attempts/{attempt.pk}/")
    ready(page)


def ready(page: Page) -> None:
    """Wait until the room's scripts are at work."""
    expect(page.locator("#clock")).to_have_attribute("data-bound", "yes")


def log_in(page: Page, user) -> None:
    """By the log-in page, as a person does."""
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
    page.get_by_role("button", name=name, exact=name != "Submit answer").click()


def on_question(page: Page, position: int) -> None:
    """Wait until the page shows this question, with its scripts bound to it."""
    expect(page.locator("#room")).to_have_attribute("data-position", str(position))
    ready(page)


def saved(page: Page) -> None:
    expect(status(page)).to_have_attribute("data-state", "saved", timeout=15_000)


def says(page: Page, words) -> None:
    """Wait until the status line says exactly this; words: a text or a pattern."""
    expect(status(page).locator("[data-says]")).to_have_text(words, timeout=12_000)


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


def expect_failures(page: Page) -> None:
    """Chromium's console names every failed request; here they are meant to fail."""
    page.problems.clear()


def mirrored(page: Page) -> list[str]:
    """The texts that the browser keeps, of all its tabs."""
    return page.evaluate(
        """() => Object.entries(localStorage)
            .filter(([key]) => key.startsWith("unsaved:"))
            .map(([, kept]) => JSON.parse(kept).text)"""
    )


def hold(page: Page, url: str, **options) -> list:
    """Hold requests back from now on; the list gets their routes, to be continued."""
    held = []
    page.route(url, lambda route: held.append(route), **options)
    return held


def kill_tab(page: Page) -> None:
    """End the page's process at once: nothing in it runs any more, not even on leaving."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=2_000)
    page.close()


# --- what the site has ------------------------------------------------------------------------


def answer(attempt: Attempt, position: int = 1) -> Answer:
    return Answer.objects.get(attempt=attempt, position=position)


def text_of(attempt: Attempt, position: int = 1) -> str:
    return answer(attempt, position).text


def kept_of(attempt: Attempt, position: int = 1) -> list[tuple[str, str]]:
    return list(answer(attempt, position).kept_texts.values_list("source", "text"))


def eventually(page: Page, look, expected, *, within: float = 10) -> None:
    """Wait until look() gives what is expected; fail with what it gives instead.

    It waits in the page, for otherwise no handler of a held-back request would run meanwhile.
    """
    until = time.monotonic() + within
    while (seen := look()) != expected and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert seen == expected, (seen, expected)


def let_pass(attempt: Attempt, seconds: float) -> None:
    """Set everything in the attempt so much earlier, as if that time had gone by."""
    span = timedelta(seconds=seconds)
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=F("started_at") - span, deadline_at=F("deadline_at") - span
    )
    answers = Answer.objects.filter(attempt=attempt)
    answers.update(opened_at=F("opened_at") - span, closed_at=F("closed_at") - span)
