"""Who was asked a question, in words."""

import pytest

from questions.bank.usage import audience_in_words


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
    versions = [dict(zip(("number", "asked", "answered"), row, strict=True)) for row in audience]
    assert audience_in_words(versions).startswith(words)
    assert bool(audience_in_words(versions)) == bool(words)
