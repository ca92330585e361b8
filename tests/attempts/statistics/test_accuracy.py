"""The table that says how often a suggestion was right."""

from datetime import date

import pytest

from attempts.models import CheckedSuggestions
from attempts.statistics import accuracy
from attempts.statistics.accuracy import COUNTS, accuracy_of
from attempts.statistics.rules import ENOUGH_CHECKED
from tests.factories import published_question

pytestmark = pytest.mark.django_db


def row(question, month, engine="tested 1", **counts):
    values = dict.fromkeys(COUNTS, 0) | counts
    day = date(2026, month, 1)
    return CheckedSuggestions.objects.create(question=question, month=day, engine=engine, **values)


def shown(of):
    return [(r.month and r.month.month, r.engine, r.answers) for r in of.rows]


def found_of(row):
    return row.shares[0].right, row.shares[0].points, row.shares[0].share


def test_without_a_checked_answer_there_is_nothing_to_say():
    assert accuracy_of().rows == []


def test_questions_add_up_by_month_and_engine_newest_first():
    one, two = published_question(), published_question()
    row(one, 3, answers=10, found=20, found_right=15)
    row(two, 3, answers=10, found=20, found_right=17)
    row(two, 4, "tested 2", answers=6, found=5, found_right=5, missing=8, missing_right=2)
    whole = accuracy_of()
    assert shown(whole) == [(None, None, 26), (4, "tested 2", 6), (3, "tested 1", 20)]
    assert [found_of(r) for r in whole.rows] == [(37, 45, 37 / 45), (5, 5, 1), (32, 40, 0.8)]
    assert [share.share for share in whole.rows[1].shares] == [1, None, None, 0.25]
    assert shown(accuracy_of(one)) == [(None, None, 10), (3, "tested 1", 10)]


@pytest.mark.parametrize(
    ("answers", "points", "known"),
    [
        (ENOUGH_CHECKED, ENOUGH_CHECKED, True),
        (ENOUGH_CHECKED - 1, 40, False),
        (40, ENOUGH_CHECKED - 1, False),
    ],
)
def test_a_share_needs_enough_answers_and_points(answers, points, known):
    row(published_question(), 3, answers=answers, found=points, found_right=points)
    assert [r.shares[0].share is not None for r in accuracy_of().rows] == [known] * 2


def test_a_long_table_is_cut_and_still_adds_up(monkeypatch):
    monkeypatch.setattr(accuracy, "MOST_ROWS", 2)
    question = published_question()
    for month in (1, 2, 3):
        assert not accuracy_of().is_cut
        row(question, month, answers=1)
    assert shown(accuracy_of()) == [(None, None, 3), (3, "tested 1", 1), (2, "tested 1", 1)]
    assert accuracy_of().is_cut
