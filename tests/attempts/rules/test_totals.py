from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attempts.rules.totals import (
    ASKED_WORTH,
    WHAT_ASKED_IS_WORTH,
    Made,
    how_made,
    percent_by_group,
    score,
    share,
    total_percent,
)


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


@pytest.mark.parametrize(
    ("ticks", "counted", "when_asked", "expected"),
    [
        ("10", "", "01", "0.7500"),
        ("10", "", "10", "0.5000"),  # made unasked is made
        ("10", "", "00", "0.5000"),
        ("00", "", "10", "0.2500"),
        ("00", "", "11", "0.5000"),
        ("11", "", "11", "1.0000"),
        ("000", "", "100", "0.1667"),
        ("100", "", "010", "0.5000"),
        ("110", "", "001", "0.8333"),
        ("10", "10", "01", "1.0000"),  # what was made when asked was withdrawn
        ("10", "01", "01", "0.5000"),
        ("100", "110", "011", "0.7500"),
    ],
)
def test_a_point_made_only_when_asked_counts_half(ticks, counted, when_asked, expected):
    rows = [[c == "1" for c in row] or None for row in (ticks, counted, when_asked)]
    assert str(share(*rows)) == expected


@pytest.mark.parametrize("when_asked", [[], [True], [True, False, True]])
def test_there_is_one_mark_when_asked_for_each_point(when_asked):
    with pytest.raises(ValueError, match="argument"):
        share([True, False], None, when_asked)


def test_what_the_pages_say_is_what_counts():
    assert (
        Fraction(1, 2),
        "A point that you make only when asked counts half.",
    ) == (ASKED_WORTH, WHAT_ASKED_IS_WORTH)


@pytest.mark.parametrize(
    ("is_met", "when_asked", "made"),
    [
        (True, False, Made.MADE),
        (True, True, Made.MADE),
        (False, True, Made.WHEN_ASKED),
        (False, False, Made.MISSED),
    ],
)
def test_how_a_point_is_made(is_met, when_asked, made):
    assert how_made(is_met, when_asked) == made


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


points = st.tuples(st.booleans(), st.booleans())
asked_back = st.lists(points, min_size=1, max_size=50)


@settings(deadline=None)
@given(st.lists(asked_back, min_size=1, max_size=30))
def test_the_total_with_points_made_when_asked_is_the_exact_mean_rounded_once(answers):
    worths = [
        sum(Fraction(1) if met else Fraction(asked, 2) for met, asked in answer) / len(answer)
        for answer in answers
    ]
    exact = Decimal(floor(10_000 * sum(worths) / len(worths) + Fraction(1, 2))) / 100
    shares = [share([m for m, _ in a], None, [w for _, w in a]) for a in answers]
    assert total_percent(shares) == exact


def test_every_share_of_up_to_fifty_points_is_known_again_after_rounding():
    for count in range(1, 51):
        for halves in range(2 * count + 1):
            met, asked = divmod(halves, 2)
            made = [True] * met + [False] * (count - met)
            when_asked = [False] * met + [True] * asked + [False] * (count - met - asked)
            third = total_percent([share(made, None, when_asked), Decimal(0), Decimal(0)])
            exact = Fraction(10_000 * halves, 6 * count) + Fraction(1, 2)
            assert third == Decimal(floor(exact)).scaleb(-2)


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
