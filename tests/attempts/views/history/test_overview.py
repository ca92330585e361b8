"""The pictures of the history: the trend, the topics, the days, and how often sure was right."""

import itertools
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from attempts.models import Attempt
from attempts.views.history import overview
from attempts.views.history.shares import SureRow, TopicBar
from quizsite.clock import database_now
from tests.attempts.views.history.rows import practised, said, scheduled
from tests.factories import AnswerFactory, AttemptFactory, TopicFactory, UserFactory
from tests.plain_browser import visit

pytestmark = pytest.mark.django_db


def shown(client) -> overview.Overview:
    return client.get("/attempts/").context["history"].overview


# --- the trend ------------------------------------------------------------------------------


def test_a_point_for_each_scored_interview_newest_first(mine, user):
    for day, score in enumerate(("10", "20", "30")):
        said(user, "One.", days=day, score=score)
    said(user, "Not scored.", days=4)
    said(user, "Hidden.", days=5, score="99", is_hidden=True)
    said(user, "Discarded.", days=6, state="discarded")
    practised(user, days=7, score="98")
    said(UserFactory(), "Another's.", days=8, score="97")
    page = shown(mine)
    assert [scored.score for scored in page.interviews] == [30, 20, 10]
    assert page.in_words == "3 interviews; they average 20."


def test_each_point_is_a_link_to_its_result_and_the_table_has_the_same(mine, user):
    attempts = [said(user, "One.", days=day, score=str(10 * day)) for day in range(7)]
    html = mine.get("/attempts/").content.decode()
    names = dict(re.findall(r'<a href="([^"]+)" aria-label="([^"]+)">\s*<title>', html))
    assert names[attempts[3].get_absolute_url()] == (
        f"30: {attempts[3].interview_title}, 5 Mar 2026"
    )
    assert list(names) == [attempt.get_absolute_url() for attempt in attempts]
    table = html.split("These scores as a table")[1].split("</table>")[0]
    in_table = re.findall(r'<a href="([^"]+)">', table)
    assert in_table == [attempt.get_absolute_url() for attempt in reversed(attempts)]


def test_a_score_that_is_not_settled_is_a_range(mine, user):
    attempt = AttemptFactory(user=user, finished=True, score="50")
    found = {"confidence": 0.9, "text": "true", "opposite": None}
    unsure = {"confidence": 0.4, "text": "true", "opposite": None}
    AnswerFactory(
        attempt=attempt, written=True, closed=True, engine="test-1", share="0.5",
        suggested=[True, False], evidence=[found, unsure],
    )  # fmt: skip
    page = shown(mine)
    (scored,) = page.interviews
    assert (scored.score_range, scored.in_words) == ((50, 100), "50 to 100")
    assert not page.is_settled
    (point,) = page.wide.points
    assert (point.low, point.high) == (page.wide.bottom - 100, page.wide.top)
    html = mine.get("/attempts/").content.decode()
    assert html.count("<polygon") == 2  # in the wide and in the narrow picture


def test_of_many_the_newest_are_shown_and_it_says_so(mine, user, monkeypatch):
    monkeypatch.setattr(overview, "MOST_POINTS", 4)
    monkeypatch.setattr(overview, "MOST_POINTS_NARROW", 2)
    for day in range(6):
        said(user, "One.", days=day, score=str(day))
    page = shown(mine)
    assert [scored.score for scored in page.interviews] == [5, 4, 3, 2]
    assert page.in_all == 6
    assert [point.scored.score for point in page.wide.points] == [2, 3, 4, 5]
    assert [point.scored.score for point in page.narrow.points] == [4, 5]
    assert "The picture shows the newest 4 of 6" in visit(mine, "/attempts/").words


def test_points_stay_in_the_picture_and_apart(mine, user):
    for day, score in enumerate(["0", "100"] * 20):
        said(user, "One.", days=day, score=score)
    page = shown(mine)
    for picture, least in ((page.wide, 30), (page.narrow, 24)):
        places = [point.x for point in picture.points]
        apart = [after - before for before, after in itertools.pairwise(places)]
        assert min(apart) >= least
        assert all(0 <= point.x <= picture.width for point in picture.points)
        assert {point.y for point in picture.points} == {picture.top, picture.bottom}
        assert len(picture.means) == 2


def test_without_a_scored_interview_there_is_no_trend(mine, user):
    practised(user, score="50")
    assert shown(mine).averages is None
    assert "Scores of your interviews" not in visit(mine, "/attempts/").words


# --- the change -----------------------------------------------------------------------------


def test_a_row_says_how_it_changed_since_the_same_interview_in_the_same_time(mine, user):
    first = said(user, "One.", days=1, score="40")
    same = {"interview": first.interview}
    said(user, "Slow.", days=2, score="90", time_factor=2, **same)
    said(user, "Another.", days=3, score="95")
    said(user, "Not scored.", days=4, **same)
    said(user, "Again.", days=5, score="52.5", **same)
    said(user, "Worse.", days=6, score="50", **same)
    said(user, "As good.", days=7, score="50", **same)
    rows = mine.get("/attempts/").context["history"].rows
    assert [row.change for row in rows] == [(0, 0), (-3, -3), (13, 13), None, None, None, None]
    assert [row.change_in_words for row in rows[:3]] == ["±0", "−3", "+13"]


def unsure(user, met, **fields) -> Attempt:
    """An attempt with one answer of four points: of these the first were made, one is unsure."""
    attempt = said(user, score=str(25 * met), **fields)
    found, blank = {"text": "Some.", "at": 0}, {"text": None}
    AnswerFactory(
        attempt=attempt,
        text="Some.",
        closed=True,
        engine="test-1",
        share=Decimal(met) / 4,
        version__key_points=["One.", "Two.", "Three.", "Four."],
        suggested=[number < met for number in range(4)],
        evidence=[found if number <= met else blank for number in range(4)],
    )
    return attempt


