"""Ten days before an interview: what is due each day, and what practising it changes.

The clock is moved in the database: what somebody did becomes so many days older.
"""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from playwright.sync_api import expect

from attempts import transitions
from attempts.models import Answer, Attempt, Practice, Schedule
from attempts.owners import Owner
from attempts.transitions.scheduling import reschedule
from attempts.transitions.starting import Pace
from questions.models import Slot
from quizsite.clock import database_now
from tests.attempts.candidate import sent
from tests.browser.steps import (
    box,
    buttons_act,
    come_as_user,
    eventually,
    on_question,
    press,
    ready,
)
from tests.factories import InterviewFactory, UserFactory, published_question

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scorer")]

POINTS = ["Alpha decides.", "Beta follows.", "Gamma waits.", "Delta ends."]
TICKED = {"First?": 0, "Second?": 2, "Third?": 3, "Fourth?": 4}
"""How many of the four points of each question the interview made: again, hard, good, easy."""


def pass_days(owner: Owner, days: int) -> None:
    ago = timedelta(days=days)
    mine = Attempt.objects.owned_by(owner)
    mine.update(
        started_at=F("started_at") - ago,
        finished_at=F("finished_at") - ago,
        deadline_at=F("deadline_at") - ago,
    )
    answers = Answer.objects.filter(attempt__in=mine)
    answers.update(closed_at=F("closed_at") - ago, saved_at=F("saved_at") - ago)
    Practice.objects.owned_by(owner).update(created_at=F("created_at") - ago)
    reschedule(owner, answers.values_list("version__question", flat=True))


def take_interview(owner: Owner) -> None:
    interview = InterviewFactory(name="Screening")
    for position, prompt in enumerate(TICKED, start=1):
        question = published_question(prompt=prompt, key_points=POINTS)
        Slot.objects.create(interview=interview, position=position, question=question, seconds=600)
    attempt = transitions.start(owner, interview, Pace(), now=database_now())
    for position in range(1, len(TICKED) + 1):
        text = sent("What I know of it.", writer=f"writer-{position}")
        transitions.submit(owner, attempt.pk, position, text, now=database_now())
    for position, made in enumerate(TICKED.values(), start=1):
        ticks = [index < made for index in range(len(POINTS))]
        transitions.mark(owner, attempt.pk, position, ticks, now=database_now())


def due_today(page) -> int:
    page.goto("/")
    return int(page.locator(".figure", has_text="due today").locator("b").inner_text())


def practise_one(page, ticks: dict[str, int]) -> str:
    """Answer the question that the room shows, and tick so many of its points."""
    ready(page)
    prompt = page.get_by_role("heading", level=1).inner_text()
    box(page).fill("More of what I know.")
    press(page, "Submit answer")
    expect(page).to_have_url(re.compile("/review/"))
    expect(page.locator("#score h1")).to_contain_text("points")  # the engine has looked at it
    buttons_act(page)
    for text in POINTS[: ticks[prompt]]:
        page.get_by_role("checkbox", name=text).check()
    if ticks[prompt]:
        expect(page.locator("#score h1")).to_have_text(f"{ticks[prompt]} of {len(POINTS)} points")
    return prompt


def test_what_is_due_on_day_two_five_and_ten(page):
    owner = come_as_user(page.context, UserFactory())
    take_interview(owner)
    assert due_today(page) == 0

    pass_days(owner, 2)
    assert due_today(page) == 3  # all but the one that was easy
    page.goto("/practice/")
    press(page, "Practise what is due")
    ticks = {"First?": 4, "Second?": 4, "Third?": 0}
    practised = [practise_one(page, ticks)]
    for _ in range(2):
        buttons_act(page)
        page.keyboard.press("n")
        practised.append(practise_one(page, ticks))
    assert sorted(practised) == sorted(ticks)
    assert due_today(page) == 0

    pass_days(owner, 3)  # day 5
    assert due_today(page) == 1
    page.goto("/practice/")
    press(page, "Practise what is due")
    assert practise_one(page, {"Third?": 4}) == "Third?"
    assert due_today(page) == 0

    pass_days(owner, 5)  # day 10
    assert due_today(page) == 2
    due = Schedule.objects.owned_by(owner).filter(due_at__lte=database_now())
    titles = due.values_list("question__current_version__prompt", flat=True)
    assert sorted(titles) == ["First?", "Fourth?"]


def submit_answer(page, text: str) -> None:
    box(page).fill(text)
    press(page, "Submit answer")


def answer_that_is_open(attempt: Attempt) -> int | None:
    """Its position; that to a follow-up, too."""
    rows = attempt.answers.order_by("position")
    return next((row.position for row in rows if row.clock().is_open), None)


def test_the_first_ten_minutes_of_a_stranger(page):
    """With the shipped bank: a screening, what to say next time, and a practice that says it."""
    call_command("seed_questions", verbosity=0)
    page.goto("/")
    page.locator("main .btn.primary").click()
    press(page, "Start interview")
    attempt = Attempt.objects.get()
    asked = list(attempt.answers.order_by("position"))
    while (is_open := answer_that_is_open(attempt)) is not None:
        on_question(page, is_open)
        submit_answer(page, "I am not sure. I would look it up.")
        eventually(page, lambda left=is_open: answer_that_is_open(attempt) != left, True)
    expect(page).to_have_url(re.compile("/review/"), timeout=15_000)
    say = page.get_by_role("region", name="Next time, say")
    expect(say.get_by_role("listitem")).to_have_count(3, timeout=15_000)
    page.get_by_role("button", name=re.compile("Practise the 3 weak")).click()

    for number in range(1, len(asked) + 1):
        ready(page)
        asks = Attempt.objects.running().get().answers.get()
        submit_answer(page, asks.version.example_answer)
        expect(page).to_have_url(re.compile("/review/"), timeout=15_000)
        decline = page.get_by_role("button", name="Go to the feedback")
        expect(decline.or_(page.get_by_text("My earlier answers"))).to_be_visible()
        if decline.is_visible():  # a follow-up is on offer
            decline.click()
        expect(page.get_by_text("My earlier answers (1)")).to_be_visible()
        asks.refresh_from_db()
        assert asks.share > 0
        if number < len(asked):
            buttons_act(page)
            page.keyboard.press("n")
    expect(page.locator("#summary tbody tr")).to_have_count(len(asked))

    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    expect(page.locator("main .btn.primary")).to_have_count(1)
    page.goto("/attempts/")
    expect(page.get_by_role("row").filter(has_text="practice")).to_have_count(len(asked))
