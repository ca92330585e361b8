from decimal import Decimal

import pytest

from attempts.rules.numbers import ordinal, percent, whole


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "–"),
        (0, "0 %"),
        (0.004, "0 %"),
        (Decimal("0.6667"), "67 %"),
        (2 / 3, "67 %"),
        (Decimal("0.25"), "25 %"),
        (1, "100 %"),
        (Decimal("0.125"), "13 %"),  # as whole() rounds it for other pages
        (Decimal("0.625"), "63 %"),
        (0.125, "13 %"),
    ],
)
def test_a_share_in_words(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("score", "shown"), [("0", 0), ("49.49", 49), ("49.5", 50), ("50.5", 51), ("100", 100)]
)
def test_a_score_as_pages_show_it(score, shown):
    assert whole(Decimal(score)) == shown


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (22, "22nd"), (101, "101st"), (111, "111th")],
)  # fmt: skip
def test_a_rank_in_words(number, words):
    assert ordinal(number) == words
