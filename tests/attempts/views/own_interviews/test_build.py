"""The page to put an interview together: how many match, Start, Save, change."""

import pytest
from django.test import Client

from attempts.models import Attempt, OwnInterview, Schedule
from attempts.owners import GUEST_KEY
from questions.models import Timing
from tests.factories import START, TopicFactory, UserFactory, interview_of, published_question
from tests.plain_browser import HTMX, begin, logged_in, visit

pytestmark = pytest.mark.django_db

ADDRESS = "/own-interviews/"


def count_of(client, **chosen):
    """What htmx gets while somebody chooses."""
    return client.get(ADDRESS, chosen, headers=HTMX).context["estimate"]


@pytest.fixture
def topic():
    """A topic with three questions, easy to hard; another topic has two."""
    topic, other = TopicFactory.create_batch(2)
    for difficulty in (1, 2, 3):
        published_question(topic, difficulty=difficulty, seconds=60 * difficulty)
    for _ in range(2):
        published_question(other, seconds=100)
    TopicFactory(name="Nothing to ask")
    return topic


def test_the_page_offers_the_topics_that_have_questions(client, topic):
    page = visit(client, ADDRESS)
    assert page.status == 200
    assert "Nothing to ask" not in page.words
    assert topic.name in page.words
    assert "5 questions match." in page.words
    assert not client.session.keys()


@pytest.mark.parametrize(
    ("chosen", "matching", "seconds", "is_about"),
    [
        ({}, 5, 560, True),
        ({"difficulty_to": "1", "count": "1"}, 1, 60, False),
        ({"difficulty_from": "2", "difficulty_to": "3"}, 4, 625, True),
        ({"clock": "each", "seconds": "90"}, 5, 450, False),
        ({"clock": "all", "minutes": "20", "seconds": "x"}, 5, 1200, False),
        ({"clock": "none"}, 5, None, False),
        ({"clock": "each", "seconds": "90", "time_factor": "2"}, 5, 900, False),
        ({"clock": "each", "seconds": "90", "think_seconds": "30"}, 5, 600, False),
        ({"time_factor": "none"}, 5, None, False),
        ({"only": "weak"}, 0, 0, False),
        ({"only": "unseen"}, 5, 560, True),
    ],
)
def test_it_says_how_many_match_and_how_long_it_takes(
    client, topic, chosen, matching, seconds, is_about
):
    found = count_of(client, **chosen)
    time = None if found.time is None else found.time.total_seconds()
    assert (found.matching, time, found.is_about) == (matching, seconds, is_about)
    page = visit(client, ADDRESS)
    plain = page.press("Show how many match", **chosen)
    assert plain.status == 200
    assert plain.response.context["estimate"] == found
    assert client.get(ADDRESS, chosen).context["estimate"] == found
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "most"),
    [
        ({"clock": "each", "seconds": "90", "follow_ups": "1"}, 450 + 300),
        ({"clock": "each", "seconds": "90", "follow_ups": "2"}, 450 + 600),
        ({"clock": "each", "seconds": "90", "follow_ups": "2", "time_factor": "2"}, 900 + 1200),
        ({"clock": "all", "minutes": "20", "follow_ups": "2"}, 1200),
    ],
)
def test_it_says_how_long_follow_ups_can_make_it(client, topic, chosen, most):
    assert count_of(client, **chosen).most.total_seconds() == most


@pytest.mark.parametrize(
    ("clock", "follow_ups"), [("usual", 2), ("each", 2), ("all", 0), ("none", 0)]
)
def test_there_are_follow_ups_with_a_clock_for_each_question_alone(
    client, topic, clock, follow_ups
):
    client.post(ADDRESS, {"do": "start", "clock": clock, "follow_ups": "2"})
    own = OwnInterview.objects.get()
    attempt = Attempt.objects.get()
    assert (own.follow_ups, attempt.follow_ups) == (follow_ups, follow_ups)
    expected = 60 if follow_ups else None
    limit = attempt.follow_up_limit
    assert (None if limit is None else limit.total_seconds()) == expected


