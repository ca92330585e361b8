"""The page of feedback: what one made and missed, earlier answers, what comes next."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from attempts.models import Answer, Attempt, Practice, Preference, Report, SaidHere
from attempts.owners import Owner
from questions.models import Question, Status
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.attempts.views.practice.steps import WHO, finish, go_on, owner_of, practise, running
from tests.attempts.views.results import tick
from tests.attempts.views.test_statements import statements
from tests.factories import UserFactory, published_question
from tests.plain_browser import HTMX, logged_in, visit

pytestmark = pytest.mark.django_db
ANYBODY = pytest.mark.parametrize("who", WHO)


def feedback_of(page):
    return page.response.context["feedback"]


def days_ago(number: float):
    return database_now() - timedelta(days=number)


def submit(client, page, text="I said this."):
    """Submit the answer of the room, and look at its page of feedback as soon as it is checked."""
    return page.press("Submit answer", text=text)


@ANYBODY
def test_after_submit_its_result_is_the_page_of_feedback(who):
    client = WHO[who]()
    owner = owner_of(client)
    answered(owner, "0.5", at=days_ago(9))
    answered(owner, "0.5", at=days_ago(8))
    page = submit(client, practise(client, "due"))
    attempt = Attempt.objects.exclude(practice=None).get()
    assert page.address == f"/attempts/{attempt.pk}/review/"
    assert attempt.is_finished
    assert feedback_of(page).next_number == 2
    page = page.press("Next question (2 of 2)")
    assert page.response.context["room"].attempt == running() != attempt


def test_ticks_change_what_the_page_says(client):
    owner = owner_of(client)
    question = answered(owner, "1", at=days_ago(60)).version.question
    submit(client, practise(client, "question", question=question.pk))
    attempt = Attempt.objects.exclude(practice=None).get()
    response = tick(client, attempt, 1, 0, headers=HTMX)
    assert response.status_code == 200
    assert response.context["feedback"].before.share == 1
    assert response.context["result"].rows[0].share == Decimal("0.5")
    none = tick(client, attempt, 1, headers=HTMX)
    assert none.context["feedback"].due == "due in 2 days"
    assert 'id="score"' in response.content.decode()
    both = tick(client, attempt, 1, 0, 1, headers=HTMX)
    assert both.context["feedback"].due.endswith("months")
    page = visit(client, f"/attempts/{attempt.pk}/review/")
    assert page.response.context["result"].rows[0].share == 1


def test_words_can_be_shown_for_a_point_and_a_problem_reported(client):
    owner_of(client)
    question = published_question()
    submit(client, practise(client, "question", question=question.pk), "It is like so. And so.")
    attempt = Attempt.objects.exclude(practice=None).get()
    Answer.objects.filter(attempt=attempt).update(
        suggested=[True, False], engine="tested 1", evidence=[{"confidence": 0.1, "text": None}] * 2
    )
    address = f"/attempts/{attempt.pk}/review/1/"
    said = client.post(f"{address}said/1/", {"points": ["1"], "words": "And so."})
    assert said.status_code == 302
    assert SaidHere.objects.get().words == "And so."
    htmx = client.post(f"{address}said/1/", {"points": ["1"], "words": "so."}, headers=HTMX)
    assert htmx.status_code == 200
    refused = client.post(f"{address}said/1/", {"points": ["1"], "words": "Never written."})
    assert refused.status_code == 422
    assert refused.context["feedback"] is not None
    refused = client.post(f"{address}report/", {"reason": "other", "text": ""})
    assert refused.status_code == 422
    assert refused.context["feedback"] is not None
    assert client.post(f"{address}report/", {"text": "It is wrong."}).status_code == 302
    assert Report.objects.exists()


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("0.5", "50 to 100 %, after 50 % on"),
        ("1", "50 to 100 %, after 100 % on"),
        ("0.25", "50 to 100 %, up from 25 % on"),
    ],
)
def test_a_share_that_is_still_a_range_is_no_more_or_less_than_what_is_in_it(client, before, words):
    question = answered(owner_of(client), before, at=days_ago(60)).version.question
    page = submit(client, practise(client, "question", question=question.pk))
    Answer.objects.filter(attempt__practice__isnull=False).update(
        suggested=[True, False],
        evidence=[{"text": "I said this."}, {"text": "I said this."}],
        share=Decimal("0.5"),
        engine="test-1",
        confirmed=None,
    )
    assert words in visit(client, page.address).words


def test_the_newest_five_earlier_answers_to_the_question(client):
    owner = owner_of(client)
    question = published_question()
    for number in range(7):
        answered(owner, f"0.{number}", question, at=days_ago(20 - number))
    answered(owner, "0.9", at=days_ago(1))
    answered(Owner(guest_key="other"), "0.9", question, at=days_ago(1))
    page = submit(client, practise(client, "question", question=question.pk))
    earlier = feedback_of(page).earlier
    assert [each.share for each in earlier] == [Decimal(f"0.{n}") for n in (6, 5, 4, 3, 2)]
    assert {each.text for each in earlier} == {"Something true."}
    assert feedback_of(page).before.share == Decimal("0.6")


def test_what_came_later_is_no_earlier_answer(client):
    owner = owner_of(client)
    question = published_question()
    page = submit(client, practise(client, "question", question=question.pk))
    answered(owner, "0.3", question, at=database_now())
    assert feedback_of(visit(client, page.address)).earlier == []


def test_after_the_last_question_the_whole_practice_is_summed_up(client):
    owner = owner_of(client)
    first = answered(owner, "0.5", at=days_ago(9)).version.question
    second, third = (answered(owner, "0.2", at=days_ago(n)).version.question for n in (8, 7))
    page = submit(client, practise(client, "due"))
    attempt = Attempt.objects.exclude(practice=None).get()
    tick(client, attempt, 1, 0, 1)
    page = go_on(client, attempt.practice)
    Question.objects.filter(pk=third.pk).update(status=Status.RETIRED.value)
    page = page.press("Skip")
    feedback = feedback_of(page)
    assert feedback.next_number is None
    rows = {row.title: row for row in feedback.rows}
    assert list(rows) == [question.title for question in (first, second, third)]
    assert rows[first.title].before.share == Decimal("0.5")
    assert rows[first.title].asked.share == 1
    assert rows[second.title].before.share == Decimal("0.2")
    assert rows[second.title].asked.share == 0
    assert rows[third.title].asked is None
    assert rows[third.title].is_withdrawn
    assert feedback.course.due == 0
    assert feedback.next_due == "due tomorrow"


def test_the_sum_does_not_tell_what_was_withdrawn_before_it_was_asked(client):
    owner = owner_of(client)
    first, second = (published_question(prompt=f"Secret {n}?") for n in (1, 2))
    page = submit(client, practise(client, "topic", topic=first.topic_id))
    asked = Attempt.objects.exclude(practice=None).get()
    Practice.objects.update(question_ids=[first.pk, second.pk])
    Question.objects.filter(pk=second.pk).update(status=Status.RETIRED.value)
    page = visit(client, page.address)
    assert [row.title for row in feedback_of(page).rows] == ["Secret 1?", ""]
    assert "Secret 2?" not in page.response.text

    answered(owner, "0.5", second, at=asked.started_at - timedelta(days=1))
    page = visit(client, page.address)
    assert [row.title for row in feedback_of(page).rows] == ["Secret 1?", "Secret 2?"]


def test_what_is_due_beside_the_practice(client):
    owner = owner_of(client)
    question = published_question()
    answered(owner, "0.5", at=days_ago(9))
    retired = answered(owner, "0.5", at=days_ago(9)).version.question
    Question.objects.filter(pk=retired.pk).update(status=Status.RETIRED.value)
    answered(Owner(guest_key="other"), "0.5", at=days_ago(9))
    page = submit(client, practise(client, "question", question=question.pk))
    assert feedback_of(page).course.due == 1
    page = page.press("Practise what is due")
    assert page.response.context["room"].attempt == running()


def test_with_an_interview_tomorrow_nothing_is_due_again():
    user = UserFactory()
    tomorrow = (database_now() + timedelta(days=1)).date()
    Preference.objects.create(user=user, interview_on=tomorrow)
    client = logged_in(user)
    page = practise(client, "question", question=published_question().pk).press("Skip")
    assert "interview" in feedback_of(page).due
    assert feedback_of(page).course.next_due_at is None


def test_the_button_goes_on_with_the_question_that_is_running(client):
    owner = owner_of(client)
    for _ in range(3):
        answered(owner, "0.5", at=days_ago(9))
    page = submit(client, practise(client, "due"))
    address = page.address
    second = go_on(client, Practice.objects.get()).response.context["room"].attempt
    page = visit(client, address)  # the Back button
    assert feedback_of(page).next_number == 2
    page = page.press("Next question (2 of 3)")
    assert page.response.context["room"].attempt == second
    client.post(f"/attempts/{second.pk}/discard/")
    assert feedback_of(visit(client, address)).next_number == 3


def test_a_discarded_question_has_no_feedback(client):
    page = practise(client, "question", question=published_question().pk)
    attempt = page.response.context["room"].attempt
    client.post(f"/attempts/{attempt.pk}/discard/")
    page = visit(client, f"/attempts/{attempt.pk}/review/")
    assert page.status == 200
    assert feedback_of(page) is None


@ANYBODY
def test_without_a_clock_it_has_the_same_page(who):
    client = WHO[who]()
    owner_of(client)
    page = practise(client, "question", question=published_question().pk, clock="0")
    page = submit(client, page)
    assert feedback_of(page).practice == Practice.objects.get()
    assert page.response.context["result"].attempt.untimed


def test_the_page_belongs_to_its_owner(client):
    page = submit(client, practise(client, "question", question=published_question().pk))
    assert logged_in(UserFactory()).get(page.address).status_code == 404


def test_the_room_says_which_question_of_the_practice_it_is(client):
    owner = owner_of(client)
    for _ in range(3):
        answered(owner, "0.5", at=days_ago(9))
    page = practise(client, "due")
    assert "question 1 of 3" in page.words
    finish(running())
    page = go_on(client, Practice.objects.get())
    room = page.response.context["room"]
    assert (room.number, room.number_of_all) == (2, 3)
    assert "Flag" not in [button.name for button in page.buttons]  # there is no way back to it
    assert "question 2 of 3" in page.words


def test_leaving_a_practice_ends_its_question_and_keeps_the_text(client):
    page = practise(client, "question", question=published_question().pk)
    page = page.press("Leave practice", text="So far.").press("Leave practice")
    assert feedback_of(page).practice == Practice.objects.get()
    assert Answer.objects.get().text == "So far."


@ANYBODY
@pytest.mark.parametrize("is_last", [False, True])
def test_it_takes_few_statements_however_much_there_is(who, is_last):
    client, counts = WHO[who](), []
    owner = owner_of(client)
    ids = [answered(owner, "0.5", at=days_ago(9)).version.question_id for _ in range(3)]
    practise(client, "due")
    finish(running())
    practice = Practice.objects.get()
    if is_last:
        for _ in ids[1:]:
            go_on(client, practice)
            finish(running())
    address = Attempt.objects.filter(practice=practice).latest("number").get_absolute_url()
    for _ in range(2):
        shown = statements(partial(client.get, address))
        counts.append(len(shown))
        for question in Question.objects.filter(pk__in=ids):
            for number in range(8):
                answered(owner, "0.5", question, at=days_ago(9 + number))
                answered(owner, "0.5", at=days_ago(9 + number))
    assert counts[0] == counts[1] <= 12, "\n".join(shown)
