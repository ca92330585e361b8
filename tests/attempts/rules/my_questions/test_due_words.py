from datetime import timedelta

import pytest

from attempts.rules.my_questions.due_words import due_in_words
from tests.factories import START


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(days=-40), "due now"),
        (timedelta(), "due now"),
        (timedelta(seconds=1), "due within a day"),
        (timedelta(days=1), "due within a day"),
        (timedelta(days=1, seconds=1), "due in 2 days"),
        (timedelta(days=180), "due in 180 days"),
    ],
)
def test_when_it_is_due(after, words):
    assert due_in_words(START + after, START) == words


def test_what_is_not_scheduled_is_not_due():
    assert due_in_words(None, START) == ""
