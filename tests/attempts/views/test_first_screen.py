"""The first screen of a result: the change since the last attempt, and what to say next time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts import scoring
from attempts.models import Answer, Attempt, ExampleSentences, OwnInterview, Practice
from questions.models import Question, Status
from tests.attempts.views.results import result_of, tick
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    InterviewFactory,
    UserFactory,
    published_question,
)
from tests.plain_browser import HTMX, logged_in, visit

pytestmark = pytest.mark.django_db

POINTS = ["Idea 1.", "Idea 2.", "Idea 3.", "Idea 4."]


def ended(score: str | None = "64.00", *, days: int = 0, **fields) -> Attempt:
    """An attempt that ended, with a checked answer; days: after the first one."""
    attempt = AttemptFactory(
        finished=True, score=score, started_at=START + timedelta(days=days), **fields
    )
    share = None if score is None else Decimal(score) / 100
    AnswerFactory(
        attempt=attempt, written=True, closed=True, engine="test-1", confirmed=[True, False],
        suggested=[True, False], share=share,
    )  # fmt: skip
    return attempt


def page_of(attempt: Attempt):
    return visit(logged_in(attempt.user), f"/attempts/{attempt.pk}/review/")


# --- the change -------------------------------------------------------------------------------


def test_the_change_since_the_last_attempt_links_to_it():
    first = ended("30.00")
    before = ended("52.00", user=first.user, interview=first.interview, days=1)
    page = page_of(ended("64.40", user=first.user, interview=first.interview, days=2))
    assert "Up 12 from 52 on 3 Mar 2026" in page.words
    assert page.link("52 on 3 Mar 2026") == before.get_absolute_url()


def test_the_change_of_an_interview_that_somebody_put_together():
    user = UserFactory()
    own = OwnInterview.objects.create(user=user, name="Mine", created_at=START)
    other = OwnInterview.objects.create(user=user, name="Another", created_at=START)
    fields = {"user": user, "interview": None, "interview_title": "Mine", "timing": "total"}
    ended("52.00", own_interview=own, **fields)
    ended("90.00", own_interview=other, days=1, **fields)
    assert str(result_of(page_of(ended(own_interview=own, days=2, **fields))).change) == "up 12"


NOT_COMPARABLE = {
    "later": {"days": 9},
    "without a score": {"score": None},
    "with more time": {"time_factor": "1.50"},
    "hidden": {"is_hidden": True},
    "discarded": {"state": "discarded", "finish_reason": ""},
    "of somebody else": {"user": None},
    "of another interview": {"interview": None},
}


@pytest.mark.parametrize("kind", NOT_COMPARABLE)
def test_what_is_no_comparison(kind):
    now = ended(days=5)
    fields = {"user": now.user, "interview": now.interview, "score": "52.00"}
    fields |= NOT_COMPARABLE[kind]
    fields["user"] = fields["user"] or UserFactory()
    fields["interview"] = fields["interview"] or InterviewFactory(timing="total", seconds=1800)
    ended(**fields)
    assert result_of(page_of(now)).earlier is None
    assert "from 52" not in page_of(now).words


def test_a_practice_is_compared_with_nothing():
    now = ended(days=5)
    fields = {"user": now.user, "source": "due", "title": "Due", "question_ids": [1]}
    practice = Practice.objects.create(created_at=START, **fields)
    earlier = ended("52.00", user=now.user, interview=now.interview, practice=practice)
    assert result_of(page_of(now)).earlier is None
    assert not Attempt.objects.comparable_to(earlier).exists()


def test_an_attempt_whose_interview_is_gone_is_compared_with_nothing():
    fields = {"interview": None, "interview_title": "Gone", "timing": "total"}
    before = ended("52.00", **fields)
    assert result_of(page_of(ended(user=before.user, days=1, **fields))).earlier is None


def test_a_range_is_compared_as_its_page_shows_it():
    before = ended("50.00")
    found = [{"confidence": 0.9, "text": "x"}, {"confidence": 0.4, "text": "true"}]
    Answer.objects.update(confirmed=None, evidence=found)
    assert result_of(page_of(before)).score.range == (50, 100)
    page = page_of(ended("50.00", user=before.user, interview=before.interview, days=1))
    assert str(result_of(page).change) == "between 50 down and unchanged"
    assert "from 50 to 100 on" in page.words


def test_statements_stay_the_same_however_many_attempts_there_are():
    user, interview = UserFactory(), InterviewFactory(timing="total", seconds=1800)
    counts = []
    for days in (1, 40):
        for day in range(days):
            ended("52.00", user=user, interview=interview, days=day)
        last = ended(user=user, interview=interview, days=99 + days)
        client = logged_in(user)
        with CaptureQueriesContext(connection) as captured:
            client.get(last.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


# --- next time, say ---------------------------------------------------------------------------


def scored(attempt, ticks: str, *, sentences=None, **fields) -> Answer:
    """An answer whose points are made where there is an "x". sentences: of the example."""
    met = [each == "x" for each in ticks]
    version = published_question(key_points=POINTS[: len(met)]).current_version
    if sentences:
        engine = scoring.engine_name()
        ExampleSentences.objects.create(version=version, sentences=sentences, engine=engine)
    share = Decimal(sum(met)) / len(met)
    values = {"written": True, "engine": "test-1", "suggested": met, "share": share, **fields}
    return AnswerFactory(attempt=attempt, version=version, closed=True, **values)


def next_words(attempt) -> list[str]:
    return [point.words for point in result_of(page_of(attempt)).next_points]


def test_the_weakest_answers_come_first_in_the_words_of_the_example():
    attempt = AttemptFactory(finished=True, score="50.00")
    scored(attempt, "xx--", sentences=["a", "b", "c", "d"])
    weakest = scored(attempt, "x---", sentences=["e", "f", None, "h"])
    page = page_of(attempt)
    assert [point.words for point in result_of(page).next_points] == ["f", "c", "Idea 3."]
    assert page.words.index("Next time, say:") < page.words.index("Answer by answer")
    assert f'href="#marks-{weakest.position}"' in page.html


def test_one_sentence_that_makes_two_points_is_there_once():
    attempt = AttemptFactory(finished=True, score="0.00")
    scored(attempt, "---", sentences=["both", "both", "other"])
    assert next_words(attempt) == ["both", "other"]


def test_a_question_without_an_answer_misses_all_its_points():
    attempt = AttemptFactory(finished=True, score="25.00")
    scored(attempt, "x-", sentences=["a", "b"])
    blank = {"written": False, "engine": "", "suggested": None, "share": None}
    scored(attempt, "--", sentences=["c", "d"], **blank)
    assert next_words(attempt) == ["c", "b", "d"]


def test_what_is_unsure_or_withdrawn_or_not_checked_is_not_missed():
    attempt = AttemptFactory(finished=True, score="25.00")
    unsure = [{"confidence": 0.9, "text": "x"}, {"confidence": 0.4, "text": "Something"}]
    scored(attempt, "x-", sentences=["a", "b"], evidence=unsure)
    scored(attempt, "x-", sentences=["c", "d"], counted=[True, False])
    scored(attempt, "--", sentences=["e", "f"], engine="", suggested=None, share=None)
    assert next_words(attempt) == []


def test_nothing_is_said_of_next_time_without_a_score():
    attempt = AttemptFactory(finished=True)
    scored(attempt, "--", share=None, engine="", suggested=None)
    page = page_of(attempt)
    assert (result_of(page).next_points, result_of(page).weak) == ([], 0)
    assert "Next time" not in page.words


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        (["xx", "xxx"], None),
        (["xx", "x-"], "Practise the weak one"),
        (["--", "x-", "xxx--"], "Practise the 2 weak ones"),
        (["--"] * 10, "Practise the 10 weak ones"),
        (["--"] * 11, "Practise the 10 weakest"),
    ],
)
def test_the_weak_answers_can_be_practised(answers, label):
    attempt = AttemptFactory(finished=True, score="50.00")
    for ticks in answers:
        ticked(attempt, ticks)
    names = [b.name for b in page_of(attempt).buttons if b.name.startswith("Practise the")]
    assert names == ([label] if label else [])


def test_the_label_counts_what_the_practice_asks():
    attempt = AttemptFactory(finished=True, score="0.00")
    stays, withdrawn = ticked(attempt, "--"), ticked(attempt, "x--")
    Question.objects.filter(pk=withdrawn.version.question_id).update(status=Status.RETIRED)
    page = page_of(attempt)
    assert result_of(page).weak == 1
    page.press("Practise the weak one")
    assert Practice.objects.get().question_ids == [stays.version.question_id]


def ticked(attempt: Attempt, ticks: str) -> Answer:
    """An answer that its candidate checked; ticks: "x" for each key point that it makes."""
    question = published_question(key_points=[f"{n}." for n in range(len(ticks))])
    met = [each == "x" for each in ticks]
    return AnswerFactory(
        attempt=attempt, version=question.current_version, written=True, closed=True,
        engine="test-1", confirmed=met, share=Decimal(sum(met)) / len(met),
    )  # fmt: skip


def test_a_tick_brings_what_follows_for_the_first_screen():
    attempt = AttemptFactory(finished=True, score="0.00")
    answer = scored(attempt, "--", sentences=["a", "b"])
    client = logged_in(attempt.user)
    html = tick(client, attempt, answer.position, 0, headers=HTMX).content.decode()
    part = html.partition('id="next-time"')[2]
    assert "b</q>" in part
    assert "a</q>" not in part


def test_examples_that_nobody_has_read_leave_the_points_own_words():
    attempt = AttemptFactory(finished=True, score="0.00")
    scored(attempt, "--")
    assert next_words(attempt) == ["Idea 1.", "Idea 2."]
    page = page_of(attempt)
    assert all(point.example is None for point in result_of(page).rows[0].points)


def test_each_point_has_its_sentence_of_the_example():
    attempt = AttemptFactory(finished=True, score="50.00")
    scored(attempt, "x-", sentences=["I say a.", "I say b."])
    page = page_of(attempt)
    assert page.words.index("“I say b.”") < page.words.index("“I say a.”")  # what is missed first


# --- the lines --------------------------------------------------------------------------------


def test_a_line_has_a_dot_for_each_point_unsure_ones_first():
    attempt = AttemptFactory(finished=True, score="25.00")
    nothing, maybe = {"confidence": 0.1, "text": None}, {"confidence": 0.4, "text": "true"}
    evidence = [{"confidence": 0.9, "text": "Something"}, nothing, maybe, nothing]
    sure = scored(attempt, "xx")
    counted = [True, True, True, False]
    scored(attempt, "x---", evidence=evidence, counted=counted, share=Decimal("0.3333"))
    page = page_of(attempt)
    doubtful, other = result_of(page).rows_to_check
    assert other.answer == sure
    assert doubtful.dots == ["unsure", "missed", "made"]
    assert 'aria-label="1 unsure, 1 missed, 1 made"' in page.html
    assert other.share_shown == "100 %"
    assert doubtful.share_shown == "33 to 67 %"
    assert (doubtful.grade, other.grade) == ("unsure", "strong")
    topic = sure.version.question.topic.name
    assert f"Medium · {topic}" in page.words


def test_lines_without_anything_unsure_are_in_order():
    attempt = AttemptFactory(finished=True, score="50.00")
    answers = [scored(attempt, ticks) for ticks in ("--", "xx", "x-")]
    rows = result_of(page_of(attempt)).rows_to_check
    assert [row.answer for row in rows] == answers
    assert [row.grade for row in rows] == ["weak", "strong", "weak"]


def test_an_answer_that_was_just_worked_on_is_open():
    attempt = AttemptFactory(finished=True, score="50.00")
    _, second = (scored(attempt, "x-") for _ in range(2))
    client = logged_in(attempt.user)
    response = tick(client, attempt, second.position, 0, 1)
    page = visit(client, response.headers["Location"])
    assert result_of(page).expanded == [second.position]
    for nonsense in ("?open=x", "?open=", f"?open={10**30}", "?open=0"):
        assert result_of(visit(client, attempt.get_absolute_url() + nonsense)).expanded == []


def test_a_text_that_does_not_count_is_not_hidden_in_a_closed_line():
    attempt = AttemptFactory(finished=True, score="50.00")
    first, _ = (scored(attempt, "x-") for _ in range(2))
    first.kept_texts.create(source="late", writer="w", text="Too late.", kept_at=START)
    assert result_of(page_of(attempt)).expanded == [first.position]
