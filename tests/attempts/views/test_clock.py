import re

import pytest

from attempts.models import AddedTime, Answer, Attempt
from questions.models import Timing
from tests.factories import interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, pass_time, visit

pytestmark = pytest.mark.django_db

TOTAL, EACH = Timing.TOTAL.value, Timing.PER_QUESTION.value
FIVE_MINUTES = 5 * 60_000


def face(client, attempt) -> dict:
    response = client.get(f"/attempts/{attempt.pk}/clock/", headers=SCRIPT)
    assert "no-store" in response.headers["Cache-Control"]
    return response.json()


def test_the_clock_face_tells_relative_times_only(client):
    attempt = begin(client, interview_of(2, timing=TOTAL, seconds_each=60))
    pass_time(attempt.pk, 20)
    said = face(client, attempt)
    assert set(said) == {"running", "position", "revision", "left", "limit", "closes"}
    assert (said["running"], said["position"], said["revision"]) == (True, 1, 0)
    assert said["limit"] == 120_000
    assert 95_000 < said["left"] == said["closes"] <= 100_000


def test_the_clock_face_with_per_question_timing_follows_the_clock(client):
    attempt = begin(client, interview_of(3, timing=EACH, seconds_each=60))
    pass_time(attempt.pk, 70)
    said = face(client, attempt)
    assert said["position"] == 2
    assert 45_000 < said["left"] <= 50_000


def test_the_clock_face_without_a_limit(client):
    attempt = begin(client, interview_of(2, timing=TOTAL), time_factor="none")
    pass_time(attempt.pk, 10**6)
    said = face(client, attempt)
    assert (said["running"], said["left"], said["limit"], said["closes"]) == (
        True,
        None,
        None,
        None,
    )
    assert "no limit" in visit(client, attempt.get_absolute_url()).words


def test_the_clock_face_of_an_ended_attempt_names_its_result(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 1000)
    assert face(client, attempt) == {"running": False, "url": f"/attempts/{attempt.pk}/review/"}


def test_overtime_counts_on(client):
    attempt = begin(client, interview_of(2, timing=TOTAL), at_deadline="overtime")
    pass_time(attempt.pk, 130)
    said = face(client, attempt)
    assert -15_000 < said["left"] <= -10_000
    assert 105_000 < said["closes"] <= 110_000
    assert visit(client, attempt.get_absolute_url()).response.context["room"].is_overtime
    pass_time(attempt.pk, 130)
    assert face(client, attempt)["running"] is False


def test_the_time_factor_and_thinking_time_lengthen_the_clock(client):
    interview = interview_of(2, timing=EACH, seconds_each=60)
    attempt = begin(client, interview, time_factor="1.5", think_seconds="30")
    assert face(client, attempt)["limit"] == 135_000
    page = visit(client, attempt.get_absolute_url())
    assert re.search(r"Thinking time: 0:4[45]\.", page.words)


def test_five_more_minutes_without_javascript_store_the_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL, seconds_each=60))
    page = visit(client, attempt.get_absolute_url()).press("5 more minutes", text="Mine.")
    assert page.text == "Mine."
    assert FIVE_MINUTES < face(client, attempt)["left"] <= FIVE_MINUTES + 120_000
    assert AddedTime.objects.get().reason == "asked"
    assert page.html.count('<p id="more-time" class="more-time" hidden>') == 1


def test_five_more_minutes_over_htmx_touch_the_clock_alone(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    address, data = visit(client, attempt.get_absolute_url()).data("5 more minutes", text="Mine.")
    response = client.post(address, data, headers=HTMX)
    assert 'id="clock"' in response.content.decode()
    assert "textarea" not in response.content.decode()
    assert "HX-Retarget" not in response.headers
    assert face(client, attempt)["left"] > FIVE_MINUTES


def test_five_more_minutes_for_the_question_that_just_closed(client):
    attempt = begin(client, interview_of(3, timing=EACH, seconds_each=60))
    first = visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, 70)
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("5 more minutes for question 1", text="")
    over_htmx = client.post(address, data, headers=HTMX)
    assert over_htmx.headers["HX-Retarget"] == "#room"
    assert 'data-position="1"' in over_htmx.content.decode()
    assert visit(client, attempt.get_absolute_url()).heading == first.heading


def test_five_more_minutes_on_the_result_page_open_the_room_again(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 130)
    page = visit(client, attempt.get_absolute_url())
    assert page.address.endswith("/review/")
    page = page.press("5 more minutes")
    assert page.address == f"/attempts/{attempt.pk}/"
    page = page.press("Finish interview", text="Mine.").press("Finish interview")
    assert ": 5 more minutes." in page.words


def test_more_time_at_any_other_moment_leads_back_without_effect(client):
    attempt = begin(client, interview_of(5, timing=TOTAL, seconds_each=60))
    response = client.post(f"/attempts/{attempt.pk}/more-time/", {"extend": "1"})
    assert response.headers["Location"] == attempt.get_absolute_url()
    assert not AddedTime.objects.exists()


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 400, "9" * 5000, "\0", None])
def test_more_time_for_no_question_is_refused_and_hands_the_text_back(client, number):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    _, data = visit(client, attempt.get_absolute_url()).data("5 more minutes", text="Mine.")
    data.pop("extend")
    data |= {} if number is None else {"extend": number}
    for headers in (None, HTMX):
        response = client.post(f"/attempts/{attempt.pk}/more-time/", data, headers=headers)
        assert response.status_code in (400, 422)
        if headers is None:
            assert "Mine." in response.content.decode()
    assert not AddedTime.objects.exists()


def test_more_time_over_a_conflict_says_so(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text="From there.")
    page = here.press("5 more minutes", text="From here.")
    assert (page.status, page.text) == (409, "From here.")
    assert face(client, attempt)["left"] > FIVE_MINUTES


def outage(client, attempt, **data):
    return client.post(f"/attempts/{attempt.pk}/outage/", {"position": 1, "seconds": 30} | data)


def test_lost_time_is_given_back_and_shown(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 60)
    assert outage(client, attempt).headers["Location"] == attempt.get_absolute_url()
    assert 85_000 < face(client, attempt)["left"] <= 90_000
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    assert "30 s added: lost to an outage" in visit(client, attempt.get_absolute_url()).words


@pytest.mark.parametrize("seconds", ["", "0", "-5", "1e3", "nan", "x", "9" * 400, "9" * 5000, "\0"])
def test_lost_time_that_is_no_time_is_refused(client, seconds):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    assert outage(client, attempt, seconds=seconds).status_code == 400
    assert outage(client, attempt, position=seconds).status_code in (400, 404)
    assert not AddedTime.objects.exists()


def test_no_more_is_given_back_than_has_passed(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 10)
    outage(client, attempt, seconds=86_400)
    assert face(client, attempt)["left"] <= 121_000


def test_looking_at_the_clock_writes_nothing_while_nothing_is_due(
    client, django_assert_num_queries
):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    before = list(Attempt.objects.values()), list(Answer.objects.values())
    with django_assert_num_queries(3):  # session, now, attempt with its answers
        client.get(f"/attempts/{attempt.pk}/clock/", headers=SCRIPT)
    assert (list(Attempt.objects.values()), list(Answer.objects.values())) == before
