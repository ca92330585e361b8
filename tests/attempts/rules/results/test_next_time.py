"""The weakest answers first, one point of each before a second."""

from decimal import Decimal

import pytest

from attempts.rules.results.next_time import next_time


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [
        ([], ""),
        ([("1", "")], ""),
        ([("0.5", "ab")], "ab"),
        ([("0", "abcde")], "abc"),
        ([("0.5", "ab"), ("0.2", "cd")], "cad"),
        ([("0.5", "a"), ("0.2", "c"), ("0", "efg"), ("0.9", "h")], "eca"),
        ([("0.5", "ab"), ("0.5", "cd")], "acb"),
        ([("0", ""), ("0.5", "ab")], "ab"),
    ],
)
def test_which_points(answers, chosen):
    answers = [(Decimal(share), missed) for share, missed in answers]
    assert "".join(next_time(answers)) == chosen
