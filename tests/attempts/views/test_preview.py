"""Nobody sees the next question for free by taking more time for the one before."""

import pytest

from attempts.models import AddedTime
from tests.attempts.views.steps import EACH, TOTAL, fields, save
from tests.factories import interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, pass_time, visit

pytestmark = pytest.mark.django_db

MINUTE = 60_000


def face(client, attempt) -> dict:
    return client.get(f"/attempts/{attempt.pk}/clock/", headers=SCRIPT).json()


def seconds_left(client, attempt) -> float:
    return face(client, attempt)["left"] / 1000


def more_time(client, attempt, position, headers=None):
    return client.post(f"/attempts/{attempt.pk}/more-time/", {"extend": position}, headers=headers)


def outage(client, attempt, position, seconds):
    sent = {"position": position, "seconds": seconds}
    return client.post(f"/attempts/{attempt.pk}/outage/", sent)


def hand_in(client, attempt):
    return visit(client, attempt.get_absolute_url()).press("Submit answer", text="Mine.")


def shown_question_2(client, seconds, **interview):
    """An attempt whose first question the clock has closed, and whose second was shown so long."""
    attempt = begin(client, interview_of(3, timing=EACH, seconds_each=60, **interview))
    pass_time(attempt.pk, 60)
    assert visit(client, attempt.get_absolute_url()).response.context["room"].current.position == 2
    pass_time(attempt.pk, seconds)
    return attempt


@pytest.mark.parametrize("headers", [None, HTMX])
def test_the_clock_of_a_question_that_was_shown_goes_on_from_where_it_was(client, headers):
    attempt = shown_question_2(client, 20)
    more_time(client, attempt, 1, headers)
    assert face(client, attempt)["position"] == 1
    pass_time(attempt.pk, 100)  # the time between does not run for the second question
    hand_in(client, attempt)
    assert face(client, attempt)["position"] == 2
    assert 30 < seconds_left(client, attempt) <= 40


def test_pressing_the_button_on_the_page_is_no_way_around(client):
    attempt = shown_question_2(client, 20)
    page = visit(client, attempt.get_absolute_url())
    page.press("5 more minutes for question 1", text="begun").press("Submit answer", text="One.")
    assert visit(client, attempt.get_absolute_url()).text == "begun"
    assert 30 < seconds_left(client, attempt) <= 40


def test_each_look_counts_however_often_the_question_is_put_back(client):
    attempt = shown_question_2(client, 20)
    for _ in range(2):
        more_time(client, attempt, 1)
        visit(client, attempt.get_absolute_url())
        pass_time(attempt.pk, 300)  # the added time is over
        visit(client, attempt.get_absolute_url())
        pass_time(attempt.pk, 10)
    assert 10 < seconds_left(client, attempt) <= 20


def test_a_second_tab_and_a_reload_begin_no_new_look(client):
    attempt = shown_question_2(client, 10)
    for _ in range(3):
        visit(client, attempt.get_absolute_url())
        pass_time(attempt.pk, 10)
    more_time(client, attempt, 1)
    hand_in(client, attempt)
    assert 10 < seconds_left(client, attempt) <= 20


def test_a_question_whose_time_was_used_up_while_it_was_shown_has_none_left(client):
    interview = interview_of(3, timing=EACH, seconds_each=20)
    attempt = begin(client, interview)
    pass_time(attempt.pk, 20)
    visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, 25)
    visit(client, attempt.get_absolute_url())  # the third question
    more_time(client, attempt, 1)
    assert face(client, attempt)["position"] == 1
    page = hand_in(client, attempt)
    assert page.response.context["room"].current.position == 3
    assert page.response.context["room"].just_closed.position == 2
    assert 10 < seconds_left(client, attempt) <= 15


def test_time_in_which_nobody_saw_the_question_does_not_count(client):
    attempt = begin(client, interview_of(3, timing=EACH, seconds_each=60))
    pass_time(attempt.pk, 90)
    face(client, attempt)  # a page that shows the first question asks for the clock
    more_time(client, attempt, 1)
    hand_in(client, attempt)
    assert 50 < seconds_left(client, attempt) <= 60


@pytest.mark.parametrize("action", ["submit", "skip", "flag", "more-time"])
def test_a_refused_form_shows_the_question_too(client, action):
    attempt = begin(client, interview_of(3, timing=EACH, seconds_each=60))
    page = visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, 60)
    sent = fields(page) | {"position": 2, "text": "x" * 20_001, "flagged": "1", "extend": "2"}
    refused = client.post(f"/attempts/{attempt.pk}/{action}/", sent)
    assert (refused.status_code, refused.context["room"].current.position) == (422, 2)
    pass_time(attempt.pk, 20)
    more_time(client, attempt, 1)
    hand_in(client, attempt)
    assert 30 < seconds_left(client, attempt) <= 40


@pytest.mark.parametrize("button", ["Submit answer", "Skip"])
def test_who_has_left_the_next_question_gets_no_more_time_for_the_one_before(client, button):
    attempt = shown_question_2(client, 5)
    page = visit(client, attempt.get_absolute_url()).press(button, text="Two.")
    assert page.response.context["room"].just_closed is None
    more_time(client, attempt, 1)
    outage(client, attempt, 1, 30)
    assert face(client, attempt)["position"] == 3
    assert not AddedTime.objects.exists()


def test_lost_time_is_not_given_back_across_a_question_that_was_shown(client):
    attempt = shown_question_2(client, 20)
    outage(client, attempt, 1, 50)
    assert face(client, attempt)["position"] == 2
    assert not AddedTime.objects.exists()


def test_lost_time_is_given_back_while_the_next_question_was_seen_by_nobody(client):
    attempt = begin(client, interview_of(3, timing=EACH, seconds_each=60))
    pass_time(attempt.pk, 90)
    save(client, attempt, "written offline")
    outage(client, attempt, 1, 50)
    assert face(client, attempt)["position"] == 1
    hand_in(client, attempt)
    assert 50 < seconds_left(client, attempt) <= 60


def test_after_the_end_only_the_last_question_gets_more_time(client):
    """The result shows every question."""
    attempt = begin(client, interview_of(2, timing=EACH, seconds_each=20))
    pass_time(attempt.pk, 45)
    page = visit(client, attempt.get_absolute_url())
    assert page.address.endswith("/review/")
    more_time(client, attempt, 1)
    assert not AddedTime.objects.exists()
    page.press("5 more minutes")
    assert face(client, attempt)["position"] == 2


def test_one_clock_for_all_has_nothing_to_preview(client):
    attempt = begin(client, interview_of(3, timing=TOTAL, seconds_each=60))
    page = visit(client, attempt.get_absolute_url())
    page = page.press("Question 2, not answered").press("Question 1, not answered")
    pass_time(attempt.pk, 170)
    more_time(client, attempt, 1)
    assert 300 < seconds_left(client, attempt) <= 311
