import pytest
from django.utils.timezone import localtime

from attempts.models import Answer, Attempt
from attempts.scoring import engine_name
from attempts.transitions import staff
from questions.models import Timing
from quizsite.clock import database_now
from tests.factories import interview_of
from tests.plain_browser import HTMX, begin, pass_time, visit
from tests.scorer import make_suggestions

pytestmark = pytest.mark.django_db

TOTAL, EACH = Timing.TOTAL.value, Timing.PER_QUESTION.value


def test_before_the_finish_the_page_counts_what_is_missing(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="One.")
    page = page.press("Flag").press("Finish interview")
    assert page.heading == "Ready to finish?"
    assert "1 answered 2 not answered 1 flagged" in page.words
    assert page.response.context["room"].unanswered == 2
    assert Attempt.objects.get().is_running


def test_from_there_any_question_can_be_opened(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    first = visit(client, attempt.get_absolute_url())
    page = first.press("Submit answer", text="One.").press("Finish interview")
    back = page.press(first.heading)
    assert (back.heading, back.text) == (first.heading, "One.")


def test_the_text_in_the_box_is_stored_on_the_way_to_the_finish(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Finish interview", text="Mine.")
    assert "1 answered" in page.words
    assert Answer.objects.get(attempt=attempt, position=1).text == "Mine."


def test_the_finish_page_alone_changes_nothing(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    before = list(Attempt.objects.values()), list(Answer.objects.values())
    page = visit(client, f"/attempts/{attempt.pk}/finish/")
    assert page.heading == "Ready to finish?"
    assert (list(Attempt.objects.values()), list(Answer.objects.values())) == before


def test_finishing_leads_to_the_result_by_a_redirect(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    review = f"/attempts/{attempt.pk}/review/"
    for _ in range(2):
        done = client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
        assert (done.status_code, done.headers["Location"]) == (302, review)
    done = client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"}, headers=HTMX)
    assert done.headers["HX-Redirect"] == review
    assert client.get(f"/attempts/{attempt.pk}/finish/").headers["Location"] == review


def test_finishing_leaves_the_answers_to_be_read(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="One.")
    page.press("Finish interview", text="Two.")
    assert make_suggestions() == 0
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    assert make_suggestions() == 2
    engines = set(Answer.objects.filter(attempt=attempt).values_list("engine", flat=True))
    assert engines == {engine_name()}


def test_finishing_late_is_dated_at_the_deadline(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 1000)
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    late = Attempt.objects.get()
    assert (late.state, late.finish_reason) == ("expired", "deadline")
    assert late.finished_at == late.deadline_at


def test_discarding_asks_first_and_the_texts_stay_readable(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    visit(client, attempt.get_absolute_url()).press("Submit answer", text="Mine, after all.")
    page = visit(client, visit(client, "/attempts/").link("Discard"))
    assert page.heading == "Discard this attempt?"
    assert page.response.context["answered"] == 1
    assert Attempt.objects.get().is_running
    page = page.press("Discard")
    assert page.address == "/attempts/"
    assert Attempt.objects.get().state == "discarded"
    assert page.response.context["history"].rows == []
    page = visit(client, attempt.get_absolute_url())
    assert page.response.context["result"].is_discarded
    assert page.heading.startswith("You ")
    assert "Mine, after all." in page.words
    assert "5 more minutes" not in page.words


def test_an_attempt_that_staff_discarded_says_so(client):
    attempt = begin(client, interview_of(1, timing=TOTAL))
    visit(client, attempt.get_absolute_url()).press("Flag", text="Mine.")
    staff.discard(attempt.pk, now=database_now())
    page = visit(client, attempt.get_absolute_url())
    assert page.heading == "The staff of this site discarded this attempt"
    assert "Mine." in page.words
    assert not page.response.context["result"].is_waiting


def test_a_finished_attempt_cannot_be_discarded(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    before = list(Attempt.objects.values())
    for response in (
        client.get(f"/attempts/{attempt.pk}/discard/"),
        client.post(f"/attempts/{attempt.pk}/discard/"),
    ):
        assert response.headers["Location"] == f"/attempts/{attempt.pk}/review/"
    assert list(Attempt.objects.values()) == before


def test_after_a_discard_another_one_can_start(client):
    interview = interview_of(2, timing=TOTAL)
    attempt = begin(client, interview)
    client.post(f"/attempts/{attempt.pk}/discard/")
    again = begin(client, interview)
    assert again.pk != attempt.pk


def test_what_is_sent_to_a_discarded_attempt_is_kept(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    client.post(f"/attempts/{attempt.pk}/discard/")
    page = page.press("Submit answer", text="Not in vain.")
    assert page.address == f"/attempts/{attempt.pk}/review/"
    assert "Not in vain." in page.words


def test_times_name_the_sites_own_zone(client, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    attempt = begin(client, interview_of(2, timing=TOTAL))
    room = visit(client, attempt.get_absolute_url()).press("Flag", text="Mine.")
    saved = localtime(Answer.objects.get(position=1).saved_at)
    assert f"Saved {saved:%H:%M:%S %Z}" in room.words
    started = localtime(attempt.started_at)
    assert f"{started:%H:%M %Z}." in visit(client, f"/attempts/{attempt.pk}/discard/").words
    assert started.tzname() in ("CET", "CEST")


def test_the_page_before_discarding_says_when_it_started_for_the_reader_s_own_clock(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    html = client.get(f"/attempts/{attempt.pk}/discard/").content.decode()
    at = attempt.started_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert f'<time datetime="{at}" data-show="moment">' in html
