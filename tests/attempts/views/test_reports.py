"""A candidate reports a question from the result, and reads the answer there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts import transitions
from attempts.models import Answer, Report
from attempts.owners import GUEST_KEY, Owner
from attempts.reports import writing
from tests.attempts.reports.rows import NASTY, asked, reported
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory
from tests.plain_browser import HTMX, SCRIPT

pytestmark = pytest.mark.django_db


def review_of(answer) -> str:
    return reverse("attempts:review", args=[answer.attempt_id])


def url_of(answer) -> str:
    return reverse("attempts:report", args=[answer.attempt_id, answer.position])


def sent(text="The third point is wrong.", reason="wrong") -> dict:
    return {"reason": reason, "text": text}


def owner(client, answer):
    client.force_login(answer.attempt.user)
    return client


def test_a_candidate_reports_from_the_result(client):
    answer = asked()
    page = owner(client, answer).get(review_of(answer)).content.decode()
    assert f'action="{url_of(answer)}"' in page
    response = client.post(url_of(answer), sent())
    assert response.status_code == 302
    assert response.headers["Location"] == f"{review_of(answer)}?open=1#report-1"
    report = Report.objects.get()
    assert (report.answer, report.reason, report.text) == (answer, *sent().values())
    assert (report.status, report.reply, report.handled_at) == ("open", "", None)
    page = client.get(review_of(answer)).content.decode()
    assert "The third point is wrong." in page
    assert "Sent: an editor will look at it." in page
    assert "<select" not in page


def test_htmx_gets_the_part_alone(client):
    answer = asked()
    response = owner(client, answer).post(url_of(answer), sent(), headers=HTMX)
    page = response.content.decode().strip()
    assert response.status_code == 200
    assert page.startswith('<div id="report-1">')
    assert "The third point is wrong." in page
    assert "<html" not in page


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (sent(text=""), "Say in a few words what is wrong."),
        (sent(text="  \n "), "Say in a few words what is wrong."),
        (sent(text="x" * 2_001), "at most 2,000 characters; this one has 2001"),
        (sent(reason="nonsense"), "Choose one of the reasons."),
        ({"reason": "wrong"}, "Say in a few words what is wrong."),
    ],
)
def test_what_is_refused_is_said_and_kept(client, fields, said, headers):
    answer = asked()
    response = owner(client, answer).post(url_of(answer), fields, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert fields.get("text", "") in page
    assert Report.objects.count() == 0


def test_2000_characters_with_line_ends_are_taken(client):
    answer = asked()
    text = "x\r\n" * 999 + "yz"
    assert owner(client, answer).post(url_of(answer), sent(text=text)).status_code == 302
    assert Report.objects.get().text == "x\n" * 999 + "yz"


def test_a_nul_is_left_out(client):
    answer = asked()
    owner(client, answer).post(url_of(answer), sent(text="a\0b"))
    assert Report.objects.get().text == "ab"


def test_a_second_press_sends_no_second_report(client):
    answer = asked()
    for text in ("First.", "Second."):
        assert owner(client, answer).post(url_of(answer), sent(text=text)).status_code == 302
    assert Report.objects.get().text == "First."


def test_too_many_reports_are_refused_in_words(client, monkeypatch):
    answer = asked()
    monkeypatch.setattr(writing, "MOST_A_DAY", 0)
    response = owner(client, answer).post(url_of(answer), sent())
    assert response.status_code == 422
    assert response.context["result"].row_at(1).report_form.non_field_errors()
    assert "The third point is wrong." in response.content.decode()


def test_fields_of_the_report_that_are_not_the_candidates_are_ignored(client):
    answer = asked()
    extra = {"status": "accepted", "reply": "mine", "handled_by": "1", "answer": "7"}
    owner(client, answer).post(url_of(answer), sent() | extra)
    report = Report.objects.get()
    assert (report.answer, report.status, report.reply) == (answer, "open", "")


def test_what_was_written_is_escaped_for_the_candidate(client):
    report = reported(text=NASTY, status="declined", reply=f"No. {NASTY}", handled_at=START)
    page = owner(client, report.answer).get(review_of(report.answer)).content.decode()
    assert "<script>alert(1)" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; {{ braces }}") == 2


def test_the_candidate_sees_status_and_answer_and_may_report_again(client):
    report = reported(status="accepted", reply="Mended in version 2.", handled_at=START)
    page = owner(client, report.answer).get(review_of(report.answer)).content.decode()
    assert "Accepted." in page
    assert "Mended in version 2." in page
    assert f'action="{url_of(report.answer)}"' in page


@pytest.mark.parametrize("headers", [{}, HTMX, SCRIPT], ids=["page", "htmx", "script"])
@pytest.mark.parametrize("who", ["another user", "another guest", "a member of staff", "nobody"])
def test_to_strangers_there_is_no_such_attempt(client, who, headers):
    answer = asked()
    if who == "another guest":
        session = client.session
        session[GUEST_KEY] = "x" * 43
        session.save()
    elif who != "nobody":
        client.force_login(UserFactory(is_staff="staff" in who, is_superuser="staff" in who))
    response = client.post(url_of(answer), sent(), headers=headers)
    assert response.status_code == (401 if who == "nobody" else 404)
    assert answer.version.prompt not in response.content.decode()
    assert Report.objects.count() == 0


def test_logged_out_the_text_is_given_back_and_can_be_sent_again(client):
    answer = asked()
    page = client.post(url_of(answer), sent()).content.decode()
    assert "The third point is wrong." in page
    again = owner(client, answer).post(url_of(answer), {"text": "The third point is wrong."})
    assert again.status_code == 302
    assert Report.objects.get().reason == "other"


def test_a_position_that_is_not_there_is_a_404(client):
    answer = asked()
    for position in (2, 10**30):
        address = url_of(answer).replace("/1/", f"/{position}/")
        assert owner(client, answer).post(address, sent()).status_code == 404


def test_get_is_refused(client):
    answer = asked()
    assert owner(client, answer).get(url_of(answer)).status_code == 405


def test_a_running_attempt_takes_none_and_shows_nothing(client):
    answer = AnswerFactory(position=1, attempt__untimed=True, attempt__deadline_at=None,
                           attempt__limit=None)  # fmt: skip
    response = owner(client, answer).post(url_of(answer), sent())
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("attempts:room", args=[answer.attempt_id])
    user = Owner(user_id=answer.attempt.user_id)
    with pytest.raises(Answer.DoesNotExist):
        writing.report(user, answer.attempt_id, 1, "wrong", "It is.", now=START)
    assert Report.objects.count() == 0


def test_a_guest_reports_and_takes_the_report_along_to_an_account(client):
    attempt = AttemptFactory(finished=True, user=None, guest_key="g" * 43)
    answer = asked(attempt)
    session = client.session
    session[GUEST_KEY] = "g" * 43
    session.save()
    assert client.post(url_of(answer), sent()).status_code == 302
    user = UserFactory()
    transitions.claim("g" * 43, user, now=START)
    mine = Report.objects.owned_by(Owner(user_id=user.pk))
    assert [report.answer for report in mine] == [answer]
    client.force_login(user)
    assert "The third point is wrong." in client.get(review_of(answer)).content.decode()


def test_the_result_takes_as_many_statements_with_more_reports(client):
    counts = []
    for number in (1, 3):
        attempt = AttemptFactory(finished=True)
        for position in range(1, number + 1):
            answer = asked(attempt, position)
            reported(answer, status="declined", handled_at=START)
            reported(answer)
        owner(client, answer)
        with CaptureQueriesContext(connection) as queries:
            client.get(review_of(answer))
        counts.append(len(queries))
    assert counts[0] == counts[1]
