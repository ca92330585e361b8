from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attempts.rules.totals import percent_by_group, score, share, total_percent


@pytest.mark.parametrize(
    ("ticks", "expected"),
    [
        ([True, True], "1.0000"),
        ([False, False, False], "0.0000"),
        ([True, False], "0.5000"),
        ([True, False, False], "0.3333"),
        ([True, True, False], "0.6667"),
        ([True] + [False] * 15, "0.0625"),
        ([True] + [False] * 31, "0.0313"),  # 0.03125
        ([True] * 31 + [False], "0.9688"),  # 0.96875
    ],
)
def test_the_share_is_points_met_of_points(ticks, expected):
    assert str(share(ticks)) == expected


@pytest.mark.parametrize(
    ("ticks", "counted", "expected"),
    [
        ([True, False], None, "0.5000"),
        ([True, False], [True, True], "0.5000"),
        ([True, False], [True, False], "1.0000"),
        ([True, False], [False, True], "0.0000"),
        ([True, False, False, True], [True, True, True, False], "0.3333"),
    ],
)
def test_points_that_do_not_count_are_left_out(ticks, counted, expected):
    assert str(share(ticks, counted)) == expected


@pytest.mark.parametrize("counted", [None, []])
def test_a_question_without_key_points_has_no_share(counted):
    with pytest.raises(ValueError, match="key points"):
        share([], counted)


@pytest.mark.parametrize("counted", [[False, False], [True], [True, True, True]])
def test_some_point_counts_and_each_has_its_mark(counted):
    with pytest.raises(ValueError, match=r"key points|argument"):
        share([True, False], counted)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (["1"], "100.00"),
        (["0"], "0.00"),
        (["1", "0"], "50.00"),
        (["1", "1", "0"], "66.67"),
        (["1", "0", "0"], "33.33"),
        (["0.5", "0.25"], "37.50"),
        (["0.0625", "0"], "3.13"),
    ],
)
def test_the_total_is_the_mean_in_percent(shares, expected):
    assert str(total_percent([Decimal(s) for s in shares])) == expected


def test_thirds_and_sixths_are_not_rounded_twice():
    assert total_percent([share([True] + [False] * 5), Decimal(0)]) == Decimal("8.33")


ticks = st.lists(st.booleans(), min_size=1, max_size=50)


@settings(deadline=None)
@given(st.lists(ticks, min_size=1, max_size=30))
def test_the_total_of_any_ticks_is_the_exact_mean_rounded_once(answers):
    mean = sum(Fraction(sum(answer), len(answer)) for answer in answers) / len(answers)
    exact = Decimal(floor(10_000 * mean + Fraction(1, 2))) / 100
    assert total_percent([share(answer) for answer in answers]) == exact


def test_an_attempt_without_questions_has_no_total():
    with pytest.raises(ValueError, match="at least one"):
        total_percent([])


@pytest.mark.parametrize(
    ("answers", "percent"),
    [
        ([(True, Decimal("0.5")), (False, None)], Decimal(25)),
        ([(True, Decimal(1)), (True, None)], Decimal(50)),
        ([(False, Decimal(1)), (False, None)], Decimal(0)),
        ([(True, None), (False, None)], None),
    ],
)
def test_a_score_waits_for_the_first_share_and_counts_no_answer_as_nothing(answers, percent):
    assert score(answers) == percent


def test_groups_come_in_their_order_each_with_its_own_total():
    rows = [("scaling", Decimal("0.5")), ("serving", Decimal(1)), ("scaling", Decimal(0))]
    assert list(percent_by_group(rows).items()) == [
        ("scaling", Decimal("25.00")),
        ("serving", Decimal("100.00")),
    ]


def test_no_rows_no_groups():
    assert percent_by_group([]) == {}
