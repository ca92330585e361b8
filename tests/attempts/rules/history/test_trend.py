from decimal import Decimal

import pytest

from attempts.rules.history.trend import Average, Trend, trend_of


@pytest.mark.parametrize(
    ("newest_first", "trend"),
    [
        ([], None),
        ([50], Trend(Average(50, 1))),
        ([50, 60], Trend(Average(55, 2))),
        ([1, 2, 3, 4, 5], Trend(Average(3, 5))),
        ([10] * 5 + [90], Trend(Average(10, 5), Average(90, 1))),
        ([10] * 5 + [20] * 5 + [100] * 50, Trend(Average(10, 5), Average(20, 5))),
        # rounded half up, once
        (["0.5"], Trend(Average(1, 1))),
        (["66.67", "66.66", "0"], Trend(Average(44, 3))),
        (["100", "99"], Trend(Average(100, 2))),
    ],
)
def test_the_last_five_beside_the_five_before(newest_first, trend):
    assert trend_of([Decimal(score) for score in newest_first]) == trend


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (Trend(Average(50, 1)), "Your only interview so far has a score of 50."),
        (Trend(Average(50, 2)), "Your last two interviews average 50."),
        (
            Trend(Average(64, 5), Average(49, 5)),
            "Your last five interviews average 64, the five before 49.",
        ),
        (
            Trend(Average(64, 5), Average(49, 1)),
            "Your last five interviews average 64, the one before 49.",
        ),
    ],
)
def test_in_words(trend, words):
    assert trend.in_words == words
