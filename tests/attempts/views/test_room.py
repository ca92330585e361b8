"""The room as a browser without JavaScript, and as htmx, has it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from attempts.models import Answer, Attempt
from questions.models import Question, Topic
from tests.attempts.views.steps import EACH, TOTAL, fields, stored
from tests.factories import VersionFactory, interview_of
from tests.plain_browser import HTMX, begin, pass_time, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_an_interview_from_start_to_score_without_javascript(client, timing):
    interview = interview_of(3, timing=timing)
    page = visit(client, interview.get_absolute_url()).press("Start interview")
    first = page.heading
    page = page.press("Submit answer", text="One.\nTwo.")
    assert page.heading != first
    page = page.press("Skip")
    if timing == EACH:
        page = page.press("Submit answer", text="Three.")
    else:
        page = page.press("Submit answer", text="Three.")  # the last one leads to the finish
        assert page.response.context["room"].unanswered == 1
        page = page.press("Finish interview")
    assert page.address.endswith("/review/")
    result = page.response.context["result"]
    assert (result.is_waiting, result.score.unchecked) == (True, 2)
    page = page.press("Save ticks", points=["0"])
    assert page.response.context["result"].score.unchecked == 1
    assert Attempt.objects.get().score.to_eng_string() == "16.67"
    assert stored(Attempt.objects.get()) == ["One.\nTwo.", "", "Three."]


def test_each_post_is_answered_by_a_redirect(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    for button in ("Submit answer", "Skip", "Flag", "Question 2, not answered"):
        address, data = page.data(button)
        response = client.post(address, data)
        assert (response.status_code, response.headers["Location"]) == (302, page.address), button


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_the_room_tells_neither_topic_nor_level(client, timing):
    interview = interview_of(2, timing=timing)
    for topic in Topic.objects.all():
        topic.name = f"Secret subject {topic.pk}"
        topic.save()
    Question.objects.update(difficulty=3)
    level = Question.objects.first().get_difficulty_display()
    attempt = begin(client, interview)
    for address in ("", "finish/"):
        html = visit(client, f"{attempt.get_absolute_url()}{address}").html.lower()
        assert "secret subject" not in html
        assert level.lower() not in html


def test_htmx_gets_the_room_alone_and_caches_know(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    for headers, whole in ((None, True), (HTMX, False)):
        response = client.get(attempt.get_absolute_url(), headers=headers)
        assert ("<!doctype html>" in response.content.decode()) is whole
        assert 'id="room"' in response.content.decode()
        assert "HX-Request" in response.headers["Vary"]
        assert "no-store" in response.headers["Cache-Control"]


def test_htmx_submits_and_gets_the_next_question(client):
    attempt = begin(client, interview_of(2, timing=EACH))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Submit answer", text="Mine.")
    response = client.post(address, data, headers=HTMX)
    assert response.status_code == 200
    assert 'data-position="2"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_htmx_is_sent_on_when_the_attempt_has_ended(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Submit answer", text="Mine.")
    response = client.post(address, data, headers=HTMX)
    review = Attempt.objects.get().get_absolute_url()
    assert response.headers["HX-Redirect"] == review
    for name in ("submit", "skip", "flag", "move", "finish", "more-time"):
        again = client.post(f"/attempts/{attempt.pk}/{name}/", {**data, "go_to": 1}, headers=HTMX)
        if name == "flag":
            again = client.post(
                f"/attempts/{attempt.pk}/{name}/", {**data, "flagged": 1}, headers=HTMX
            )
        if name == "more-time":
            again = client.post(f"/attempts/{attempt.pk}/{name}/", {"extend": 1}, headers=HTMX)
        assert again.headers.get("HX-Redirect") == review, name


NUMBERS = ["", "0", "-1", "1.5", "x", "99", "32768", "2147483648", "9" * 400, "9" * 5000, "٣", "\0"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", ["position", "revision", "sequence", "go_to", "flagged", "writer"])
def test_numbers_out_of_range_are_refused_not_failed(client, name, number):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    sent = {**fields(visit(client, attempt.get_absolute_url()), text="Mine.")}
    data = {**sent, "go_to": "2", "flagged": "1", name: number}
    for action in ("submit", "skip", "save", "move", "flag", "finish"):
        response = client.post(f"/attempts/{attempt.pk}/{action}/", data)
        assert response.status_code < 500, action
        if name == "position":
            assert response.status_code >= 400 or number == "٣", action


@pytest.mark.parametrize("number", ["0", "3", "99999", "9" * 400, "9" * 5000])
def test_addresses_with_numbers_out_of_range_lead_nowhere(client, number):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    assert client.post(f"/attempts/{attempt.pk}/go/{number}/").status_code == 404
    assert client.post(f"/attempts/{attempt.pk}/review/{number}/").status_code in (302, 404)
    assert client.post(
        f"/attempts/{attempt.pk}/review/{number}/", {"points": number}
    ).status_code in (302, 400, 404)


def test_forward_only_has_no_way_back(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="One.")
    assert "Question 1, answered" not in [button.name for button in page.buttons]
    response = client.post(f"/attempts/{attempt.pk}/go/1/")
    assert response.headers["Location"] == page.address
    sent = {**fields(page, text="Two."), "go_to": "1"}
    response = client.post(f"/attempts/{attempt.pk}/move/", sent)
    assert response.headers["Location"] == page.address
    assert visit(client, page.address).heading == page.heading


def test_back_and_submit_again_changes_nothing_that_was_handed_in(client):
    attempt = begin(client, interview_of(2, timing=EACH))
    first = visit(client, attempt.get_absolute_url())
    second = first.press("Submit answer", text="One.")
    page = first.press("Submit answer", text="One, changed.")
    assert page.heading == second.heading
    assert stored(attempt) == ["One.", ""]
    kept = Answer.objects.get(attempt=attempt, position=1).kept_texts.get()
    assert (kept.source, kept.text) == ("late", "One, changed.")


def test_a_post_to_a_finished_attempt_leads_to_its_result_and_keeps_the_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    page.press("Finish interview", text="In time.").press("Finish interview")
    before = list(Attempt.objects.values())
    late = page.press("Submit answer", text="Too late.")
    assert late.address == Attempt.objects.get().get_absolute_url()
    assert "Too late." in late.words
    assert "Typed after time, not counted" in late.words
    assert stored(attempt) == ["In time.", ""]
    assert list(Attempt.objects.values()) == before


def test_the_room_of_an_ended_attempt_leads_to_the_result_and_back(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    review = f"/attempts/{attempt.pk}/review/"
    assert client.get(review).headers["Location"] == attempt.get_absolute_url()
    pass_time(attempt.pk, 1000)
    assert client.get(attempt.get_absolute_url()).headers["Location"] == review
    assert client.get(attempt.get_absolute_url(), headers=HTMX).headers["HX-Redirect"] == review


def test_when_its_time_is_up_a_question_gives_way_to_the_next(client):
    attempt = begin(client, interview_of(3, timing=EACH, seconds_each=60))
    first = visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, 70)
    page = visit(client, attempt.get_absolute_url())
    assert page.heading != first.heading
    assert page.response.context["room"].just_closed.position == 1
    late = first.press("Submit answer", text="Within the grace.")
    assert late.heading == page.heading
    assert stored(attempt) == ["Within the grace.", "", ""]


def test_a_retired_or_edited_question_stays_as_it_was_asked(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    asked = page.heading
    for question in Question.objects.all():
        question.current_version = VersionFactory(question=question, number=2, prompt="Changed?")
        question.status = "retired"
        question.save()
    page = visit(client, page.address)
    assert page.heading == asked
    page = page.press("Finish interview", text="Mine.").press("Finish interview")
    assert asked in page.words
    assert page.words.count("Changed?") == 2  # once for each question, as what changed
    assert [row.has_newer_version for row in page.response.context["result"].rows] == [True, True]


def test_the_page_of_a_guest_finds_its_way_back_when_the_cookie_is_gone(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    response = client.get(attempt.get_absolute_url())
    token = response.context["guest_pass"]
    other = Client()
    assert other.post("/attempts/return/", {"pass": token}).status_code == 204
    assert other.get(attempt.get_absolute_url()).status_code == 200
    for wrong in ("", "x", token[:-1], token + "x", "\0"):
        stranger = Client()
        assert stranger.post("/attempts/return/", {"pass": wrong}).status_code == 403
        assert stranger.get(attempt.get_absolute_url()).status_code == 404


def test_the_pass_is_for_guests_only(client):
    client.force_login(
        User.objects.create(username="u"), "django.contrib.auth.backends.ModelBackend"
    )
    attempt = begin(client, interview_of(2, timing=TOTAL))
    assert client.get(attempt.get_absolute_url()).context["guest_pass"] == ""


def test_a_save_by_get_is_refused(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    for name in ("save", "submit", "skip", "move", "flag", "more-time", "outage"):
        assert client.get(f"/attempts/{attempt.pk}/{name}/").status_code == 405
