import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.models import Answer, Attempt
from attempts.transitions import staff
from attempts.views.result_page import AnswerResult, Result
from questions.models import Interview, Question, Timing
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    TopicFactory,
    UserFactory,
    VersionFactory,
    interview_of,
    published_question,
)
from tests.plain_browser import HTMX, begin, logged_in, pass_time, visit

pytestmark = pytest.mark.django_db

TOTAL, EACH = Timing.TOTAL.value, Timing.PER_QUESTION.value


def finished(client, answered: int, asked: int) -> Attempt:
    """An attempt whose first questions were answered."""
    attempt = begin(client, interview_of(asked, timing=EACH))
    page = visit(client, attempt.get_absolute_url())
    for number in range(asked):
        page = page.press("Submit answer", text="Mine." if number < answered else "")
    return Attempt.objects.get(pk=attempt.pk)


def tick(client, attempt, position, *points, **how):
    address = f"/attempts/{attempt.pk}/review/{position}/"
    return client.post(address, {"points": points}, **how)


def test_the_score_is_provisional_until_all_is_scored(client):
    attempt = finished(client, answered=4, asked=5)
    page = visit(client, attempt.get_absolute_url())
    assert page.heading == "Comparing your answers…"
    assert "4 of 5 answered. Provisional, 1 of 5 scored" in page.words
    assert "– / 100" in page.words
    assert page.html.count(">not scored yet<") == 4
    for position, words in ((1, "Provisional, 2 of 5 scored"), (2, "Provisional, 3 of 5 scored")):
        tick(client, attempt, position, 0)
        assert words in visit(client, attempt.get_absolute_url()).words
    for position in (3, 4):
        tick(client, attempt, position, 0, 1)
    page = visit(client, attempt.get_absolute_url())
    assert "Provisional" not in page.words
    assert "60 / 100" in page.words


@pytest.mark.parametrize(
    ("engine", "headline"), [("", "Comparing your answers…"), ("test-1", "Now score your answers")]
)
def test_answers_are_to_be_scored_when_they_have_been_compared(engine, headline):
    answer = AnswerFactory(attempt__finished=True, written=True, closed=True, engine=engine)
    assert Result(answer.attempt, [answer], START).headline == headline


def test_no_point_made_is_zero_and_not_unscored(client):
    attempt = finished(client, answered=1, asked=1)
    assert "not scored yet" in visit(client, attempt.get_absolute_url()).words
    tick(client, attempt, 1)
    page = visit(client, attempt.get_absolute_url())
    assert "0 / 100" in page.words
    assert "0 of 2 points" in page.words
    assert "not scored yet" not in page.words
    assert Attempt.objects.get().score == 0


def test_nothing_answered_is_zero_without_scoring(client):
    attempt = finished(client, answered=0, asked=2)
    page = visit(client, attempt.get_absolute_url())
    assert "0 / 100" in page.words
    assert page.words.count("No answer. It counts as 0.") == 2
    assert "Provisional" not in page.words


def test_ticking_leads_back_to_the_answer_by_a_redirect(client):
    attempt = finished(client, answered=1, asked=1)
    response = tick(client, attempt, 1, 1)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/attempts/{attempt.pk}/review/#answer-1"
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
    """One answer with one of two points, of which the other one was withdrawn later."""
    attempt = finished(client, answered=1, asked=1)
    tick(client, attempt, 1, 0)
    half, now = Decimal("0.5"), START.replace(month=5)
    staff.regrade(attempt.pk, 1, [True, False], instead_of=half, why=why, now=now)
    return attempt


def test_a_regraded_answer_says_what_counts_since_when_and_why(client):
    attempt = regraded(client, why="Too <b>much</b> & wrong.")
    page = visit(client, attempt.get_absolute_url())
    assert "100 / 100" in page.words
    assert page.words.count("1 of 1 points") == 2
    assert "Scored by you: 1 of 1 points." in page.words
    assert "Regraded on 2 May 2026: point 2 was withdrawn. Why: Too <b>much</b>" in page.words
    assert "<b>much</b>" not in page.html
    assert "2 The second idea. withdrawn, does not count" in page.words
    assert [f.value for form in page.forms for f in form.fields if f.name == "points"] == ["0"]


def test_a_tick_after_a_regrade_counts_what_still_counts(client):
    attempt = regraded(client)
    html = tick(client, attempt, 1, headers=HTMX).content.decode()
    assert ">0<" in html
    assert html.count("0 of 1 points") == 2
    tick(client, attempt, 1, 0, 1)
    assert Attempt.objects.get().score == 100
    assert Answer.objects.get().confirmed == [True, False]


