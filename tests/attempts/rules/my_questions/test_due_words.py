from datetime import timedelta, timezone

import pytest

from attempts.rules.my_questions.due_words import due_in_words
from tests.factories import START


@pytest.mark.parametrize(
    ("after", "words"),  # it is 9 o'clock, UTC
    [
        (timedelta(days=-40), "due today"),
        (timedelta(), "due today"),
        (timedelta(hours=14, minutes=59), "due today"),
        (timedelta(hours=15), "due tomorrow"),
        (timedelta(hours=38, minutes=59), "due tomorrow"),
        (timedelta(hours=39), "due in 2 days"),
        (timedelta(days=180), "due in 180 days"),
    ],
)
def test_when_it_is_due(after, words):
    assert due_in_words(START + after, START) == words


def test_days_begin_in_utc_whatever_the_zone_of_an_instant():
    late = START.replace(hour=23, tzinfo=timezone(timedelta(hours=-9)))  # the next day in UTC
    assert due_in_words(late, START) == "due tomorrow"


def test_what_is_not_due_again_has_no_words():
    assert due_in_words(None, START) == ""
