"""The page of all ways into practice."""

from datetime import timedelta
from functools import partial

import pytest

from attempts.models import Practice, Preference
from attempts.practice.counting import TopicToPractise, WaysIn
from attempts.views.practice.ways_in import REASONS, NextBest, next_best
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.attempts.views.practice.steps import WHO, owner_of, running
from tests.attempts.views.test_statements import statements
from tests.factories import UserFactory, interview_of, published_question
from tests.plain_browser import begin, logged_in, visit

pytestmark = pytest.mark.django_db
ANYBODY = pytest.mark.parametrize("who", WHO)


def days_ago(number: float):
    return database_now() - timedelta(days=number)


@ANYBODY
def test_each_button_starts_its_practice(who):
    for button, source in [
        ("Practise what is due", "due"),
        ("Practise what you missed", "missed"),
        ("Practise {topic}", "topic"),
    ]:
        client = WHO[who]()
        question = answered(owner_of(client), "0.5", at=days_ago(9)).version.question
        page = visit(client, "/practice/").press(button.format(topic=question.topic.name))
        attempt = page.response.context["room"].attempt
        assert attempt.practice.source == source
        assert attempt.answers.get().version.question_id == question.pk
        assert not attempt.untimed
        attempt.delete()


def test_how_it_is_practised_can_be_chosen(client):
    owner = owner_of(client)
    for _ in range(12):
        answered(owner, "0.5", published_question(seconds=180), at=days_ago(9))
    page = visit(client, "/practice/")
    page.press("Practise what is due", clock="0", minutes="")
    assert running().untimed
    assert len(Practice.objects.get().question_ids) == 10
    running().delete()
    page.press("Practise what is due", clock="1", minutes=["10"])
    assert not running().untimed
    assert len(Practice.objects.latest("created_at").question_ids) == 3


@pytest.mark.parametrize("untimed", [True, False])
def test_the_clock_is_chosen_as_they_usually_have_it(untimed):
    user = UserFactory()
    Preference.objects.create(user=user, think_seconds=0, untimed=untimed)
    question = published_question()
    visit(logged_in(user), "/practice/").press(f"Practise {question.topic.name}")
    assert running().untimed is untimed


@pytest.mark.parametrize("nothing", [*sorted(REASONS), "", "<b>other</b>"])
def test_where_a_way_in_had_nothing_another_one_is_offered(client, nothing):
    published_question()
    page = visit(client, f"/practice/?nothing={nothing}")
    assert page.status == 200
    assert page.response.context["nothing"] == (nothing if nothing in REASONS else "")
    assert len([form for form in page.forms if form.action == "/practice/start/"]) == (
        2 if nothing in REASONS else 1
    )


def test_what_has_questions_by_now_is_not_said_to_have_none(client):
    answered(owner_of(client), "0.5", at=days_ago(9))
    for nothing in ("due", "missed"):
        page = visit(client, f"/practice/?nothing={nothing}")
        assert page.response.context["nothing"] == ""


def test_without_any_question_the_page_says_so(client):
    page = visit(client, "/practice/?nothing=due")
    assert page.status == 200
    assert page.response.context["next_best"] is None


SOME = TopicToPractise(1, "Some", questions=3, tried=2, weak=1)
NEW = TopicToPractise(2, "New", questions=9, tried=0, weak=0)


@pytest.mark.parametrize(
    ("ways", "nothing", "offered"),
    [
        (WaysIn(2, [SOME]), "missed", NextBest("due")),
        (WaysIn(2, [SOME]), "due", NextBest("missed")),
        (WaysIn(0, [SOME]), "result", NextBest("missed")),
        (WaysIn(0, [SOME]), "missed", NextBest("topic", SOME)),
        (WaysIn(0, [SOME, NEW]), "missed", NextBest("topic", NEW)),
        (WaysIn(0, []), "due", None),
    ],
)
def test_the_next_best_thing(ways, nothing, offered):
    assert next_best(ways, nothing) == offered


def test_what_runs_already_can_be_resumed(client):
    attempt = begin(client, interview_of(2))
    page = visit(client, "/practice/")
    assert page.link("Resume") == attempt.get_absolute_url()


@ANYBODY
def test_it_takes_few_statements_however_much_there_is(who):
    client, counts = WHO[who](), []
    owner = owner_of(client)
    begin(client, interview_of(2))
    for _ in range(2):
        shown = statements(partial(client.get, "/practice/"))
        counts.append(len(shown))
        for number in range(15):
            answered(owner, "0.5", at=days_ago(number))
    assert counts[0] == counts[1] <= 12, "\n".join(shown)
