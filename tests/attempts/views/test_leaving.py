"""Leaving a question: nothing is left blank unasked, and the last one leads to the finish."""

import pytest

from attempts.models import Answer, Attempt
from tests.attempts.views.steps import EACH, TOTAL, fields, stored
from tests.factories import interview_of
from tests.plain_browser import HTMX, begin, pass_time, visit

pytestmark = pytest.mark.django_db

BLANK = pytest.mark.parametrize("text", ["", "   ", "\n\t\n", "\u00a0\u3000"])


def position(client, attempt) -> int:
    return visit(client, attempt.get_absolute_url()).response.context["room"].current.position


@BLANK
def test_submitting_nothing_asks_once_where_there_is_no_way_back(client, text):
    attempt = begin(client, interview_of(3, timing=EACH))
    asked = visit(client, attempt.get_absolute_url()).press("Submit answer", text=text)
    assert asked.heading == "Skip this question?"
    assert position(client, attempt) == 1
    assert asked.press("Skip this question").response.context["room"].current.position == 2
    assert Answer.objects.get(attempt=attempt, position=1).closed_by == "skipped"


def test_who_was_asked_can_go_back_and_write(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    asked = visit(client, attempt.get_absolute_url()).press("Submit answer", text="")
    page = visit(client, asked.link("Go back to question 1"))
    page.press("Submit answer", text="Mine, after all.")
    assert stored(attempt)[0] == "Mine, after all."
    assert position(client, attempt) == 2


def test_it_is_asked_on_a_page_of_its_own_that_can_be_left_and_reloaded(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    address, data = visit(client, attempt.get_absolute_url()).data("Submit answer", text="")
    plain = client.post(address, data)
    assert plain.status_code == 302
    assert client.post(address, data, headers=HTMX).headers["HX-Redirect"] == plain["Location"]
    assert visit(client, plain["Location"]).heading == "Skip this question?"
    assert position(client, attempt) == 1


@pytest.mark.parametrize("first", ["", "Stored before."])
def test_that_page_asks_nothing_once_there_is_an_answer(client, first):
    attempt = begin(client, interview_of(3, timing=EACH))
    page = visit(client, attempt.get_absolute_url()).press("Flag", text=first)
    asked = page.press("Submit answer", text="")
    visit(client, asked.link("Go back to question 1")).press("Flag", text="Mine, after all.")
    assert visit(client, asked.address).address == attempt.get_absolute_url()
    assert stored(attempt)[0] == "Mine, after all."


def test_that_page_asks_nothing_about_another_question(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    asked = visit(client, attempt.get_absolute_url()).press("Submit answer", text="")
    asked.press("Skip this question")
    assert visit(client, asked.address).address == attempt.get_absolute_url()
    pass_time(attempt.pk, 1000)
    assert visit(client, asked.address).address == f"/attempts/{attempt.pk}/review/"


@pytest.mark.parametrize("query", ["", "?position=x", "?position=1", "?position=1&revision=9e9"])
def test_an_address_of_that_page_that_says_too_little_leads_to_the_question(client, query):
    attempt = begin(client, interview_of(3, timing=EACH))
    address = f"/attempts/{attempt.pk}/skip-question/{query}"
    assert visit(client, address).address == attempt.get_absolute_url()


def test_emptying_a_stored_answer_is_asked_too_and_changes_nothing_yet(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    page = visit(client, attempt.get_absolute_url()).press("Flag", text="Stored.")
    page.press("Submit answer", text="")
    assert stored(attempt)[0] == "Stored."
    assert position(client, attempt) == 1


def test_the_question_to_skip_is_the_one_that_was_asked_about(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    asked = visit(client, attempt.get_absolute_url()).press("Submit answer", text="")
    pass_time(attempt.pk, 70)  # its time runs out meanwhile
    asked.press("Skip this question")
    assert position(client, attempt) == 2


def test_skip_asks_nothing_and_neither_does_a_text(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    page = visit(client, attempt.get_absolute_url()).press("Skip")
    page.press("Submit answer", text="Two.")
    assert position(client, attempt) == 3


def test_where_one_can_return_nothing_is_asked(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="")
    assert page.response.context["room"].current.position == 2


@pytest.mark.parametrize("button", ["Submit answer", "Skip"])
@pytest.mark.parametrize("timing", [EACH, TOTAL])
def test_a_second_press_of_the_same_page_leaves_no_other_question(client, timing, button):
    attempt = begin(client, interview_of(4, timing=timing))
    first = visit(client, attempt.get_absolute_url())
    for _ in range(3):
        first.press(button, text="Mine.")
        assert position(client, attempt) == 2
    assert stored(attempt) == ["Mine.", "", "", ""]


def test_a_second_press_asks_nothing_about_a_question_that_was_left(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    first = visit(client, attempt.get_absolute_url())
    first.press("Submit answer", text="Mine.")
    page = first.press("Submit answer", text="")
    assert page.response.context["room"].current.position == 2
    assert stored(attempt)[0] == "Mine."


# --- with one clock for all -----------------------------------------------------------------


def at_the_last(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Question 2, not answered")
    return attempt, page


@pytest.mark.parametrize("button", ["Submit answer", "Skip"])
def test_the_last_question_leads_to_the_page_before_the_end(client, button):
    attempt, page = at_the_last(client)
    finish = page.press(button, text="Two.")
    assert finish.address.split("?")[0] == f"/attempts/{attempt.pk}/finish/"
    assert finish.heading == "Ready to finish?"
    assert Attempt.objects.get().is_running
    assert stored(attempt) == ["", "Two."]


def test_over_htmx_the_last_question_leads_there_too(client):
    attempt, page = at_the_last(client)
    address, data = page.data("Submit answer", text="Two.")
    reply = client.post(address, data, headers=HTMX)
    assert reply.headers["HX-Redirect"] == f"/attempts/{attempt.pk}/finish/"


def test_the_last_question_submitted_from_an_old_page_leads_where_the_attempt_is(client):
    attempt, page = at_the_last(client)
    page.press("Question 1, not answered")
    back = page.press("Submit answer", text="Two.")
    assert back.address == attempt.get_absolute_url()
    assert stored(attempt) == ["", "Two."]


def test_the_last_question_submitted_after_the_end_leads_to_the_result(client):
    attempt, page = at_the_last(client)
    pass_time(attempt.pk, 1000)
    assert page.press("Submit answer", text="Two.").address == f"/attempts/{attempt.pk}/review/"


# --- the page before the end ----------------------------------------------------------------


@pytest.mark.parametrize("timing", [EACH, TOTAL])
def test_finish_is_a_page_of_its_own_that_can_be_left_and_reloaded(client, timing):
    attempt = begin(client, interview_of(3, timing=timing))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Finish interview", text="Mine.")
    finish = f"/attempts/{attempt.pk}/finish/"
    plain = client.post(address, data)
    assert (plain.status_code, plain.headers["Location"].split("?")[0]) == (302, finish)
    over_htmx = client.post(address, fields(page, text="Mine."), headers=HTMX)
    assert over_htmx.headers["HX-Redirect"] == finish
    assert stored(attempt)[0] == "Mine."
    assert visit(client, finish).heading == "Ready to finish?"