def test_follow_ups_are_saved_changed_and_said(client, topic):
    page = visit(client, ADDRESS).press("Save", name="Hard", follow_ups="1")
    assert "up to 1 follow-up to each" in page.words
    assert "Up to 1 follow-up to each question, 1 min each." in page.words
    own = OwnInterview.objects.get()
    page = visit(client, f"/own-interviews/{own.pk}/change/").press("Save", follow_ups="2")
    assert "Up to 2 follow-ups to each question, 1 min each." in page.words


def test_topics_are_counted_together(client, topic):
    assert count_of(client, topics=[topic.pk]).matching == 3
    assert count_of(client, topics=[topic.pk, topic.pk + 1]).matching == 5


def test_what_was_seen_or_is_weak_is_counted_for_its_owner_alone(client, topic):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    assert Schedule.objects.count() == 1  # one was shown and left blank
    assert count_of(client, only="unseen").matching == 5
    assert count_of(client, only="weak").matching == 1
    stranger = Client()
    assert count_of(stranger, only="unseen").matching == 7
    assert count_of(stranger, only="weak").matching == 0


WRONG = [
    ({"count": ""}, "count"),
    ({"count": "0"}, "count"),
    ({"count": "51"}, "count"),
    ({"count": "9" * 400}, "count"),
    ({"count": "x"}, "count"),
    ({"difficulty_from": "3", "difficulty_to": "1"}, "difficulty_to"),
    ({"difficulty_from": "4"}, "difficulty_from"),
    ({"only": "mine"}, "only"),
    ({"clock": "sand"}, "clock"),
    ({"clock": "each", "seconds": ""}, "seconds"),
    ({"clock": "each", "seconds": "9"}, "seconds"),
    ({"clock": "each", "seconds": "3601"}, "seconds"),
    ({"clock": "all", "minutes": ""}, "minutes"),
    ({"clock": "all", "minutes": "601"}, "minutes"),
    ({"follow_ups": "3"}, "follow_ups"),
    ({"clock": "each", "follow_ups": "x"}, "follow_ups"),
    ({"topics": ["0"]}, "topics"),
    ({"topics": ["x"]}, "topics"),
    ({"topics": ["9" * 400]}, "topics"),
    ({"name": "x" * 121}, "name"),
]


@pytest.mark.parametrize(("chosen", "field"), WRONG)
def test_what_is_not_on_offer_is_refused_beside_its_field(client, topic, chosen, field):
    for do in ("start", "save", "count"):
        response = client.post(ADDRESS, {"name": "A name", **chosen, "do": do})
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
    part = client.get(ADDRESS, chosen, headers=HTMX)
    assert part.status_code == 200
    assert part.context["estimate"] is None
    assert part.content.strip()
    assert not OwnInterview.objects.exists()


@pytest.mark.parametrize("wrong", [{"time_factor": "99"}, {"think_seconds": "-1"}])
def test_a_pace_that_is_not_on_offer_starts_nothing(client, topic, wrong):
    response = client.post(ADDRESS, {"count": "1", **wrong, "do": "start"})
    assert response.status_code == 200
    assert response.context["start_form"].errors
    assert not Attempt.objects.exists()


def test_start_asks_what_was_chosen_at_the_chosen_pace(client, topic):
    page = visit(client, ADDRESS).press(
        "Start interview",
        topics=[str(topic.pk)],
        difficulty_to="2",
        count="2",
        clock="each",
        seconds="90",
        time_factor="2",
        at_deadline="overtime",
    )
    attempt = page.response.context["room"].attempt
    answers = attempt.answers.select_related("version__question")
    assert {answer.version.question.difficulty for answer in answers} == {1, 2}
    assert {answer.limit.total_seconds() for answer in answers} == {180}
    assert attempt.has_overtime
    assert (attempt.interview, attempt.own_interview.name) == (None, "")
    again = visit(client, ADDRESS)
    assert "My own interview, question 1 of 2" in again.words
    assert "Start interview" not in [button.name for button in again.buttons]


def test_too_few_is_said_beside_the_number(client, topic):
    page = visit(client, ADDRESS).press("Start interview", topics=[str(topic.pk)], count="4")
    assert page.status == 409
    (error,) = page.response.context["form"].errors["count"]
    assert error == "Only 3 match: choose fewer questions or more topics."
    assert 'aria-invalid="true"' in page.html
    assert page.response.context["estimate"].matching == 3
    assert not Attempt.objects.exists()
    none = visit(client, ADDRESS).press("Start interview", only=["weak"])
    assert none.status == 409
    assert "None match" in none.words


