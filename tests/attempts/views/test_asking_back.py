"""A follow-up is in the same room as any question, and tells nothing of why it was asked."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from attempts.asking import scorer
from attempts.models import Answer, Attempt
from attempts.scoring_process.process import MOST_WAITING, Patience, ScoringProcess
from tests.attempts.asking.candidates import asking_interview
from tests.attempts.asking.questions import FOLLOW_UPS, THIN, WELL
from tests.attempts.scoring_process.tasks import EXAMPLE, POINTS, QUESTION, task
from tests.attempts.views.steps import save
from tests.factories import interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, pass_time, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """The machine of the tests does much else at the same time."""
    monkeypatch.setattr(scorer, "WAIT_SECONDS", 30)


def room(client, attempt):
    return visit(client, attempt.get_absolute_url())


def asked(client, questions: int = 2, most: int = 1):
    """The room of an attempt with its first follow-up open."""
    attempt = begin(client, asking_interview(questions, most))
    return attempt, room(client, attempt).press("Submit answer", text=THIN)


def rows(attempt) -> list[tuple[int, str]]:
    return list(Answer.objects.filter(attempt=attempt).values_list("position", "closed_by"))


# --- without JavaScript ---------------------------------------------------------------------


def test_a_thin_answer_leads_to_a_follow_up_and_that_to_the_next_question(client):
    attempt, page = asked(client)
    assert page.heading == FOLLOW_UPS[1]
    assert "A follow-up: (a clock of its own, 1 min)" in page.words
    assert "Question 1 of 2, follow-up" in page.words
    page = page.press("Submit answer", text="We go back to the old one.")
    assert "Question 2 of 2" in page.words
    page = page.press("Submit answer", text=WELL)
    assert page.address.endswith("/review/")
    assert rows(attempt) == [(1, "submitted"), (2, "submitted"), (3, "submitted")]


def test_a_good_answer_leads_to_the_next_question(client):
    attempt = begin(client, asking_interview())
    page = room(client, attempt).press("Submit answer", text=WELL)
    assert "Question 2 of 2" in page.words
    assert "follow-up" not in page.words


def test_skip_leads_to_the_next_question_also_from_a_follow_up(client):
    attempt = begin(client, asking_interview(3))
    page = room(client, attempt).press("Skip", text=THIN)
    assert "Question 2 of 3" in page.words
    page = page.press("Submit answer", text=THIN)
    assert "Question 2 of 3, follow-up" in page.words
    page = page.press("Skip")
    assert "Question 3 of 3" in page.words
    assert rows(attempt)[:3] == [(1, "skipped"), (3, "submitted"), (4, "skipped")]


def test_a_follow_up_that_is_submitted_blank_asks_whether_to_skip_it(client):
    _, page = asked(client)
    page = page.press("Submit answer", text="  ")
    assert page.heading == "Skip this follow-up?"
    assert "counts as 0" not in page.words
    page = page.press("Skip this follow-up")
    assert "Question 2 of 2" in page.words


def test_a_reload_and_a_second_tab_show_the_follow_up_with_what_was_saved(client):
    attempt, first_tab = asked(client)
    assert save(client, attempt, "so far", position=2).json()["verdict"] == "accepted"
    second = room(client, attempt)
    assert (second.heading, second.text) == (first_tab.heading, "so far")
    second.press("Submit answer", text="so far, and on")
    page = first_tab.press("Submit answer", text="from the first tab")
    assert "Question 2 of 2" in page.words
    assert [kept.text for kept in Answer.objects.get(position=2).kept_texts.all()] == [
        "from the first tab"
    ]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_second_press_of_submit_asks_nothing_more(client, headers):
    attempt = begin(client, asking_interview(2, most=2))
    address, data = room(client, attempt).data("Submit answer", text=THIN)
    for _ in range(3):
        client.post(address, data, headers=headers)
    assert [position for position, _ in rows(attempt)] == [1, 2, 4]


def test_the_bell_of_a_follow_up_leads_on_and_more_time_leads_back(client):
    attempt, _ = asked(client)
    pass_time(attempt.pk, 61)
    page = room(client, attempt)
    assert "Question 2 of 2" in page.words
    page = page.press("5 more minutes for that follow-up")
    assert page.heading == FOLLOW_UPS[1]
    page = page.press("Submit answer", text="We go back.")
    assert "Question 2 of 2" in page.words


def test_after_the_bell_of_a_question_nothing_is_asked(client):
    attempt = begin(client, asking_interview())
    address, data = room(client, attempt).data("Submit answer", text=THIN)
    pass_time(attempt.pk, 185)
    client.post(address, data)
    assert rows(attempt) == [(1, "deadline"), (3, "")]
    assert Answer.objects.get(attempt=attempt, position=1).text == THIN


# --- what the room says ---------------------------------------------------------------------


def test_numbers_and_progress_are_of_the_questions(client):
    attempt, page = asked(client, 3)
    shown = page.response.context["room"]
    assert (shown.number, shown.total, shown.answered, shown.unanswered) == (1, 3, 1, 2)
    assert [item.label for item in shown.navigator] == [
        "Question 1, answered",
        "Question 2, not answered",
        "Question 3, not answered",
    ]
    assert [item.is_current for item in shown.navigator] == [True, False, False]
    page.press("Flag")
    shown = room(client, attempt).response.context["room"]
    assert (shown.flagged, shown.navigator[0].is_flagged) == (1, True)
    assert "question 1 of 3, follow-up" in visit(client, "/").words
    assert (
        "Go back to the follow-up to question 1"
        in visit(client, f"/attempts/{attempt.pk}/finish/").words
    )


def test_a_follow_up_has_a_clock_of_its_own_and_no_thinking_time(client):
    attempt, _ = asked(client)
    Attempt.objects.filter(pk=attempt.pk).update(think_seconds=30)
    shown = room(client, attempt).response.context["room"]
    assert shown.limit_ms == 60_000
    assert 50_000 < shown.left_ms <= 60_000
    assert shown.think_ms == 0
    state = client.get(f"/attempts/{attempt.pk}/clock/", headers=SCRIPT).json()
    assert (state["position"], state["limit"]) == (2, 60_000)


def test_nothing_of_the_key_points_is_in_the_page_or_in_what_scripts_get(client):
    attempt, page = asked(client)
    secrets = [*POINTS, EXAMPLE, "canary that gets one percent of the requests while", "not found"]
    secrets += FOLLOW_UPS[2:]
    address = attempt.get_absolute_url()
    replies = [
        page.html,
        client.get(address, headers=HTMX).content.decode(),
        client.get(f"{address}clock/", headers=SCRIPT).content.decode(),
        client.get(f"{address}finish/").content.decode(),
        save(client, attempt, "so far", position=2).content.decode(),
        client.get("/attempts/").content.decode(),
        client.get("/").content.decode(),
    ]
    for secret in secrets:
        assert [reply for reply in replies if secret in reply] == [], secret
    assert QUESTION in page.words


# --- where it costs time --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "stand_in", "waiting"),
    [
        ("it hangs", "hanging", 0),
        ("it ends at once", "broken", 0),
        ("it answers something else", "babbling", 0),
        ("it hangs, and others wait already", "hanging", 2),
        ("it has too much to do", "counting", MOST_WAITING + 1),
    ],
)
def test_a_submit_takes_no_two_seconds_where_the_scorer_is_of_no_use(
    client, monkeypatch, what, stand_in, waiting
):
    module = f"tests.attempts.scoring_process.stand_ins.{stand_in}"
    useless = ScoringProcess(module, Patience(starts=30))
    monkeypatch.undo()  # the site's own patience
    attempt = begin(client, asking_interview())
    page = room(client, attempt)
    monkeypatch.setattr(scorer, "_process", useless)
    with ThreadPoolExecutor(max(1, waiting)) as threads:
        for _ in range(waiting):
            threads.submit(useless.find, task(THIN), 3)
        began = time.monotonic()
        page = page.press("Submit answer", text=THIN)
        took = time.monotonic() - began
        useless.stop()
    assert took < 2, what
    assert "Question 2 of 2" in page.words
    assert Answer.objects.get(attempt=attempt, position=1).text == THIN


def test_an_interview_without_follow_ups_starts_no_scorer(client, monkeypatch):
    idle = ScoringProcess()
    monkeypatch.setattr(scorer, "_process", idle)
    attempt = begin(client, interview_of(2))
    room(client, attempt).press("Submit answer", text=THIN)
    assert idle.pid is None
