"""The result page: the score, the answers, and how the attempt went."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.chat_engine.server import Server
from attempts.marking.queue.waiting import say_seen
from attempts.models import Attempt
from attempts.transitions import staff
from attempts.views.results.result_page import ResultPage
from questions.models import Interview, Question
from quizsite.clock import database_now
from tests.attempts.views.results import finished, result_of, tick
from tests.attempts.views.steps import EACH, TOTAL
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    TopicFactory,
    UserFactory,
    VersionFactory,
    interview_of,
    published_question,
)
from tests.plain_browser import SCRIPT, begin, logged_in, pass_time, visit

pytestmark = pytest.mark.django_db


def test_the_page_says_how_much_is_still_to_be_checked(client):
    attempt = finished(client, answered=4, asked=5)
    page = visit(client, attempt.get_absolute_url())
    assert "4 of 5 answered" in page.words
    assert "– / 100" in page.words
    assert [row.grade for row in result_of(page).rows] == ["none"] * 4 + ["weak"]
    for position, unchecked in ((1, 3), (2, 2)):
        tick(client, attempt, position, 0)
        page = visit(client, attempt.get_absolute_url())
        assert result_of(page).score.unchecked == unchecked
        assert f"Please check {unchecked} answers." in page.words
    for position in (3, 4):
        tick(client, attempt, position, 0, 1)
    page = visit(client, attempt.get_absolute_url())
    assert (result_of(page).score.unchecked, result_of(page).score.asks_to_check) == (0, False)
    assert "Please check" not in page.words
    assert "60 / 100" in page.words


@pytest.mark.parametrize(("ended_ago", "waits"), [(5, True), (20, False)])
def test_a_result_waits_a_moment_only_where_it_has_just_ended(client, ended_ago, waits):
    say_seen()
    attempt = finished(client, answered=1, asked=1)
    ended_at = database_now() - timedelta(seconds=ended_ago)
    Attempt.objects.filter(pk=attempt.pk).update(finished_at=ended_at)
    with CaptureQueriesContext(connection) as statements:
        visit(client, attempt.get_absolute_url())
    looks = [s for s in statements if "LIMIT 1" in s["sql"] and "engine" in s["sql"]]
    assert (len(looks) > 1) == waits


@pytest.mark.parametrize(
    ("engine", "headline"), [("", "Checking your answers…"), ("test-1", "Now check your answers")]
)
def test_the_candidate_is_asked_once_the_engine_has_looked(engine, headline):
    answer = AnswerFactory(attempt__finished=True, written=True, closed=True, engine=engine)
    assert ResultPage(answer.attempt, [answer], START).score.headline == headline


@pytest.mark.parametrize(
    ("questions_each", "headline"),
    [(1, "Your score"), (2, "Strongest on Storage, weakest on Networks")],
)
def test_the_score_by_topic(questions_each, headline):
    user, topics = UserFactory(), [TopicFactory(name="Storage"), TopicFactory(name="Networks")]
    attempt = AttemptFactory(user=user, finished=True, score="50.00")
    for topic, share in zip(topics, ("1.0000", "0.0000"), strict=True):
        for _ in range(questions_each):
            version = published_question(topic).current_version
            AnswerFactory(
                attempt=attempt, version=version, share=share, confirmed=[share > "0"] * 2,
                written=True, closed=True,
            )  # fmt: skip
    page = visit(logged_in(user), attempt.get_absolute_url())
    assert page.heading == headline
    assert "Storage 100 Networks 0" in page.words


def test_all_texts_of_each_question_are_there_to_read(client):
    attempt = finished(client, answered=1, asked=2)
    page = visit(client, attempt.get_absolute_url())
    for text in ("What is true.", "What to stress.", "I would say what is true."):
        assert page.words.count(text) == 2
    assert page.words.count("The second idea.") == 2
    assert len([button for button in page.buttons if button.name == "Save ticks"]) == 1


def test_a_question_without_advice_has_no_empty_section_of_it(client):
    interview = interview_of(1, timing=EACH)
    bare = published_question(how_to_answer="", example_answer="")
    interview.slots.update(question=bare)
    attempt = begin(client, interview)
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="Mine.")
    assert "Model answer" in page.words
    assert "How to answer" not in page.words
    assert "Example answer" not in page.words


def test_late_and_other_texts_are_shown_as_what_they_are(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text="From there.")
    here.press("Flag", text="From here.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    page = here.press("Submit answer", text="After the end.")
    assert "From another tab or device, not counted: From here." in page.words
    assert "Typed after time, not counted: After the end." in page.words
    assert page.words.count("From there.") == 1


def test_overtime_shows_what_stood_at_the_bell_and_what_was_finished(client):
    attempt = begin(client, interview_of(2, timing=TOTAL), at_deadline="overtime")
    page = visit(client, attempt.get_absolute_url()).press("Flag", text="At the bell.")
    pass_time(attempt.pk, 150)
    page = visit(client, page.address).press("Flag", text="Finished later.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    page = visit(client, attempt.get_absolute_url())
    assert result_of(page).was_overtime
    assert "Finished later. When time ran out: At the bell." in page.words


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        ({"time_factor": "none"}, "Taken without a time limit."),
        ({"time_factor": "1.5"}, "Taken with 50 % more time."),
        ({"time_factor": "10"}, "Taken with 10 times the standard time."),
    ],
)
def test_how_the_clock_was_set_is_shown(client, pace, words):
    attempt = begin(client, interview_of(2, timing=TOTAL), **pace)
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    assert words in visit(client, attempt.get_absolute_url()).words


def test_time_used_of_time_allowed(client):
    attempt = begin(client, interview_of(2, timing=EACH, seconds_each=60))
    pass_time(attempt.pk, 30)
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="One.")
    pass_time(attempt.pk, 300)
    page = visit(client, page.address)
    assert re.search(r"\b1 min 3\d s of 2 min", page.words)  # and the test's own seconds
    assert re.search(r"\b3\d s of 1 min", page.words)
    assert "1 min of 1 min, time ran out" in page.words
    assert "1 of 2 answered, 1 ran out of time" in page.words


def test_the_number_of_the_attempt_is_shown(client):
    interview = interview_of(1, timing=TOTAL)
    for _ in range(2):
        attempt = begin(client, interview)
        client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    assert f"{interview.name} (2nd)" in visit(client, f"/attempts/{attempt.pk}/").words


def test_a_question_corrected_since_is_shown_as_it_was_with_a_note(client):
    attempt = finished(client, answered=1, asked=1)
    page = visit(client, attempt.get_absolute_url())
    assert not result_of(page).rows[0].has_newer_version
    assert result_of(page).rows[0].correction is None
    question = Question.objects.get()
    points = ["The first idea.", "A third idea."]
    newer = {"prompt": "Better?", "key_points": points, "example_answer": "New."}
    question.current_version = VersionFactory(question=question, number=2, **newer)
    question.save()
    score = attempt.score
    page = visit(client, attempt.get_absolute_url())
    correction = result_of(page).rows[0].correction
    assert (correction.removed, correction.added) == (["The second idea."], ["A third idea."])
    assert (correction.prompt, correction.texts) == ("Better?", ["the example"])
    assert page.words.count("Better?") == page.words.count("A third idea.") == 1
    assert "What is meant by" in page.words
    assert Attempt.objects.get().score == score


def test_an_attempt_outlives_its_interview(client):
    attempt = finished(client, answered=1, asked=1)
    title = attempt.interview_title
    Interview.objects.all().delete()
    Question.objects.update(status="retired")
    page = visit(client, attempt.get_absolute_url())
    assert title in page.words
    assert "Mine." in page.words


def test_the_number_of_statements_does_not_grow():
    counts = []
    for number in (1, 24):
        user = UserFactory()
        attempt = AttemptFactory(user=user, finished=True)
        for _ in range(number):
            answer = AnswerFactory(attempt=attempt, written=True, closed=True, engine="test-1")
            answer.kept_texts.create(
                source="late", writer="w", text="x", kept_at=attempt.started_at
            )
        client = logged_in(user)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(attempt.get_absolute_url()).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_what_candidates_write_is_text(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    text = "<script>alert(1)</script> **bold** [x](javascript:y) {{ 7 }} <svg onload=z>"
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text=text)
    assert text in page.words
    assert "<script>alert" not in page.html
    assert "<svg onload" not in page.html


@pytest.mark.parametrize(
    ("engine", "said", "not_said"),
    [
        ("minilm-2", "on this site", "models.example.org"),
        ("chat-1 gemma3:4b", "gemma3:4b on models.example.org.", "on this site"),
        ("chat-1 old", "old on another server.", "models.example.org"),
    ],
)
def test_the_result_says_which_engine_spoke(client, settings, engine, said, not_said):
    settings.SCORER = Server("https://models.example.org/v1/chat/completions", "gemma3:4b")
    user = UserFactory()
    attempt = AttemptFactory(user=user, finished=True)
    AnswerFactory(attempt=attempt, written=True, closed=True, engine=engine)
    words = visit(logged_in(user), attempt.get_absolute_url()).words
    assert said in words
    assert not_said not in words


def test_the_answers_that_still_wait_are_named_for_the_page_s_script(client):
    attempt = finished(client, answered=3, asked=4)
    address = f"{attempt.get_absolute_url()}waiting/"
    assert client.get(address, headers=SCRIPT).json() == {"waiting": [1, 2, 3]}
    attempt.answers.filter(position=2).update(engine="test-1")
    assert client.get(address, headers=SCRIPT).json() == {"waiting": [1, 3]}


def test_all_answers_are_closed_and_all_are_in_the_page():
    user = UserFactory()
    attempt = AttemptFactory(user=user, finished=True)
    for position in range(1, 11):
        AnswerFactory(
            attempt=attempt, position=position, written=True, closed=True, engine="test-1",
            confirmed=[True, True] if position == 2 else None, text=f"Answer number {position}.",
        )  # fmt: skip
    page = visit(logged_in(user), attempt.get_absolute_url())
    assert result_of(page).expanded == result_of(page).rendered == []
    for position in range(1, 11):
        assert page.words.count(f"Answer number {position}.") == 1
    page = visit(logged_in(user), f"{attempt.get_absolute_url()}?show=all")
    assert result_of(page).expanded == result_of(page).rendered == list(range(1, 11))
    assert "<noscript>" not in page.html


def test_a_result_that_was_reopened_leads_to_the_room_and_shows_no_points(client):
    attempt = finished(client, answered=1, asked=1)
    staff.reopen(attempt.pk, timedelta(minutes=5), why="x", now=database_now())
    response = client.get(f"/attempts/{attempt.pk}/review/")
    assert (response.status_code, response.headers["Location"]) == (302, f"/attempts/{attempt.pk}/")