def test_the_sentence_of_a_withdrawn_point_is_not_marked():
    answer = AnswerFactory.build(
        version=VersionFactory.build(question=None), text="Yes. No.", confirmed=[True, True],
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
    assert "Regraded on 2 June 2026: all points count again. Why: Right." in page.words
    assert "withdrawn" not in page.words
    assert page.words.count("1 of 2 points") == 2


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


def test_the_score_by_topic():
    user, topics = UserFactory(), [TopicFactory(name="Storage"), TopicFactory(name="Networks")]
    attempt = AttemptFactory(user=user, finished=True, score="50.00")
    for topic, share in zip(topics, ("1.0000", "0.0000"), strict=True):
        version = published_question(topic).current_version
        AnswerFactory(
            attempt=attempt, version=version, share=share, confirmed=[share > "0"] * 2,
            written=True, closed=True,
        )  # fmt: skip
    page = visit(logged_in(user), attempt.get_absolute_url())
    assert page.heading == "Strongest on Storage, weakest on Networks"
    assert "Storage 100 Networks 0" in page.words


def test_all_texts_of_each_question_are_there_to_read(client):
    attempt = finished(client, answered=1, asked=2)
    page = visit(client, attempt.get_absolute_url())
    for text in ("What is true.", "What to stress.", "I would say what is true."):
        assert page.words.count(text) == 2
    assert page.words.count("The second idea.") == 2
    assert len([button for button in page.buttons if button.name == "Save ticks"]) == 1


def test_late_and_other_texts_are_shown_as_what_they_are(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text="From there.")
    here.press("Flag", text="From here.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    page = here.press("Submit answer", text="After the end.")
    assert "From another tab or device, not counted: From here." in page.words
    assert "Typed after time, not counted: After the end." in page.words
    assert page.words.count("From there.") == 1


def test_overtime_shows_what_stood_at_the_bell_and_what_was_finished(client):
    attempt = begin(client, interview_of(2, timing=TOTAL), at_deadline="overtime")
    page = visit(client, attempt.get_absolute_url()).press("Flag", text="At the bell.")
    pass_time(attempt.pk, 150)
    page = visit(client, page.address).press("Flag", text="Finished later.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    page = visit(client, attempt.get_absolute_url())
    assert "You went on after the bell" in page.words
    assert "Finished later. What stood here at the bell: At the bell." in page.words


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        ({"time_factor": "none"}, "Taken without a time limit."),
        ({"time_factor": "1.5"}, "Taken with 1.5 times the planned time."),
        ({"time_factor": "10"}, "Taken with 10 times the planned time."),
    ],
)
def test_how_the_clock_was_set_is_shown(client, pace, words):
    attempt = begin(client, interview_of(2, timing=TOTAL), **pace)
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    assert words in visit(client, attempt.get_absolute_url()).words


def test_time_used_of_time_allowed(client):
    attempt = begin(client, interview_of(2, timing=EACH, seconds_each=60))
    pass_time(attempt.pk, 30)
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="One.")
    pass_time(attempt.pk, 300)
    page = visit(client, page.address)
    assert re.search(r"\b1 min 3\d s of 2 min", page.words)  # and the test's own seconds
    assert re.search(r"\b3\d s of 1 min", page.words)
    assert "1 min of 1 min, time ran out" in page.words
    assert "1 of 2 answered, 1 ran out of time" in page.words


def test_the_number_of_the_attempt_is_shown(client):
    interview = interview_of(1, timing=TOTAL)
    for _ in range(2):
        attempt = begin(client, interview)
        client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    assert f"{interview.name}, no. 2" in visit(client, f"/attempts/{attempt.pk}/").words


def test_a_question_corrected_since_is_shown_as_it_was_with_a_note(client):
    attempt = finished(client, answered=1, asked=1)
    note = "This question has been changed since you were asked it."
    assert note not in visit(client, attempt.get_absolute_url()).words
    question = Question.objects.get()
    question.current_version = VersionFactory(question=question, number=2, prompt="Better?")
    question.save()
    page = visit(client, attempt.get_absolute_url())
    assert note in page.words
    assert "Better?" not in page.words


def test_an_attempt_outlives_its_interview(client):
    attempt = finished(client, answered=1, asked=1)
    title = attempt.interview_title
    Interview.objects.all().delete()
    Question.objects.update(status="retired")
    page = visit(client, attempt.get_absolute_url())
    assert title in page.words
    assert "Mine." in page.words


def test_the_number_of_statements_does_not_grow():
    counts = []
    for number in (1, 24):
        user = UserFactory()
        attempt = AttemptFactory(user=user, finished=True)
        for _ in range(number):
            answer = AnswerFactory(attempt=attempt, written=True, closed=True, engine="test-1")
            answer.kept_texts.create(
                source="late", writer="w", text="x", kept_at=attempt.started_at
            )
        client = logged_in(user)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(attempt.get_absolute_url()).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 9


def test_what_candidates_write_is_text(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    text = "<script>alert(1)</script> **bold** [x](javascript:y) {{ 7 }} <svg onload=z>"
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text=text)
    assert text in page.words
    assert "<script>alert" not in page.html
    assert "<svg onload" not in page.html
