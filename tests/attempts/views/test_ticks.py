"""Which key points an answer makes: ticked by the candidate, withdrawn by a regrade."""

import re
from decimal import Decimal

import pytest

from attempts.models import Answer, Attempt
from attempts.transitions import staff
from attempts.views.results.answer_result import AnswerResult
from tests.attempts.views.results import finished, result_of, tick
from tests.attempts.views.steps import TOTAL
from tests.factories import START, AnswerFactory, interview_of
from tests.plain_browser import HTMX, begin, visit

pytestmark = pytest.mark.django_db


def test_no_point_made_is_zero_and_not_unscored(client):
    attempt = finished(client, answered=1, asked=1)
    assert result_of(visit(client, attempt.get_absolute_url())).score.unchecked == 1
    tick(client, attempt, 1)
    page = visit(client, attempt.get_absolute_url())
    assert "0 / 100" in page.words
    assert "0 of 2 points" in page.words
    assert result_of(page).score.unchecked == 0
    assert Attempt.objects.get().score == 0


def test_nothing_answered_is_zero_without_scoring(client):
    attempt = finished(client, answered=0, asked=2)
    page = visit(client, attempt.get_absolute_url())
    assert "0 / 100" in page.words
    assert page.words.count("No answer. It counts as 0.") == 2
    assert result_of(page).score.unchecked == 0


def test_ticking_leads_back_to_the_answer_by_a_redirect(client):
    attempt = finished(client, answered=1, asked=1)
    response = tick(client, attempt, 1, 1)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/attempts/{attempt.pk}/review/?open=1#marks-1"
    answer = Answer.objects.get()
    assert (answer.confirmed, answer.share) == ([False, True], Decimal("0.5"))


def test_ticking_over_htmx_returns_what_follows_and_leaves_the_ticks_alone(client):
    attempt = finished(client, answered=1, asked=1)
    html = tick(client, attempt, 1, 1, headers=HTMX).content.decode()
    assert 'id="marked-1"' in html
    assert "checkbox" not in html
    assert 'id="score"' in html
    assert 'id="pill-1"' in html
    assert ">50<" in html
    assert "<html" not in html


@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize("points", [["2"], ["-1"], ["x"], ["9" * 400], ["0", "99"], ["\0"]])
def test_points_that_do_not_exist_are_refused(client, points, headers):
    attempt = finished(client, answered=1, asked=1)
    assert tick(client, attempt, 1, *points, headers=headers).status_code == 400
    assert Answer.objects.get().confirmed is None


def regraded(client, why="It was wrong.") -> Attempt:
    """An answer that makes one of two points; the other one was withdrawn later."""
    attempt = finished(client, answered=1, asked=1)
    tick(client, attempt, 1, 0)
    half, now = Decimal("0.5"), START.replace(month=5)
    staff.regrade(attempt.pk, 1, [True, False], instead_of=half, why=why, now=now)
    return attempt


def test_a_regraded_answer_says_what_counts_since_when_and_why(client):
    attempt = regraded(client, why="Too <b>much</b> & wrong.")
    page = visit(client, attempt.get_absolute_url())
    assert "100 / 100" in page.words
    assert "1 of 1 points" in page.words
    assert "Yours: 1 of 1" in page.words
    assert "Regraded on 2 May 2026: point 2 was withdrawn. Reason: Too <b>much</b>" in page.words
    assert "<b>much</b>" not in page.html
    assert "2 The second idea. withdrawn, does not count" in page.words
    assert [f.value for form in page.forms for f in form.fields if f.name == "points"] == ["0"]


def test_a_tick_after_a_regrade_counts_what_still_counts(client):
    attempt = regraded(client)
    html = tick(client, attempt, 1, headers=HTMX).content.decode()
    assert ">0<" in html
    assert "0 of 1 points" in html
    assert "Yours: 0 of 1" in html
    tick(client, attempt, 1, 0, 1)
    assert Attempt.objects.get().score == 100
    assert Answer.objects.get().confirmed == [True, False]


def test_the_sentence_of_a_withdrawn_point_is_not_marked():
    answer = AnswerFactory(
        text="Yes. No.", confirmed=[True, True],
        evidence=[{"text": "Yes."}, {"text": "No."}], counted=[True, False],
    )  # fmt: skip
    row = AnswerResult(answer)
    assert [passage.text for passage in row.passages if passage.points] == ["Yes."]
    assert (row.met, row.counted, row.withdrawn) == (1, 1, [2])


def test_an_answer_of_which_all_points_count_again_says_so(client):
    attempt = regraded(client)
    now = START.replace(month=6)
    staff.regrade(attempt.pk, 1, [True, True], instead_of=Decimal(1), why="Right.", now=now)
    page = visit(client, attempt.get_absolute_url())
    assert "Regraded on 2 Jun 2026: all points count again. Reason: Right." in page.words
    assert "withdrawn" not in page.words
    assert "1 of 2 points" in page.words
    assert "Yours: 1 of 2" in page.words


def test_a_question_without_an_answer_cannot_be_ticked(client):
    attempt = finished(client, answered=0, asked=1)
    response = tick(client, attempt, 1, 0)
    assert response.headers["Location"] == f"/attempts/{attempt.pk}/review/"
    assert Attempt.objects.get().score == 0


def test_a_discarded_attempt_cannot_be_ticked(client):
    attempt = begin(client, interview_of(1, timing=TOTAL))
    visit(client, attempt.get_absolute_url()).press("Flag", text="Mine.")
    client.post(f"/attempts/{attempt.pk}/discard/")
    tick(client, attempt, 1, 0)
    assert Attempt.objects.get().score is None
    assert "Save ticks" not in [b.name for b in visit(client, f"/attempts/{attempt.pk}/").buttons]


def test_a_point_ticked_over_htmx_is_said_to_be_added(client):
    attempt = finished(client, answered=1, asked=1)
    Answer.objects.update(
        suggested=[False, True], evidence=[{"confidence": 0.1, "text": None}] * 2, engine="test-1"
    )
    html = tick(client, attempt, 1, 0, 1, headers=HTMX).content.decode()
    words = re.findall(r'id="state-1-(\d)"\s+data-hx-swap-oob="true"\s*>([^<]*)<', html)
    assert words == [("0", "added by you"), ("1", "found")]
