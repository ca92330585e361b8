"""When a question is due, as a person says it."""

from datetime import timedelta, timezone

import pytest

from attempts.rules.recall.in_words import due_in_words, when_due
from tests.factories import START


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(days=-3), "due today"),
        (timedelta(), "due today"),
        (timedelta(hours=14), "due today"),
        (timedelta(hours=15), "due tomorrow"),  # START is at 9:00
        (timedelta(days=1), "due tomorrow"),
        (timedelta(days=2), "due in 2 days"),
        (timedelta(days=59), "due in 59 days"),
        (timedelta(days=60), "due in about 2 months"),
        (timedelta(days=180), "due in about 6 months"),
    ],
)
def test_in_words(after, words):
    east = timezone(timedelta(hours=9))
    assert due_in_words(START + after, START) == words
    assert due_in_words((START + after).astimezone(east), START.astimezone(east)) == words


def test_what_is_not_due_before_the_interview():
    assert "interview" in due_in_words(None, START)
    assert "interview" in when_due(None, START)
