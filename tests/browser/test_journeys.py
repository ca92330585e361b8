"""The three uses of the site, each from its first page to its last, by clicks and keys."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from attempts.models import Attempt
from questions.models import QuestionVersion, Timing
from tests.browser.steps import (
    answer,
    box,
    come_as_user,
    listed,
    log_in,
    on_question,
    open_answers,
    pass_time,
    press,
    saved,
    text_of,
)
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    InterviewFactory,
    UserFactory,
    interview_of,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scorer")]


def test_a_guest_takes_an_interview_scores_it_and_signs_up(page, mailoutbox):
    interview = interview_of(3, seconds_each=8, name="Screening")
    page.goto("/")
    page.get_by_role("link", name="Start a 1-minute interview").click()
    expect(page.get_by_text("3 open questions")).to_be_visible()
    press(page, "Start interview")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        interview.slots.first().question.current_version.prompt
    )
    attempt = Attempt.objects.get()

    box(page).fill("Sharding helps.")
    press(page, "Submit answer")
    on_question(page, 2)
    box(page).fill("Caches, half")
    box(page).blur()
    saved(page)
    page.reload()
    expect(box(page)).to_have_value("Caches, half")
    box(page).press_sequentially(" and whole.")
    press(page, "Submit answer")
    on_question(page, 3)
    box(page).fill("Queues ran out of time")

    expect(page).to_have_url(re.compile("/review/$"), timeout=12_000)
    open_answers(page, 3)
    expect(page.get_by_text("Queues ran out of time")).to_be_visible()
    expect(page.get_by_text("3 of 3 answered, 1 ran out of time.")).to_be_visible()
    score = page.locator(".big")
    expect(score).to_have_text("0 / 100")  # suggested: none of the points
    page.evaluate("window.stayed = true")
    open_answers(page, 1, 2)
    page.locator("#marks-1").get_by_label("The first idea.").check()
    expect(score).to_have_text("17 / 100")
    expect(page.get_by_text("Please check 2 answers.")).to_be_visible()
    page.locator("#marks-2").get_by_label("The first idea.").check()
    expect(score).to_have_text("33 / 100")
    page.locator("#marks-2").get_by_label("The second idea.").check()
    expect(score).to_have_text("50 / 100")
    press(page, "None of these")
    expect(page.get_by_text("Please check")).to_be_hidden()
    expect(score).to_have_text("50 / 100")
    assert page.evaluate("window.stayed")  # all of it without a reload

    page.get_by_role("link", name="Sign up", exact=True).click()
    page.get_by_label("Email").fill("new@example.org")
    page.get_by_label("Password", exact=True).fill("a long and private one")
    page.get_by_label("Password (again)").fill("a long and private one")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Confirm your email address")).to_be_visible()
    page.goto(re.search(r"http://\S+/confirm-email/\S+", mailoutbox[-1].body)[0])
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Yes, move to my account").click()
    page.get_by_role("link", name="My attempts", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Screening")
    expect(row).to_contain_text("3 of 3")
    expect(row).to_contain_text("50")
    attempt.refresh_from_db()
    assert attempt.user == User.objects.get(email="new@example.org")
    assert [text_of(attempt, n) for n in (1, 2, 3)] == [
        "Sharding helps.",
        "Caches, half and whole.",
        "Queues ran out of time",
    ]


def test_one_clock_move_by_number_flag_and_count_before_finishing(page):
    interview = interview_of(3, timing=Timing.TOTAL, seconds_each=600)
    page.goto(interview.get_absolute_url())
    press(page, "Start interview")
    attempt = Attempt.objects.get()

    box(page).fill("one")
    press(page, "Question 3, not answered")
    on_question(page, 3)
    press(page, "Flag")
    expect(page.get_by_role("button", name="Question 3, not answered, flagged")).to_be_visible()
    page.get_by_role("button", name="Question 1, answered").click()
    on_question(page, 1)
    expect(box(page)).to_have_value("one")
    box(page).fill("one, again")
    press(page, "Finish interview")

    expect(page.get_by_role("heading", level=1, name="Ready to finish?")).to_be_visible()
    expect(page.get_by_text("2 questions have no answer yet")).to_be_visible()
    expect(page.get_by_role("timer", name="Time left")).to_have_text("30 min")
    page.get_by_role("button", name=answer(attempt, 3).version.prompt).click()
    on_question(page, 3)
    expect(box(page)).to_be_focused()
    box(page).fill("three")
    press(page, "Finish interview")
    expect(page.get_by_text("1 question has no answer yet")).to_be_visible()
    press(page, "Finish interview")

    expect(page.get_by_text("2 of 3 answered.")).to_be_visible()
    assert [text_of(attempt, n) for n in (1, 2, 3)] == ["one, again", "", "three"]


def test_an_attempt_is_resumed_and_another_one_discarded(page):
    interview = interview_of(2, seconds_each=600, name="Resumable")
    page.goto(interview.get_absolute_url())
    press(page, "Start interview")
    box(page).fill("kept for later")
    press(page, "Options")
    page.get_by_role("link", name="Leave (").click()

    expect(page.get_by_text("Interview in progress.")).to_be_visible()
    page.get_by_role("link", name="Resume").click()
    expect(box(page)).to_have_value("kept for later")
    page.goto("/attempts/")
    page.get_by_role("link", name="Discard").click()
    expect(page.get_by_text("You have written 1 answer")).to_be_visible()
    press(page, "Discard")

    expect(page.get_by_role("heading", level=1, name="My attempts")).to_be_visible()
    expect(page.get_by_role("link", name="Resume")).to_have_count(0)
    assert Attempt.objects.get().state == "discarded"


def test_reviewing_past_attempts(page):
    user = UserFactory()
    interview = InterviewFactory(timing=Timing.TOTAL, seconds=1800, name="Practised often")
    for day in range(45):
        AttemptFactory(
            user=user,
            interview=interview,
            number=day + 1,
            started_at=START + timedelta(days=day),
            finished=True,
        )
    oldest = Attempt.objects.order_by("started_at").first()
    AnswerFactory(attempt=oldest, position=1, written=True, closed=True)
    come_as_user(page.context, user)

    page.goto("/attempts/")
    expect(page.get_by_role("row")).to_have_count(22)  # the head, twenty and the way on
    expect(page.get_by_role("row").nth(1)).to_contain_text("(45th)")
    page.get_by_role("link", name="Older attempts").click()
    expect(page.get_by_role("row")).to_have_count(42)
    page.get_by_role("link", name="Older attempts").click()
    expect(page.get_by_role("row")).to_have_count(46)
    expect(page.get_by_role("link", name="Older attempts")).to_have_count(0)
    page.get_by_role("row").last.get_by_role("link", name="Practised often").click()

    expect(page.locator(".written")).to_contain_text("Something true")
    texts = page.locator(".strong-answer .prose")
    expect(texts.first).to_be_hidden()
    page.get_by_text("Model answer, how to answer, example").click()
    said = ["What is true.", "What to stress.", "I would say what is true."]
    expect(texts).to_have_text(said)
    expect(texts.last).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="My attempts")).to_be_visible()


def test_hazard_27_an_admin_edits_a_question_and_the_old_attempt_shows_the_old_one(page):
    admin = UserFactory(is_staff=True, is_superuser=True)
    attempt = AttemptFactory(user=admin, finished=True)
    asked = AnswerFactory(attempt=attempt, position=1, written=True, closed=True).version
    log_in(page, admin)

    page.get_by_role("link", name="Admin").click()
    page.locator(".model-question").get_by_role("link", name="Questions").first.click()
    page.get_by_role("link", name=asked.prompt).click()
    page.get_by_role("textbox", name="Prompt:").fill("What is meant now?")
    page.get_by_label("What changed:").select_option("material")
    page.get_by_role("textbox", name="Why:").fill("It was not clear.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The texts are now version 2.")).to_be_visible()

    assert QuestionVersion.objects.get(question=asked.question, number=2).prompt == (
        "What is meant now?"
    )
    page.goto(f"/attempts/{attempt.pk}/review/")
    expect(page.get_by_role("heading", level=3, name=asked.prompt)).to_be_visible()
    expect(page.get_by_text("This question was corrected on")).to_be_visible()
    expect(page.get_by_text("It now asks: What is meant now?")).to_be_visible()


def test_hazard_27_a_question_edited_during_an_attempt_stays_as_it_was_asked(page):
    interview = interview_of(1, seconds_each=600)
    page.goto(interview.get_absolute_url())
    press(page, "Start interview")
    attempt = Attempt.objects.get()
    question = answer(attempt).version.question
    newer = QuestionVersion.objects.create(
        question=question, number=2, prompt="Newer?", content_hash="x", created_at=START
    )
    question.current_version, question.status = newer, "retired"
    question.save()

    page.reload()
    expect(page.get_by_role("heading", level=1, name="What is meant by")).to_be_visible()
    box(page).fill("to what was asked")
    press(page, "Submit answer")

    expect(page.locator(".written")).to_contain_text("to what was asked")
    expect(page.get_by_text("This question was corrected on")).to_be_visible()


def test_hazard_7_nobody_came_back_and_the_result_is_there(page):
    interview = interview_of(2, seconds_each=60)
    page.goto(interview.get_absolute_url())
    press(page, "Start interview")
    attempt = Attempt.objects.get()
    box(page).fill("the last word")
    box(page).blur()
    saved(page)
    page.goto("about:blank")
    pass_time(attempt, 86_400)

    page.goto("/attempts/")

    expect(page.get_by_role("link", name="Resume")).to_have_count(0)
    page.reload()
    expect(listed(page).first).to_contain_text("time ran out")
    expect(listed(page).first).to_contain_text("2 min")
