"""The page of one own interview: Start again and again, delete; and whose it is."""

import pytest
from django.test import Client

from attempts.models import Attempt, OwnInterview
from attempts.owners import GUEST_KEY
from tests.factories import START, UserFactory, published_question
from tests.plain_browser import logged_in, visit

pytestmark = pytest.mark.django_db


def own_of(user, **fields) -> OwnInterview:
    fields = {"count": 1, "name": "Before Friday", "created_at": START, **fields}
    return OwnInterview.objects.create(user=user, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"seconds": 90},
        {"timing": "total", "seconds": 600, "only": "unseen"},
        {"timing": "total", "has_clock": False, "difficulty_from": 2, "difficulty_to": 2},
    ],
)
def test_it_is_started_at_the_chosen_pace_and_its_result_leads_back(user, fields):
    published_question()
    client, own = logged_in(user), own_of(user, **fields)
    page = visit(client, own.get_absolute_url())
    assert page.status == 200
    assert page.heading == "Before Friday"
    page = page.press("Start interview")
    attempt = page.response.context["room"].attempt
    assert (attempt.own_interview, attempt.interview_title) == (own, "Before Friday")
    page = visit(client, attempt.get_absolute_url()).press("Finish interview", text="Mine.")
    if "room" in page.response.context:
        page = page.press("Finish interview")
    result = visit(client, f"/attempts/{attempt.pk}/review/")
    assert own.get_absolute_url() in [href for href, _ in result.links]


def test_the_pace_is_remembered(user):
    published_question()
    client, own = logged_in(user), own_of(user)
    visit(client, own.get_absolute_url()).press("Start interview", time_factor="1.5")
    assert Attempt.objects.get().answers.get().limit.total_seconds() == 270
    assert user.preference.time_factor == 1.5


def test_too_few_questions_are_said_before_the_start(user):
    published_question()
    client, own = logged_in(user), own_of(user, count=2)
    page = visit(client, own.get_absolute_url())
    assert page.status == 409
    assert "Only 1 matches" in page.words
    assert "Start interview" not in [button.name for button in page.buttons]
    assert client.post(own.get_absolute_url()).status_code == 409
    assert not Attempt.objects.exists()


def test_a_topic_that_is_gone_leaves_nothing_to_ask(user):
    published_question()
    client, own = logged_in(user), own_of(user, topic_ids=[0])
    page = visit(client, own.get_absolute_url())
    assert page.status == 409
    assert "any topic" not in page.words


def test_deleting_asks_first_and_leaves_the_attempts(user):
    published_question()
    client, own = logged_in(user), own_of(user)
    visit(client, own.get_absolute_url()).press("Start interview")
    page = visit(client, visit(client, own.get_absolute_url()).link("Delete"))
    assert OwnInterview.objects.exists()
    page = page.press("Delete")
    assert page.address == "/own-interviews/"
    assert not OwnInterview.objects.exists()
    assert Attempt.objects.get().own_interview is None
    assert client.post(f"/own-interviews/{own.pk}/delete/").status_code == 404


def a_guest_with_one() -> Client:
    client = Client()
    visit(client, "/own-interviews/").press("Save", name="A guest's own", count="1")
    return client


STRANGERS = {
    "a visitor": Client,
    "another user": lambda: logged_in(UserFactory()),
    "another guest": a_guest_with_one,
    "staff": lambda: logged_in(UserFactory(is_staff=True, is_superuser=True)),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_find_nothing(user, who):
    published_question()
    own, stranger = own_of(user), STRANGERS[who]()
    before = OwnInterview.objects.filter(pk=own.pk).values().get()
    for address in ("", "change/", "delete/"):
        for send in (stranger.get, stranger.post):
            data = {"do": "save", "name": "Taken", "count": "1"} if send == stranger.post else {}
            response = send(f"/own-interviews/{own.pk}/{address}", data)
            assert response.status_code == 404
            assert "Before Friday" not in response.content.decode()
    assert OwnInterview.objects.filter(pk=own.pk).values().get() == before
    assert not Attempt.objects.exists()


def test_a_guest_who_logs_in_keeps_it_at_hand_and_takes_it_along(user):
    published_question()
    client = a_guest_with_one()
    own = OwnInterview.objects.get()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[GUEST_KEY] = own.guest_key  # as a log-in through its page leaves it
    session.save()
    assert visit(client, own.get_absolute_url()).status == 200
