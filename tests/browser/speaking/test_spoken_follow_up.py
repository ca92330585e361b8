"""The answer to a follow-up is recorded like any other, played below its question, and deleted."""

import re

import pytest
from playwright.sync_api import expect

from attempts import transitions
from attempts.asking import scorer
from attempts.transitions.starting import Pace
from quizsite.clock import database_now
from tests.attempts.asking.candidates import asking_interview
from tests.attempts.asking.questions import FOLLOW_UPS, THIN
from tests.browser.speaking.steps import entries, plays, record
from tests.browser.steps import (
    box,
    buttons_act,
    come_as_guest,
    enter,
    eventually,
    press,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """The machine of the tests does much else at the same time."""
    monkeypatch.setattr(scorer, "WAIT_SECONDS", 30)
    yield
    scorer.process().stop()


def submit(page, text: str) -> None:
    box(page).fill(text)
    buttons_act(page)
    press(page, "Submit answer")


def suggested(attempt) -> int:
    return attempt.answers.exclude(engine="").count()


@pytest.mark.usefixtures("scorer")
def test_a_recording_of_a_follow_up_is_heard_on_the_result_and_deleted(page):
    owner = come_as_guest(page.context)
    interview = asking_interview(questions=1)
    attempt = transitions.start(owner, interview, Pace(), now=database_now())
    enter(page, attempt)
    submit(page, THIN)
    expect(page.get_by_role("heading", level=1)).to_have_text(FOLLOW_UPS[1])
    record(page)
    submit(page, "We go back to the previous version.")

    expect(page).to_have_url(re.compile("/review/"))
    expect(page.locator("[data-recordings='2'] h4")).to_contain_text(FOLLOW_UPS[1])
    eventually(page, lambda: suggested(attempt), 2)
    page.wait_for_function("!document.querySelector('#waiting')")
    assert plays(page, 2) >= 1
    expect(page.locator("[data-recordings='1'] audio")).to_have_count(0)
    press(page, "Delete this recording")
    expect(page.locator("audio")).to_have_count(0)
    eventually(page, lambda: entries(page), [])
