"""An interviewer who asks back: a screening with follow-ups, in a browser and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from attempts import transitions
from attempts.asking import scorer
from attempts.models import Answer, Attempt, Practice, QuestionStatistics
from attempts.statistics.compute import refresh
from attempts.transitions.personal import practising
from attempts.transitions.starting import Pace
from quizsite.clock import database_now
from tests.attempts.asking.candidates import asking_interview
from tests.attempts.asking.questions import FOLLOW_UPS, THIN, WELL, asking_question
from tests.attempts.scoring_process.tasks import POINTS
from tests.browser.conftest import watched
from tests.browser.steps import (
    answer,
    box,
    buttons_act,
    come_as_guest,
    enter,
    eventually,
    expect_failures,
    kept_of,
    on_question,
    open_answers,
    pass_time,
    press,
    ready,
    saved,
    text_of,
    unsaved_texts,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scorer")]

QUESTIONS = 4
IN_FOLLOW_UP = "We go back to the previous version."


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """The machine of the tests does much else at the same time."""
    monkeypatch.setattr(scorer, "WAIT_SECONDS", 30)
    yield
    scorer.process().stop()


# --- the journey, step by step ------------------------------------------------------------------


def start(page, questions: int = QUESTIONS, most: int = 1) -> Attempt:
    owner, interview = come_as_guest(page.context), asking_interview(questions, most)
    return transitions.start(owner, interview, Pace(), now=database_now())


def place(page):
    return page.locator("#clock .meta").filter(has_text="of ")


def submit(page, text: str) -> None:
    box(page).fill(text)
    buttons_act(page)
    page.get_by_role("button", name="Submit answer").click()


def submit_well(page, number: int) -> None:
    """Nothing is asked."""
    submit(page, WELL)
    expect(place(page)).to_have_text(f"Question {number + 1} of {QUESTIONS}")


def submit_thin(page, number: int) -> None:
    submit(page, THIN)
    expect(place(page)).to_have_text(f"Question {number} of {QUESTIONS}, follow-up")
    expect(page.get_by_role("heading", level=1)).to_have_text(FOLLOW_UPS[1])
    expect(page.get_by_text("A follow-up:")).to_be_visible()
    for point in POINTS:
        assert point not in page.content()


def answer_follow_up(page, number: int, text: str = IN_FOLLOW_UP) -> None:
    submit(page, text)
    expect(place(page)).to_have_text(f"Question {number + 1} of {QUESTIONS}")


def skip(page, number: int) -> None:
    buttons_act(page)
    press(page, "Skip")
    expect(place(page)).to_have_text(f"Question {number + 1} of {QUESTIONS}")


def leave_to_the_bell(page, attempt: Attempt, text: str) -> None:
    """Of the last question, which ends the attempt."""
    box(page).fill(text)
    pass_time(attempt, 185)
    page.reload()
    expect(page).to_have_url(re.compile("/review/$"))


def read_the_result(page, attempt: Attempt) -> None:
    """Of the second question: the first point was made, the second one when asked."""
    eventually(page, lambda: shares(attempt), ["1.0000", "0.5000", None, "0.3333"])
    page.reload()
    open_answers(page, 3)
    chosen = [
        page.locator(f"#marks-3 [name=how-{point}]:checked").get_attribute("value")
        for point in range(len(POINTS))
    ]
    assert chosen == ["made", "asked", "missed"]
    follow_up = page.get_by_role("region", name="A follow-up")
    expect(follow_up.get_by_text(FOLLOW_UPS[1])).to_be_visible()
    expect(follow_up.get_by_text(POINTS[1])).to_be_visible()
    expect(follow_up.get_by_text(IN_FOLLOW_UP).first).to_be_visible()


def shares(attempt: Attempt) -> list[str | None]:
    rows = Answer.objects.to_questions().filter(attempt=attempt).order_by("position")
    return [share and str(share) for share in rows.values_list("share", flat=True)]


def see_it_in_the_history(page, attempt: Attempt) -> None:
    attempt.refresh_from_db()
    assert str(attempt.score) == "45.83"
    page.goto("/attempts/")
    row = page.get_by_role("row").filter(has_text=attempt.interview_title)
    expect(row.get_by_role("cell", name="3 of 4")).to_be_visible()
    expect(row).to_contain_text("46")


def count_it_for_editors() -> None:
    refresh(now=database_now())
    rows = QuestionStatistics.objects.filter(version=None).order_by("question__slug")
    counted = [(row.asked, row.follow_ups_asked, row.follow_ups_helped) for row in rows]
    assert sorted(counted)[-1] == (1, [0, 1, 0], [0, 1, 0])
    assert sum(sum(asked) for _, asked, _ in counted) == 1


def as_left(attempt: Attempt) -> list[tuple[int, str, str]]:
    rows = Answer.objects.filter(attempt=attempt).order_by("position")
    return list(rows.values_list("position", "closed_by", "text"))


# --- with scripts ---------------------------------------------------------------------------


def test_a_screening_with_follow_ups(page):
    attempt = start(page)
    enter(page, attempt)
    submit_well(page, 1)
    submit_thin(page, 2)
    answer_follow_up(page, 2)
    skip(page, 3)
    box(page).fill(THIN)
    box(page).blur()
    saved(page)
    leave_to_the_bell(page, attempt, THIN)
    assert as_left(attempt) == [
        (1, "submitted", WELL),
        (3, "submitted", THIN),
        (4, "submitted", IN_FOLLOW_UP),
        (5, "skipped", ""),
        (7, "deadline", THIN),
    ]
    read_the_result(page, attempt)
    see_it_in_the_history(page, attempt)
    count_it_for_editors()


def test_a_reload_and_a_second_tab_in_the_middle_of_a_follow_up(page):
    attempt = start(page)
    enter(page, attempt)
    submit_thin(page, 1)
    on_question(page, 2)
    box(page).fill("so far")
    box(page).blur()
    saved(page)

    page.reload()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(FOLLOW_UPS[1])
    expect(box(page)).to_have_value("so far")

    other = watched(page.context.new_page())
    enter(other, attempt)
    expect(box(other)).to_have_value("so far")
    answer_follow_up(other, 1, "so far, and on")

    submit(page, "from the first tab")
    on_question(page, 3)
    assert text_of(attempt, 2) == "so far, and on"
    assert ("late", "from the first tab") in kept_of(attempt, 2)
    expect_failures(page)  # its own save came too late, too
    assert [row[0] for row in as_left(attempt)] == [1, 2, 3, 5, 7]
    assert other.problems == []


def test_a_double_press_asks_one_follow_up_and_submits_it_not(page):
    attempt = start(page, most=2)
    enter(page, attempt)
    box(page).fill(THIN)
    buttons_act(page)
    page.get_by_role("button", name="Submit answer").dblclick()
    on_question(page, 2)
    assert [row[0] for row in as_left(attempt)] == [1, 2, 4, 7, 10]
    assert answer(attempt, 2).closed_at is None


def test_text_of_a_follow_up_that_was_not_saved_comes_back_into_its_box_alone(page):
    attempt = start(page)
    enter(page, attempt)
    submit_thin(page, 1)
    on_question(page, 2)
    page.route("**/save/", lambda route: route.abort())
    box(page).fill("only in this browser")
    eventually(page, lambda: unsaved_texts(page), ["only in this browser"])
    page.problems.clear()
    page.unroute("**/save/")
    page.reload()
    ready(page)
    expect(box(page)).to_have_value("only in this browser")
    eventually(page, lambda: text_of(attempt, 2), "only in this browser")
    assert text_of(attempt, 1) == THIN
    page.problems.clear()


# --- without ----------------------------------------------------------------------------------


def test_the_same_without_javascript(new_context):
    page = new_context(java_script_enabled=False).new_page()
    attempt = start(page)
    page.goto(f"/attempts/{attempt.pk}/")
    for text, words in (
        (WELL, "Question 2 of 4"),
        (THIN, "Question 2 of 4, follow-up"),
        (IN_FOLLOW_UP, "Question 3 of 4"),
    ):
        box(page).fill(text)
        press(page, "Submit answer")
        expect(place(page)).to_have_text(words)
    press(page, "Skip")
    expect(place(page)).to_have_text("Question 4 of 4")
    box(page).fill(THIN)
    press(page, "Flag")
    leave_to_the_bell(page, attempt, "not sent")
    assert [row[:2] for row in as_left(attempt)] == [
        (1, "submitted"),
        (3, "submitted"),
        (4, "submitted"),
        (5, "skipped"),
        (7, "deadline"),
    ]


# --- practice ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_a_practice_offers_its_follow_up_before_the_feedback(new_context, scripts):
    page = new_context(java_script_enabled=scripts).new_page()
    owner, question = come_as_guest(page.context), asking_question()
    attempt = practising.start_practice(
        owner, Practice.Source.QUESTION, "One question", [question.pk], Pace(), now=database_now()
    )
    page.goto(attempt.get_absolute_url())
    box(page).fill(THIN)
    if scripts:
        buttons_act(page)
    press(page, "Submit answer")
    offer = "There is a follow-up, with a clock of its own: 1 min."
    expect(page.get_by_text(offer)).to_be_visible()
    assert FOLLOW_UPS[1] not in page.content()
    press(page, "Answer it")
    expect(page.get_by_role("heading", level=1)).to_have_text(FOLLOW_UPS[1])
    box(page).fill(IN_FOLLOW_UP)
    if scripts:
        buttons_act(page)
    press(page, "Submit answer")
    expect(page.get_by_text(POINTS[1]).first).to_be_visible()
