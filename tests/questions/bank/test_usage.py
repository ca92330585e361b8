"""Who was asked a question, in words."""

import pytest

from questions.bank.usage import MOST_COUNTED, audience_in_words, times_in_words


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        ([], ""),
        ([(1, 1, 0)], "1 person was asked version 1. They keep seeing version 1"),
        ([(2, 3, 0)], "3 people were asked version 2. They keep seeing version 2"),
        ([(3, 20, 14), (2, 2, 2)], "14 people answered version 3, 2 people version 2. They keep"),
        ([(2, 2, 0), (1, 5, 1)], "2 people were asked version 2, 1 person answered version 1."),
    ],
)
def test_the_audience_in_words(audience, words):
    columns = ("number", "asked", "answered")
    versions = [{**dict(zip(columns, row, strict=True)), "is_all": True} for row in audience]
    assert audience_in_words(versions).startswith(words)
    assert bool(audience_in_words(versions)) == bool(words)


def test_where_not_all_answers_were_counted_there_are_at_least_so_many_people():
    versions = [
        {"number": 3, "asked": 90, "answered": 88, "is_all": False},
        {"number": 2, "asked": 2, "answered": 2, "is_all": True},
    ]
    words = "At least 88 people answered version 3, 2 people version 2."
    assert audience_in_words(versions).startswith(words)


def test_more_than_are_counted_are_more_than_that():
    assert times_in_words(1, "answer") == "1 answer"
    assert times_in_words(MOST_COUNTED, "answer") == f"{MOST_COUNTED} answers"
    assert times_in_words(MOST_COUNTED + 1, "answer") == f"more than {MOST_COUNTED} answers"