def test_a_change_is_a_range_where_one_of_the_scores_is_as_on_the_result(mine, user):
    first = said(user, "One.", days=1, score="10")
    same = {"interview": first.interview}
    ranged = unsure(user, 2, days=2, **same)
    said(user, "Sure.", days=3, score="90", **same)
    said(user, "Between.", days=4, score="80", **same)
    again = unsure(user, 3, days=5, **same)
    rows = mine.get("/attempts/").context["history"].rows
    ranges = {row.attempt.pk: row.score_range for row in rows}
    assert (ranges[ranged.pk], ranges[again.pk]) == ((50, 75), (75, 100))
    assert [row.change for row in rows] == [(-5, 20), (-10, -10), (15, 40), (40, 65), None]
    assert [row.change_in_words for row in rows[:4]] == ["", "−10", "+15 to +40", "+40 to +65"]


def test_a_change_is_not_since_an_attempt_that_is_hidden_as_on_the_result(mine, user):
    first = said(user, "One.", days=1, score="40")
    said(user, "Hidden.", days=2, score="90", interview=first.interview, is_hidden=True)
    said(user, "Now.", days=3, score="50", interview=first.interview)
    assert mine.get("/attempts/").context["history"].rows[0].change == (10, 10)


# --- topics ---------------------------------------------------------------------------------


def test_topics_are_sorted_with_the_number_of_questions_and_few_ones_last(mine, user):
    good, bad, few = (TopicFactory(name=name) for name in ("Good", "Bad", "Few"))
    scheduled(user, "1", "0.8", "0.75", topic=good)
    scheduled(user, "0.2", "0.4", "0.6", topic=bad)
    scheduled(user, "0", "0.1", topic=few)
    scheduled(UserFactory(), "0", "0", "0", topic=good)
    bars = shown(mine).topics
    assert bars == [
        TopicBar("Bad", bad.slug, Decimal("0.4"), 3),
        TopicBar("Good", good.slug, Decimal("0.85"), 3),
        TopicBar("Few", few.slug, Decimal("0.05"), 2),
    ]
    assert [(bar.level, bar.is_faint) for bar in bars] == [
        ("weak", False),
        ("strong", False),
        ("weak", True),
    ]
    assert visit(mine, "/attempts/").link("Bad") == f"/attempts/?topic={bad.slug}"


@pytest.mark.parametrize(
    ("share", "percent", "level"),
    [
        ("0.5949", 59, "weak"),
        ("0.595", 60, ""),
        ("0.6", 60, ""),
        ("0.8449", 84, ""),
        ("0.845", 85, "strong"),
        ("1", 100, "strong"),
        ("0", 0, "weak"),
    ],
)
def test_the_word_of_a_topic_fits_the_number_that_is_shown(share, percent, level):
    bar = TopicBar("Cost", "cost", Decimal(share), 5)
    assert (bar.percent, bar.level) == (percent, level)


# --- days -----------------------------------------------------------------------------------


def test_days_of_what_ended_in_the_last_weeks(mine, user):
    now = database_now()
    for back in (0, 0, 3, 400):
        attempt = said(user, "One.")
        Attempt.objects.filter(pk=attempt.pk).update(finished_at=now - timedelta(days=back))
    practised(user)
    Attempt.objects.exclude(practice=None).update(finished_at=now - timedelta(days=5))
    stranger = said(UserFactory(), "Another's.")
    Attempt.objects.filter(pk=stranger.pk).update(finished_at=now - timedelta(days=7))
    calendar = shown(mine).calendar.calendar
    assert [((now.date() - day.on).days, day.count) for day in calendar.practised] == [
        *((0, 2), (3, 1), (5, 1))
    ]
    assert "You practised on 3 days of the last 26 weeks." in visit(mine, "/attempts/").words


def test_a_larger_square_is_more_and_all_are_in_the_picture(mine, user):
    now = database_now()
    for count, back in ((1, 1), (2, 2), (5, 3), (9, 4)):
        for _ in range(count):
            attempt = said(user)
            Attempt.objects.filter(pk=attempt.pk).update(finished_at=now - timedelta(days=back))
    picture = shown(mine).calendar
    sides = {square.day.count: square.side for square in picture.squares}
    assert sides[0] < sides[1] < sides[2] < sides[5] == sides[9]
    assert all(0 <= s.x <= picture.width - s.side for s in picture.squares)
    assert all(0 <= s.y <= picture.height - s.side for s in picture.squares)


# --- sure -----------------------------------------------------------------------------------


def test_how_often_sure_was_right(mine, user):
    attempt = AttemptFactory(user=user, finished=True)
    for sureness, share in ((3, "1"), (3, "0.6"), (3, "0"), (1, "0.5"), (3, None), (None, "1")):
        AnswerFactory(attempt=attempt, written=True, closed=True, sureness=sureness, share=share)
    stranger = AttemptFactory(finished=True)
    AnswerFactory(attempt=stranger, written=True, closed=True, sureness=2, share="1")
    sure, unsure = shown(mine).sureness
    assert (sure.answers, round(sure.share, 4), sure.good) == (3, Decimal("0.5333"), 2)
    assert unsure == SureRow("Not sure", 1, Decimal("0.5"), 0)
    assert "How often sure was right" in visit(mine, "/attempts/").words


def test_who_never_said_how_sure_sees_no_table(mine, user):
    said(user, "One.", score="50")
    assert shown(mine).sureness == []
    assert "How often sure was right" not in visit(mine, "/attempts/").words
