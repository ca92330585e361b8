"""Numbers that somebody else wrote into a form or an address."""

import pytest

from questions.rules.numbers import counted, small_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("7", 7), ("007", 7), ("999999999", 999_999_999), ("٣", 3)],
)
def test_digits_are_a_number(text, number):
    assert small_number(text) == number


@pytest.mark.parametrize(
    "text", [None, "", " ", "-1", "+1", "1.5", "1e3", "x", " 7", "²", "1000000000", "9" * 5000]
)
def test_anything_else_is_the_default(text):
    assert small_number(text) is None
    assert small_number(text, default=3) == 3


def test_a_number_above_the_most_is_the_default():
    assert small_number("100", most=100) == 100
    assert small_number("101", most=100) is None
    assert small_number("101", most=100, default=0) == 0


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 questions"), (1, "1 question"), (2000, "2,000 questions")]
)
def test_a_count_in_words(count, words):
    assert counted(count, "question") == words