def test_a_running_attempt_goes_first(client, topic):
    running = begin(client, interview_of(1, timing=Timing.TOTAL.value, name="Mine"))
    response = client.post(ADDRESS, {"do": "start"}, follow=True)
    assert response.context["room"].attempt == running
    assert "“Mine” in progress" in response.content.decode()
    assert not OwnInterview.objects.exists()


def test_it_is_saved_and_listed_for_its_owner_alone(client, topic):
    page = visit(client, ADDRESS).press("Save", name="  Before\t Friday ", count="3")
    own = OwnInterview.objects.get()
    assert page.address == own.get_absolute_url()
    assert (own.name, own.count, own.guest_key) == (
        "Before Friday",
        3,
        client.session[GUEST_KEY],
    )
    for address in (ADDRESS, "/"):
        page = visit(client, address)
        assert "Before Friday 3 questions" in page.words
        assert own.get_absolute_url() in [href for href, _ in page.links]
    for other in (Client(), logged_in(UserFactory())):
        for address in (ADDRESS, "/"):
            assert "Before Friday" not in visit(other, address).words


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u3164 "])
def test_a_name_is_needed_to_save(client, topic, name):
    page = visit(client, ADDRESS).press("Save", name=name)
    assert list(page.response.context["form"].errors) == ["name"]
    assert not OwnInterview.objects.exists()


def test_a_name_of_markup_is_text(client, topic):
    page = visit(client, ADDRESS).press("Save", name="<b>{{ x }}</b>")
    assert page.heading == "<b>{{ x }}</b>"


def test_the_limit_and_a_taken_name_are_said_beside_the_name(client, topic, monkeypatch):
    visit(client, ADDRESS).press("Save", name="One")
    page = visit(client, ADDRESS).press("Save", name="ONE", count="2")
    assert list(page.response.context["form"].errors) == ["name"]
    for number in range(49):
        guest = client.session[GUEST_KEY]
        OwnInterview.objects.create(guest_key=guest, name=f"{number}", created_at=START)
    page = visit(client, ADDRESS).press("Save", name="Two")
    assert list(page.response.context["form"].errors) == ["name"]
    assert OwnInterview.objects.count() == 50


def test_it_can_be_changed_and_renamed(client, topic):
    chosen = {"topics": [str(topic.pk)], "count": "2", "clock": ["all"], "minutes": "7"}
    page = visit(client, ADDRESS).press("Save", name="One", **chosen)
    changing = visit(client, page.link("Change or rename"))
    _, sent = changing.data("Save")
    assert {name: sent[name] for name in ("topics", "count", "clock", "minutes", "name")} == {
        **{"topics": [str(topic.pk)], "count": ["2"], "clock": ["all"], "minutes": ["7"]},
        "name": ["One"],
    }
    assert changing.response.context["estimate"].matching == 3
    page = changing.press("Save", name="Two", only=["unseen"])
    own = OwnInterview.objects.get()
    assert (own.name, own.only, own.seconds) == ("Two", "unseen", 420)
    assert page.address == own.get_absolute_url()


@pytest.mark.parametrize(
    "chosen",
    [{}, {"clock": ["each"], "seconds": "77"}, {"clock": ["none"]}, {"only": ["weak"]}],
)
def test_saving_a_change_of_nothing_changes_nothing(client, topic, chosen):
    page = visit(client, ADDRESS).press("Save", name="One", **chosen)
    before = OwnInterview.objects.values().get()
    visit(client, page.link("Change or rename")).press("Save")
    assert OwnInterview.objects.values().get() == before


def test_many_saved_ones_take_as_many_statements_as_one(
    client, topic, django_assert_max_num_queries
):
    visit(client, ADDRESS).press("Save", name="One")
    guest = client.session[GUEST_KEY]
    for number in range(30):
        OwnInterview.objects.create(
            guest_key=guest, name=f"{number}", topic_ids=[topic.pk], created_at=START
        )
    with django_assert_max_num_queries(8):
        assert client.get(ADDRESS).status_code == 200
    with django_assert_max_num_queries(4):
        client.get(ADDRESS, headers=HTMX)
