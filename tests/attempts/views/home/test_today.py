"""The home page: what a stranger sees, and what somebody who has practised sees."""

from datetime import timedelta

import pytest
from django.test import Client

from attempts.models import Answer, Attempt, Schedule
from attempts.owners import Owner
from questions.models import Interview, Question, Status, Timing
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.attempts.views.practice.steps import WHO, owner_of
from tests.attempts.views.test_statements import statements
from tests.factories import (
    START,
    AttemptFactory,
    InterviewFactory,
    TopicFactory,
    UserFactory,
    interview_of,
    published_question,
)
from tests.plain_browser import Page, begin, logged_in, pass_time, visit

pytestmark = pytest.mark.django_db

ANYBODY = pytest.mark.parametrize("who", WHO)
TOTAL = Timing.TOTAL.value


def a_weak_question(owner: Owner, share: str = "0", **texts) -> Answer:
    """The last answer to it, which makes none of its points."""
    answer = answered(owner, share, published_question(**texts))
    Answer.objects.filter(pk=answer.pk).update(confirmed=[False, False])
    return answer


def practice_button(page: Page) -> tuple[str, dict]:
    """The name of the button that starts a practice, and what it sends."""
    (button,) = [b for b in page.buttons if b.form and b.form.action == "/practice/start/"]
    address, sent = page.data(button.name)
    assert address == "/practice/start/"
    return button.name, sent


def primary(page: Page) -> int:
    """How many buttons stand out in the page's main part."""
    return page.html.split("<main")[1].count("btn primary")


# --- a stranger -------------------------------------------------------------------------------


def test_a_stranger_has_one_button_to_the_shortest_format(client):
    long = interview_of(2, timing=TOTAL, name="Long", seconds=3600, position=1)
    short = interview_of(5, name="ML: screening", seconds_each=180, position=2)
    interview_of(1, name="Of one topic", seconds_each=30, position=3)
    page = visit(client, "/")
    assert page.link("Start a 15-minute screening") == short.get_absolute_url()
    assert page.link("Long 2 questions 60 min") == long.get_absolute_url()
    assert primary(page) == 1
    assert "No account needed" in page.words
    for absent in ("due today", "Interview in progress", "Date of your interview"):
        assert absent not in page.words


def test_a_user_who_has_finished_nothing_sees_the_same_and_no_word_of_an_account():
    interview_of(2)
    client = logged_in(UserFactory())
    begin(client, interview_of(1))
    Attempt.objects.get().delete()
    page = visit(client, "/")
    assert page.link("Start a 2-minute interview")
    assert "No account needed" not in page.words
    assert page.response.context["progress"] is None


def test_topics_stand_apart_from_formats(client):
    interview_of(2, name="Format", position=2)
    topic = InterviewFactory(name="Topic", position=1)
    topic.slots.create(position=1, topic=TopicFactory(), count=3, seconds=60)
    InterviewFactory(name="Without slots")
    interview_of(2, name="Switched off", is_active=False)
    page = visit(client, "/")
    assert page.words.index("Format 2 questions") < page.words.index("Topic 3 questions")
    assert "Without slots" not in page.words
    assert "Switched off" not in page.words


def test_an_empty_site_says_so(client):
    page = visit(client, "/")
    assert "There is no interview yet" in page.words
    assert primary(page) == 0


# --- somebody who has practised ---------------------------------------------------------------


@ANYBODY
def test_the_weakest_points_with_one_button_that_practises_them(who):
    client = WHO[who]()
    owner = owner_of(client)
    weak = [a_weak_question(owner, f"0.{n}", prompt=f"What is {n}?", seconds=60) for n in range(5)]
    answered(owner, "1")
    a_weak_question(Owner(guest_key="somebody else"), prompt="A secret of theirs?")
    page = visit(client, "/")
    assert [point.answer for point in page.response.context["progress"].weak] == weak[:3]
    assert page.link("What is 0?") == f"/questions/{weak[0].version.question_id}/"
    assert page.words.count("The first idea.") == 3
    assert practice_button(page)[0] == "Practise 5 weak questions"
    sent = practice_button(page)[1]
    assert (sent["source"], sent["minutes"]) == (["missed"], ["10"])
    assert primary(page) == 1
    assert "about 5 min" in page.words
    assert "A secret" not in page.html


@pytest.mark.parametrize(
    ("seconds", "label", "minutes", "asked"),
    [
        (240, "Practise the first 2", 8, 2),  # three of four minutes are more than ten
        (400, "Practise the first one", 7, 1),
        (900, "Practise the first one", 15, 1),
        (200, "Practise 3 weak questions", 10, 3),
    ],
)
def test_the_button_names_as_many_questions_as_its_practice_asks(
    client, seconds, label, minutes, asked
):
    owner = owner_of(client)
    for _ in range(3):
        a_weak_question(owner, seconds=seconds)
    page = visit(client, "/")
    assert practice_button(page)[0] == label
    assert f"about {minutes} min" in page.words
    page.press(label)
    assert len(Attempt.objects.running().get().practice.question_ids) == asked


def test_what_is_not_published_any_more_is_neither_weak_nor_due(client):
    answer = a_weak_question(owner_of(client), prompt="A withdrawn one?")
    Question.objects.filter(pk=answer.version.question_id).update(status=Status.RETIRED.value)
    page = visit(client, "/")
    assert "withdrawn" not in page.html
    assert page.response.context["progress"].left.due_today == 0


