from decimal import Decimal

import pytest

from attempts.rules.score_range import (
    AskedPoints,
    Range,
    as_shown,
    in_words,
    score_range,
    share_range,
    shown_range,
)


@pytest.mark.parametrize(
    ("met", "unsure", "counted", "expected"),
    [
        ("10", "00", None, ("0.5000", "0.5000")),
        ("10", "01", None, ("0.5000", "1.0000")),
        ("100", "011", None, ("0.3333", "1.0000")),
        ("000", "100", None, ("0.0000", "0.3333")),
        ("110", "100", None, ("0.6667", "0.6667")),  # made after all: nothing is open
        ("10", "01", "10", ("1.0000", "1.0000")),  # the unsure one was withdrawn
        ("100", "011", "110", ("0.5000", "1.0000")),
    ],
)
def test_the_share_without_and_with_what_is_unsure(met, unsure, counted, expected):
    met, unsure, counted = (
        [c == "1" for c in row] if row else None for row in (met, unsure, counted)
    )
    assert tuple(map(str, share_range(met, unsure, counted))) == expected


@pytest.mark.parametrize(
    ("met", "unsure", "counted", "asked", "asked_unsure", "expected"),
    [
        ("10", "00", None, "01", "00", ("0.7500", "0.7500")),
        ("10", "00", None, "00", "01", ("0.5000", "0.7500")),  # unsure when asked adds a half
        ("10", "01", None, "00", "01", ("0.5000", "1.0000")),  # unsure in both adds a whole
        ("10", "01", None, "01", "00", ("0.7500", "1.0000")),  # unsure, but made when asked
        ("10", "00", None, "10", "10", ("0.5000", "0.5000")),  # it is made already
        ("00", "00", None, "00", "11", ("0.0000", "0.5000")),
        ("00", "10", None, "00", "01", ("0.0000", "0.7500")),
        ("10", "00", "10", "00", "01", ("1.0000", "1.0000")),  # withdrawn
    ],
)
def test_unsure_points_of_follow_ups(met, unsure, counted, asked, asked_unsure, expected):
    met, unsure, counted, asked, asked_unsure = (
        [c == "1" for c in row] if row else None
        for row in (met, unsure, counted, asked, asked_unsure)
    )
    span = share_range(met, unsure, counted, AskedPoints(asked, asked_unsure))
    assert tuple(map(str, span)) == expected


def test_there_is_one_of_each_for_each_point():
    with pytest.raises(ValueError, match="argument"):
        share_range([True, False], [True])


def span(low: str, high: str) -> Range:
    return Range(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(True, span("0.5", "0.5"))], ("50.00", "50.00")),
        ([(True, span("0.5", "1"))], ("50.00", "100.00")),
        ([(True, span("0.5", "0.8333")), (True, span("0.5", "0.8333"))], ("50.00", "83.33")),
        ([(True, span("0.3333", "0.6667")), (False, None)], ("16.67", "33.33")),
        ([(True, span("1", "1")), (True, span("0", "1"))], ("50.00", "100.00")),
        ([(True, span("1", "1")), (True, None)], ("50.00", "50.00")),  # not checked yet
        ([(False, None)], ("0.00", "0.00")),
        ([(False, span("1", "1"))], ("0.00", "0.00")),
    ],
)
def test_the_score_without_and_with_what_is_unsure(answers, expected):
    assert tuple(map(str, score_range(answers))) == expected


def test_an_attempt_of_which_nothing_is_checked_has_no_range():
    assert score_range([(True, None), (False, None)]) is None


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([span("0.5", "0.8333")], (50, 83)),
        ([span("1", "1")] * 99 + [span("0", "1")] + [span("0", "0")] * 100, None),  # 49.5 to 50
        ([span("0", "0.5")] + [span("0", "0")] * 99, (0, 1)),
        ([span("0.5", "0.5")], None),
    ],
)
def test_ends_are_rounded_half_up_and_shown_if_they_differ(spans, shown):
    assert shown_range(Decimal(50), [(True, each) for each in spans]) == shown


def test_without_a_score_no_range_is_shown():
    assert shown_range(None, [(True, span("0", "1"))]) is None
    assert shown_range(Decimal(0), [(True, None)]) is None


@pytest.mark.parametrize(
    ("score", "found", "shown", "words"),
    [("49.50", None, (50, 50), "50"), ("50.00", (50, 83), (50, 83), "50 to 83")],
)
def test_a_score_as_the_pages_show_it(score, found, shown, words):
    assert as_shown(Decimal(score), found) == shown
    assert in_words(shown) == words
