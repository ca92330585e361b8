"""A score that is suggested, corrected and confirmed."""

import re

import pytest
from playwright.sync_api import expect

from attempts.scoring import engine
from attempts.scoring.engine import VERSION
from questions.models import Slot
from tests.browser.steps import (
    box,
    come_as_user,
    eventually,
    hold,
    listed,
    on_question,
    open_answers,
    press,
    ready,
)
from tests.factories import (
    AnswerFactory,
    AttemptFactory,
    InterviewFactory,
    UserFactory,
    published_question,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scorer")]

ASKED = {
    "Why does version control matter?": [
        "Every change is recorded with its author and date.",
        "Several people can work on branches at the same time.",
    ],
    "What does a virtual environment do?": [
        "Each project has its own set of installed packages.",
        "Two projects can need different versions of one library.",
    ],
}


def answer_both(page):
    """An interview of the two questions, answered in the candidate's own words."""
    interview = InterviewFactory()
    for position, (prompt, points) in enumerate(ASKED.items(), start=1):
        question = published_question(prompt=prompt, key_points=points)
        Slot.objects.create(interview=interview, position=position, question=question, seconds=120)
    page.goto(interview.get_absolute_url())
    press(page, "Start interview")
    ready(page)
    box(page).fill("Every change is recorded, with author and date. I like tea.")
    press(page, "Submit answer")
    on_question(page, 2)
    box(page).fill("Each project has its own set of installed packages. So what.")
    press(page, "Submit answer")
    expect(page).to_have_url(re.compile("/review/$"))


def test_suggestions_are_seen_corrected_and_confirmed(page):
    answer_both(page)
    first = page.locator("#marks-1")
    open_answers(page, 1, 2)
    expect(page.get_by_role("heading", name="Automatic score")).to_be_visible()
    expect(first.locator(".state.found")).to_have_count(1)
    expect(page.locator("#written-1 mark")).to_contain_text("Every change is recorded")
    expect(page.locator(".big")).to_have_text("50 / 100")

    first.get_by_label("Several people").check()
    expect(page.locator(".big")).to_have_text("75 / 100")
    expect(first).to_contain_text("(automatic: 1)")
    page.locator("#marks-2").get_by_label("Each project").uncheck()
    expect(page.locator(".big")).to_have_text("50 / 100")
    expect(page.locator("#written-2 mark")).to_have_count(0)

    page.goto("/attempts/")
    expect(listed(page).first).to_contain_text("50")
    expect(listed(page).first).not_to_contain_text("suggested")


def result_of_one_answer(context):
    """Somebody's finished attempt with one answer, in which none of three points was found."""
    user = UserFactory()
    attempt = AttemptFactory(user=user, finished=True)
    version = published_question(key_points=["One.", "Two.", "Three."]).current_version
    nothing = {"confidence": 0.0, "text": None, "opposite": None}
    answer = AnswerFactory(
        attempt=attempt, version=version, position=1, written=True, closed=True, engine="test-1",
        suggested=[False] * 3, evidence=[nothing] * 3,
    )  # fmt: skip
    come_as_user(context, user)
    return attempt, answer


def ticks(answer):
    answer.refresh_from_db()
    return answer.confirmed


def test_a_tick_that_is_quicker_than_the_page_s_scripts_is_saved(page):
    attempt, answer = result_of_one_answer(page.context)
    held = hold(page, "**/htmx*.js")
    page.goto(attempt.get_absolute_url(), wait_until="commit")
    page.get_by_label("Two.").check()
    assert ticks(answer) is None
    eventually(page, lambda: len(held), 1)
    held[0].continue_()
    expect(page.locator(".big")).to_have_text("33 / 100")
    expect(page.get_by_label("Two.")).to_be_checked()
    assert ticks(answer) == [False, True, False]


def test_ticks_are_saved_by_a_button_where_the_scripts_do_not_arrive(page):
    attempt, answer = result_of_one_answer(page.context)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(attempt.get_absolute_url())
    page.get_by_label("Two.").check()
    press(page, "Save ticks")
    expect(page.locator(".big")).to_have_text("33 / 100")
    assert ticks(answer) == [False, True, False]
    page.problems.clear()


def test_a_tick_while_another_one_is_on_its_way_is_saved_too(page):
    attempt, answer = result_of_one_answer(page.context)
    page.goto(attempt.get_absolute_url())
    held = hold(page, "**/review/1/", times=1)
    page.get_by_label("One.").check()
    eventually(page, lambda: len(held), 1)
    page.get_by_label("Two.").check()
    page.get_by_label("Three.").check()
    page.get_by_label("Two.").uncheck()
    held[0].continue_()
    expect(page.locator(".big")).to_have_text("67 / 100")
    assert ticks(answer) == [True, False, True]
    for name, ticked in {"One.": True, "Two.": False, "Three.": True}.items():
        expect(page.get_by_label(name)).to_be_checked(checked=ticked)


def test_without_the_weights_the_page_says_which_engine_served(page, monkeypatch, tmp_path):
    monkeypatch.setenv("SCORING_WEIGHTS_DIR", str(tmp_path))
    engine.forget()
    try:
        answer_both(page)
        expect(page.get_by_text("Only words are compared")).to_contain_text(f"lexical-{VERSION}")
        press(page, "Accept all")
        expect(page.get_by_role("heading", name="Automatic score")).to_have_count(0)
    finally:
        monkeypatch.undo()
        engine.forget()