def test_without_a_weak_question_what_is_due_is_practised(client):
    owner = owner_of(client)
    for _ in range(2):
        answered(owner, "1", published_question(seconds=120))  # in spring, and due for long
    page = visit(client, "/")
    assert "2 questions due today" in page.words
    name, sent = practice_button(page)
    assert (name, sent["source"]) == ("Practise 2 due questions", ["due"])
    assert primary(page) == 1


def test_without_anything_weak_or_due_the_next_interview_is_suggested(client):
    owner = owner_of(client)
    answered(owner, "1", at=database_now())
    Interview.objects.update(is_active=False)
    Attempt.objects.finished().update(interview=interview_of(2, name="Taken", position=1))
    new = interview_of(2, name="New to me", position=2)
    page = visit(client, "/")
    assert "0 questions due today" in page.words
    assert page.link("New to me") == new.get_absolute_url()
    assert primary(page) == 1
    assert not [b for b in page.buttons if b.form and b.form.action == "/practice/start/"]


@ANYBODY
def test_what_is_due_today_is_a_number_that_the_schedule_has(who):
    client, now = WHO[who](), database_now()
    owner = owner_of(client)
    for days in (40, 3, 2):
        answered(owner, "0.5", at=now - timedelta(days=days))
    answered(owner, "1", at=now)  # in eight days
    answered(Owner(guest_key="other"), "0.5")
    page = visit(client, "/")
    assert Schedule.objects.owned_by(owner).due(now).count() == 3
    assert "3 questions due today" in page.words


def test_an_attempt_in_progress_stands_above_everything_with_the_only_primary_button(client):
    a_weak_question(owner_of(client))
    attempt = begin(client, interview_of(2, timing=TOTAL, name="Mine"))
    page = visit(client, "/")
    words = page.words
    assert words.index("Interview in progress") < words.index("Today", words.index("Interview in"))
    assert page.link("Resume") == attempt.get_absolute_url()
    assert primary(page) == 1


def test_the_first_attempt_in_progress_leaves_no_other_button(client):
    attempt = begin(client, interview_of(2, timing=TOTAL, name="Mine"))
    page = visit(client, "/")
    assert primary(page) == 1
    assert page.link("Resume") == attempt.get_absolute_url()
    pass_time(attempt.pk, 1000)
    assert "Interview in progress" not in visit(client, "/").words


def test_a_guest_is_told_where_the_attempts_are_and_a_user_is_not():
    for who, is_told in (("a guest", True), ("a user", False)):
        client = WHO[who]()
        a_weak_question(owner_of(client))
        assert ("stored for this browser only" in visit(client, "/").words) is is_told
    assert "stored for this browser only" not in visit(Client(), "/").words


def test_a_practice_alone_is_a_history_too(client):
    owner = owner_of(client)
    AttemptFactory(user=None, guest_key=owner.guest_key, finished=True, score=None)
    page = visit(client, "/")
    assert page.response.context["progress"] is not None
    assert "average" not in page.words


# --- how it goes ------------------------------------------------------------------------------


def scored(owner: Owner, score: float, day: int = 0, **of) -> Attempt:
    name, value = owner.column
    who = {"user": None, "guest_key": ""} | {name: value}
    at = START + timedelta(days=day)
    return AttemptFactory(finished=True, started_at=at, score=score, **{**who, **of})


@ANYBODY
def test_how_it_goes_counts_scored_interviews_that_the_list_shows(who):
    client = WHO[who]()
    owner = owner_of(client)
    for day, score in enumerate([1, 1, 47.4, 48, 50, 50, 49.5, 60, 62, 64, 66, 68]):
        scored(owner, score, day)
    scored(owner, 0, 20, is_hidden=True)
    scored(owner, None, 21)
    scored(owner, 0, 22, state="discarded", finish_reason="")
    scored(Owner(guest_key="other"), 0, 23)
    assert visit(client, "/").response.context["progress"].averages == (
        "12 interviews; your last five average 64, up from 49 in the five before."
    )


def test_practice_does_not_count(client):
    owner = owner_of(client)
    scored(owner, 60)
    a_weak_question(owner)
    page = visit(client, "/").press("Practise 1 weak question")
    page.press("Skip")
    assert Attempt.objects.finished().filter(practice__isnull=False, score=0).exists()
    assert "average" in visit(client, "/").words
    assert visit(client, "/").response.context["progress"].averages.startswith("2 interviews;")


# --- how much it takes ------------------------------------------------------------------------


def everything_weak(owner: Owner) -> None:
    for n in range(12):
        a_weak_question(owner, f"0.{n % 5}")
        answered(owner, "1")


def everything_due(owner: Owner) -> None:
    for _ in range(12):
        answered(owner, "1")


def nothing_due(owner: Owner) -> None:
    for _ in range(12):
        answered(owner, "1", at=database_now())


@ANYBODY
@pytest.mark.parametrize("happened", [everything_weak, everything_due, nothing_due])
@pytest.mark.parametrize("is_running", [False, True])
def test_it_takes_at_most_12_statements_however_many_attempts(who, happened, is_running):
    client, counts = WHO[who](), []
    owner = owner_of(client)
    if is_running:
        begin(client, interview_of(2, timing=TOTAL))
    for _ in range(2):
        happened(owner)
        InterviewFactory().slots.create(position=1, topic=TopicFactory())
        counts.append(statements(lambda: client.get("/")))
    assert len(counts[0]) == len(counts[1])
    assert len(counts[0]) <= 12, counts[0]


def test_a_stranger_takes_one_statement(client, django_assert_num_queries):
    for _ in range(12):
        interview_of(2)
    with django_assert_num_queries(1):
        client.get("/")
