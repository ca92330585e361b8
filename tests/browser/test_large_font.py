"""With letters twice as large as usual, no page is wider than the window."""

import json

import pytest

from questions.models import Timing
from tests.browser import chromium
from tests.browser.steps import attempt_of, come_as_user
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    UserFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db(transaction=True)

# Elements beyond the right edge, and by how many pixels. What scrolls by itself is not the page's.
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => element.closest("pre, table:not(.history), .dots");
    return [...document.body.querySelectorAll("*")]
        .filter((element) => element.checkVisibility() && !scrolls(element))
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && box.right > width + 1)
        .map(([element, box]) => `${Math.round(box.right - width)}: ${element.outerHTML}`)
        .map((line) => line.replace(/\\s+/g, " ").slice(0, 140));
}"""
PROMPT = "Describe containerization: what_does_it_do_for_the_deployment_of_models_in_production?"


@pytest.fixture(params=[390, 320])
def page(request, browser, live_server, tmp_path):
    """A page of a browser in which the person has set the size of letters to 32 pixels."""
    preferences = tmp_path / "Default/Preferences"
    preferences.parent.mkdir()
    preferences.write_text(json.dumps({"webkit": {"webprefs": {"default_font_size": 32}}}))
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=chromium.installed(),
        args=chromium.flags(),
        viewport={"width": request.param, "height": 844},
        base_url=live_server.url,
        locale="en-GB",
    )
    yield context.new_page()
    context.close()


def too_wide(page, *addresses) -> dict[str, list[str]]:
    found = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
        assert size == "32px"
        if wide := page.evaluate(TOO_WIDE):
            found[address] = wide
    return found


def result_of(user):
    """A result with a range, pills, doubts, words that were shown, kept texts and a report."""
    attempt = AttemptFactory(
        user=user, finished=True, score="55.00", interview_title="ML infrastructure: full interview"
    )
    points = [f"Containerization number {number} is reproducible." for number in range(1, 5)]
    version = published_question(prompt=PROMPT, key_points=points).current_version
    doubts = [(0.9, "true", None), (0.4, "true", None), (0.5, "true", "False."), (0, None, None)]
    evidence = [{"confidence": c, "text": text, "opposite": o} for c, text, o in doubts]
    answer = AnswerFactory(
        attempt=attempt, version=version, position=1, written=True, closed=True, engine="test-1",
        suggested=[True, False, False, False], evidence=evidence, share="0.25", flagged=True,
    )  # fmt: skip
    answer.kept_texts.create(source="late", writer="w", text="x" * 90, kept_at=START)
    answer.reports.create(reason="wrong", text="y" * 90, reported_at=START)
    AnswerFactory(
        attempt=attempt, position=2, written=True, closed=True, engine="test-1", share="1",
        suggested=[True, False], confirmed=[True, True],
        evidence=[{"confidence": 0.9, "text": "true"}, {"confidence": 0, "text": None}],
    )  # fmt: skip
    return attempt


def test_what_a_visitor_sees(page):
    interview = interview_of(2, name="ML infrastructure: reproducibility and observability")
    accounts = [f"/accounts/{name}/" for name in ("login", "signup", "password/reset")]
    assert too_wide(page, "/", interview.get_absolute_url(), "/nothing/", *accounts) == {}


def test_what_a_candidate_sees(page):
    user = UserFactory(email="somebody.with.a.long.name@departments.example.org")
    attempt = result_of(user)
    come_as_user(page.context, user)
    places = [f"/accounts/{place}/" for place in ("email", "password/change", "2fa")]
    result = attempt.get_absolute_url()
    assert too_wide(page, "/attempts/", result, f"{result}?show=all", *places) == {}


@pytest.mark.parametrize("timing", [Timing.TOTAL, Timing.PER_QUESTION])
def test_the_room_and_the_ways_out_of_it(page, timing):
    user = UserFactory()
    owner = come_as_user(page.context, user)
    attempt = attempt_of(owner, questions=5, timing=timing)
    room = attempt.get_absolute_url()
    assert too_wide(page, room, f"{room}finish/", f"{room}discard/", "/", "/attempts/") == {}
