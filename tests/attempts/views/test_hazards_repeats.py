"""Repeats, order, two writers, as they come over HTTP. Each test names its hazard."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from attempts.models import Answer, Attempt, KeptText
from tests.attempts.views.steps import BOTH, TOTAL, save, stored
from tests.factories import UserFactory, interview_of
from tests.plain_browser import HTMX, begin, logged_in, visit

database = pytest.mark.django_db


def at_once(count: int, act) -> list:
    """Call act(number) in so many threads, all at the same moment."""
    gate = threading.Barrier(count)

    def run(number):
        try:
            gate.wait(20)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def a_copy(client) -> Client:
    """The same browser once more."""
    copy = Client()
    copy.cookies = client.cookies
    return copy


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@BOTH
@pytest.mark.parametrize("headers", [None, HTMX])
def test_hazard_11_24_submits_at_once_have_one_effect(client, timing, headers):
    attempt = begin(client, interview_of(3, timing=timing))
    address, data = visit(client, attempt.get_absolute_url()).data("Submit answer", text="Mine.")
    replies = at_once(
        12, lambda n: [a_copy(client).post(address, data, headers=headers) for _ in range(2)]
    )
    assert {reply.status_code for pair in replies for reply in pair} <= {200, 302}
    page = visit(client, attempt.get_absolute_url())
    assert "Question 2 of 3" in page.words
    assert stored(attempt) == ["Mine.", "", ""]
    assert Answer.objects.get(attempt=attempt, position=1).revision == 1
    assert not KeptText.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hazard_11_24_finishes_at_once_finish_once(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    address = f"/attempts/{attempt.pk}/finish/"
    replies = at_once(12, lambda n: a_copy(client).post(address, {"confirmed": "1"}))
    replies += at_once(12, lambda n: a_copy(client).get(attempt.get_absolute_url()))
    assert {reply.headers["Location"] for reply in replies} == {f"/attempts/{attempt.pk}/review/"}
    assert Attempt.objects.get().state == "submitted"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hazard_11_12_starts_at_once_start_one():
    client = logged_in(UserFactory())
    address = interview_of(3, timing=TOTAL).get_absolute_url()
    replies = at_once(12, lambda n: a_copy(client).post(address))
    assert {reply.status_code for reply in replies} == {302}
    assert {reply.headers["Location"] for reply in replies} == {
        f"/attempts/{Attempt.objects.get().pk}/"
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@BOTH
def test_hazard_11_looking_while_others_submit_and_finish_never_fails(client, timing):
    attempt = begin(client, interview_of(12, timing=timing))
    base = f"/attempts/{attempt.pk}/"

    def act(number):
        mine, seen = a_copy(client), []
        for turn in range(12):
            if number % 3 == 0:
                sent = {"position": turn + 1, "text": f"{turn}", "writer": f"w{number}"}
                seen.append(mine.post(f"{base}submit/", sent))
            else:
                seen.append(mine.get(base if number % 3 == 1 else f"{base}clock/"))
        if number == 0:
            seen.append(mine.post(f"{base}finish/", {"confirmed": "1"}))
        return seen

    replies = [reply for seen in at_once(9, act) for reply in seen]
    assert {reply.status_code for reply in replies} <= {200, 302, 409}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@BOTH
@pytest.mark.parametrize("place", ["{room}", "{room}clock/", "{room}finish/", "{room}review/", "/"])
def test_hazard_11_a_finish_right_after_the_attempt_was_read_is_no_failure(client, timing, place):
    attempt = begin(client, interview_of(3, timing=timing))
    base, other, done = f"/attempts/{attempt.pk}/", a_copy(client), []

    def finish_elsewhere(execute, sql, *rest):
        result = execute(sql, *rest)
        if 'FROM "attempts_' in sql and not done:
            done.extend(at_once(1, lambda n: other.post(f"{base}finish/", {"confirmed": "1"})))
        return result

    with connection.execute_wrapper(finish_elsewhere):
        reply = client.get(place.format(room=base))
    assert done[0].status_code == 302
    assert reply.status_code in (200, 302)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hazard_13_saves_out_of_order_leave_the_newest(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    replies = at_once(12, lambda n: save(a_copy(client), attempt, f"text {n}", sequence=n + 1))
    assert {reply.status_code for reply in replies} == {200}
    assert stored(attempt)[0] == "text 11"


@database
def test_hazard_12_back_after_finishing_leads_to_the_result(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    page.press("Finish interview", text="Mine.").press("Finish interview")
    before = list(Attempt.objects.values()), stored(attempt)
    for button in ("Submit answer", "Skip", "Flag", "Finish interview", "Question 2, not answered"):
        again = page.press(button, text="Mine.")
        assert again.address == f"/attempts/{attempt.pk}/review/", button
    assert (list(Attempt.objects.values()), stored(attempt)) == before
    assert not KeptText.objects.exists()


@database
def test_hazard_14_an_autosave_overtaken_by_submit_does_not_come_back(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Submit answer", text="All of it.")
    client.post(address, {**data, "writer": "w", "sequence": "5"})
    late = save(client, attempt, "All of", sequence=4)
    assert (late.status_code, late.json()["verdict"]) == (200, "already")
    assert stored(attempt)[0] == "All of it."


@database
def test_hazard_15_a_retry_after_a_lost_reply_is_no_conflict(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "One.")
    assert save(client, attempt, "One.").json()["verdict"] == "already"
    assert save(client, attempt, "One. Two.", sequence=2).json()["verdict"] == "accepted"
    assert stored(attempt)[0] == "One. Two."
