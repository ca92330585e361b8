"""An interview ends in one window while its room is open in another: the other one says why."""

import pytest

from attempts import transitions
from attempts.models import Attempt
from attempts.owners import Owner
from attempts.transitions import Choice, staff
from quizsite.clock import database_now
from tests.attempts.views.steps import EACH, TOTAL
from tests.factories import UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, Page, begin, logged_in, pass_time, visit

pytestmark = pytest.mark.django_db

ELSEWHERE = "?ended=elsewhere"


def attempt_and_rooms(client, timing=TOTAL, questions=2) -> tuple[Attempt, Page, Page]:
    """An attempt whose room is open in two windows."""
    attempt = begin(client, interview_of(questions, timing=timing))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    return attempt, here, there


def finish_in(page: Page) -> Page:
    return page.press("Finish interview").press("Finish interview")


def discard_in(page: Page) -> Page:
    return visit(page.client, f"{page.address}discard/").press("Discard")


@pytest.mark.parametrize("end", [finish_in, discard_in])
@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize(
    "button", ["Submit answer", "Skip", "Flag", "Finish interview", "Question 2, not answered"]
)
def test_whatever_is_pressed_in_another_window_the_result_says_it(client, button, headers, end):
    attempt, here, there = attempt_and_rooms(client)
    end(there)
    place, data = here.data(button, text="Typed here.")
    response = client.post(place, data, headers=headers)
    led = response.headers.get("HX-Redirect") or response.headers["Location"]
    assert led == f"/attempts/{attempt.pk}/review/{ELSEWHERE}"
    assert "in another window or on another device" in visit(client, led).words


def test_the_clock_of_another_window_leads_to_a_result_that_says_it(client):
    attempt, here, there = attempt_and_rooms(client)
    finish_in(there)
    named = {**SCRIPT, "X-Window": "this-one"}
    asked = client.get(f"{here.address}clock/", headers=named).json()
    assert asked == {"running": False, "url": f"/attempts/{attempt.pk}/review/{ELSEWHERE}"}


def test_the_page_before_the_end_says_it_too(client):
    _, here, there = attempt_and_rooms(client)
    before_the_end = here.press("Finish interview")
    finish_in(there)
    assert before_the_end.press("Finish interview").address.endswith(ELSEWHERE)


def test_the_last_submit_with_per_question_timing_ends_it_for_the_other_window(client):
    _, here, there = attempt_and_rooms(client, EACH, questions=1)
    assert not there.press("Submit answer", text="Mine.").address.endswith(ELSEWHERE)
    assert here.press("Submit answer", text="Other.").address.endswith(ELSEWHERE)


def test_pressing_twice_in_one_window_says_nothing(client):
    for timing, button in ((EACH, "Submit answer"), (TOTAL, "Finish interview")):
        _, here, _ = attempt_and_rooms(client, timing, questions=1)
        page = here if timing == EACH else here.press(button)
        place, data = page.data(button, **({"text": "Mine."} if timing == EACH else {}))
        for _ in range(2):
            assert not client.post(place, data).headers["Location"].endswith(ELSEWHERE)


def test_back_from_the_result_to_an_older_page_of_the_window_says_nothing(client):
    _, here, _ = attempt_and_rooms(client)
    finish_in(here)
    assert not here.press("Submit answer", text="Mine.").address.endswith(ELSEWHERE)


@pytest.mark.parametrize("window", ["", "x" * 37, "<b>", "a b"])
def test_without_a_window_of_its_own_a_request_is_told_nothing(client, window):
    _, here, there = attempt_and_rooms(client)
    finish_in(there)
    named = {**SCRIPT, "X-Window": window}
    address = client.get(f"{here.address}clock/", headers=named).json()["url"]
    assert not address.endswith(ELSEWHERE)
    assert not visit(client, here.address).address.endswith(ELSEWHERE)  # Back leads here as well


def test_nobody_is_told_so_where_time_ran_out(client):
    attempt, here, _ = attempt_and_rooms(client)
    pass_time(attempt.pk, 10_000)
    page = here.press("Submit answer", text="Late.")
    assert page.address == f"/attempts/{attempt.pk}/review/"
    assert "another window" not in page.words


def test_what_staff_ended_says_so_itself(client):
    attempt, here, _ = attempt_and_rooms(client)
    staff.discard(attempt.pk, now=database_now())
    page = here.press("Submit answer", text="Late.")
    assert page.heading == "The staff of this site discarded this attempt"
    assert "another window" not in page.words


@pytest.mark.parametrize("discards_other", [True, False])
def test_what_another_interview_replaced_says_so_itself(client, discards_other):
    user = UserFactory()
    mine = logged_in(user)
    _, here, _ = attempt_and_rooms(mine)
    other = begin(client, interview_of(1))
    choice = Choice(other.pk, discards_other=discards_other)
    transitions.claim(other.guest_key, user, now=database_now(), choice=choice)
    page = here.press("Submit answer", text="Late.")
    assert "because another one was running" in page.words
    assert "another window" not in page.words


def test_an_attempt_that_runs_again_was_ended_nowhere(client):
    attempt, _, there = attempt_and_rooms(client)
    finish_in(there)
    ended = Attempt.objects.get(pk=attempt.pk)
    assert ended.ended_in
    now = database_now()
    staff.reopen(attempt.pk, now - ended.started_at, why="x", now=now)
    assert Attempt.objects.get(pk=attempt.pk).ended_in == ""
    assert Owner(guest_key=attempt.guest_key) == ended.owner
