"""A practice starts from any way in, and goes on from question to question."""

from datetime import timedelta

import pytest

from attempts.models import Attempt, Practice, Preference
from attempts.owners import Owner
from attempts.transitions.personal import practising
from questions.models import Question, Status
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.attempts.views.practice.steps import WHO, finish, go_on, owner_of, practise, running
from tests.factories import START, UserFactory, interview_of, published_question
from tests.plain_browser import begin, logged_in

pytestmark = pytest.mark.django_db
ANYBODY = pytest.mark.parametrize("who", WHO)


@ANYBODY
def test_what_is_due_is_asked_one_after_the_other(who):
    client = WHO[who]()
    owner = owner_of(client)
    ids = [answered(owner, "0.5").version.question_id for _ in range(2)]
    page = practise(client, "due")
    assert page.response.context["room"].attempt == running()
    practice = Practice.objects.get()
    assert (practice.source, practice.question_ids, practice.owner) == ("due", ids, owner)
    assert running().answers.get().version.question_id == ids[0]
    finish(running())
    page = go_on(client, practice)
    assert page.response.context["room"].attempt == running()
    assert running().answers.get().version.question_id == ids[1]
    last = running()
    finish(last)
    assert go_on(client, practice).address == f"/attempts/{last.pk}/review/"
    assert Attempt.objects.filter(practice=practice).count() == 2


@ANYBODY
@pytest.mark.parametrize("source", ["missed", "topic", "question", "result"])
def test_each_way_in_asks_its_questions(who, source):
    client = WHO[who]()
    answer = answered(owner_of(client), "0.5")
    answered(Owner(guest_key="other"), "0.1")
    question = answer.version.question
    of = {"topic": question.topic_id, "question": question.pk, "attempt": answer.attempt_id}
    practise(client, source, **of)
    assert running().answers.get().version.question_id == question.pk
    assert running().is_practice
    assert not answer.attempt.is_practice


def test_a_stranger_may_practise_a_topic_and_is_a_guest_then(client):
    question = published_question()
    practise(client, "topic", topic=question.topic_id)
    assert running().guest_key == client.session["guest_key"]


@pytest.mark.parametrize("source", ["due", "missed"])
def test_where_there_is_nothing_a_page_says_so(client, source):
    page = practise(client, source)
    assert page.status == 200
    assert page.response.context["nothing"] == source
    assert not Practice.objects.exists()
    assert "guest_key" not in client.session


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"source": "all"},
        {"source": "topic"},
        {"source": "topic", "topic": "none"},
        {"source": "topic", "topic": "999999999999999999999"},
        {"source": "question", "question": "0"},
        {"source": "result", "attempt": "none"},
        {"source": "due", "minutes": "-1"},
        {"source": "due", "clock": "7"},
    ],
)
def test_what_cannot_be_read_leads_to_all_ways_in(client, fields):
    response = client.post("/practice/start/", fields, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0].startswith("/practice/")
    assert not Practice.objects.exists()


def test_a_question_that_was_withdrawn_is_not_asked(client):
    question = published_question()
    Question.objects.update(status=Status.RETIRED.value)
    page = practise(client, "question", question=question.pk)
    assert page.response.context["nothing"] == "withdrawn"
    assert not Attempt.objects.exists()


def test_a_practice_whose_other_questions_were_withdrawn_ends_on_its_last_result(client):
    owner = owner_of(client)
    first, *_ = [answered(owner, "0.5") for _ in range(3)]
    practise(client, "due")
    asked = running()
    finish(asked)
    Question.objects.exclude(pk=first.version.question_id).update(status=Status.RETIRED.value)
    page = go_on(client, asked.practice)
    assert page.address == f"/attempts/{asked.pk}/review/"


def test_a_practice_whose_questions_were_all_withdrawn_says_so(client):
    owner = owner_of(client)
    ids = [answered(owner, "0.5").version.question_id]
    practice = practising.practise(owner, Practice.Source.DUE, "Practice", ids, now=START)
    Question.objects.update(status=Status.RETIRED.value)
    assert go_on(client, practice).response.context["nothing"] == "withdrawn"


def test_a_result_of_somebody_else_does_not_exist(client):
    answer = answered(Owner(guest_key="other"), "0.1")
    answered(owner_of(client), "0.1")
    response = client.post("/practice/start/", {"source": "result", "attempt": answer.attempt_id})
    assert response.status_code == 404
    assert not Practice.objects.exists()


@ANYBODY
def test_a_practice_of_somebody_else_does_not_exist(who):
    other = Owner(guest_key="other")
    ids = [answered(other, "0.1").version.question_id]
    practice = practising.practise(other, Practice.Source.DUE, "Practice", ids, now=START)
    client = WHO[who]()
    assert client.post(f"/practice/{practice.pk}/next/").status_code == 404
    owner_of(client)
    assert client.post(f"/practice/{practice.pk}/next/").status_code == 404
    assert not Attempt.objects.running().exists()


def test_what_runs_already_goes_first_and_the_person_is_told(client):
    attempt = begin(client, interview_of(2))
    page = practise(client, "topic", topic=published_question().topic_id)
    assert page.response.context["room"].attempt == attempt
    assert attempt.interview_title in page.words
    assert not Practice.objects.exists()


def test_a_second_press_leads_to_the_same_question_without_a_word(client):
    question = published_question()
    first, second = (practise(client, "question", question=question.pk) for _ in range(2))
    assert first.response.context["room"].attempt == second.response.context["room"].attempt
    assert not list(second.response.context["messages"])
    assert Practice.objects.count() == Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("usual", "clock", "limit"),
    [
        ({}, "", 180),
        ({}, "1", 180),
        ({}, "0", None),
        ({"time_factor": 2}, "1", 360),
        ({"untimed": True}, "", None),
        ({"untimed": True}, "1", 180),
    ],
)
def test_the_clock_is_as_chosen_and_else_as_they_usually_have_it(usual, clock, limit):
    user = UserFactory()
    Preference.objects.create(user=user, think_seconds=0, **usual)
    client, question = logged_in(user), published_question(seconds=180)
    fields = {"clock": clock} if clock else {}
    practise(client, "question", question=question.pk, **fields)
    expected = limit and timedelta(seconds=limit)
    assert (running().answers.get().limit, running().untimed) == (expected, limit is None)


def test_the_next_question_has_the_clock_of_the_first(client):
    owner = owner_of(client)
    for _ in range(2):
        answered(owner, "0.5")
    practise(client, "due", clock="0")
    finish(running())
    go_on(client, Practice.objects.get())
    assert running().untimed


def test_a_practice_of_ten_minutes_has_what_fits(client):
    owner = owner_of(client)
    for _ in range(5):
        answered(owner, "0.5", published_question(seconds=200))
    practise(client, "due", minutes=10)
    assert len(Practice.objects.get().question_ids) == 3


def test_there_is_an_end_to_practices_of_one_day(client, monkeypatch):
    monkeypatch.setattr(practising, "MOST_A_DAY", 2)
    question = published_question()
    for _ in range(2):
        practise(client, "question", question=question.pk)
        finish(running())
    assert practise(client, "question", question=question.pk).status == 429
    assert Practice.objects.count() == 2
    Practice.objects.update(created_at=database_now() - timedelta(days=2))
    assert practise(client, "question", question=question.pk).status == 200


@pytest.mark.parametrize(
    "address", ["/practice/start/", f"/practice/{'0' * 8}-0000-0000-0000-{'0' * 12}/next/"]
)
def test_looking_starts_nothing(client, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, "/practice/")
    assert not Attempt.objects.exists()
