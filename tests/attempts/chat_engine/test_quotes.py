import time

import pytest

from attempts.chat_engine.quotes import MARKS, standing

ANSWER = "We  pin\nthe “seed”, and it's the user’s job. DVC too (a.b)*."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("pin\nthe", "pin\nthe"),
        ("We pin the 'seed'", "We  pin\nthe “seed"),
        ('"pin the"', "pin\nthe"),
        ("  the user's job  ", "the user’s job"),
        ("it’s the", "it's the"),
        ("DVC", "DVC"),
        ("too (a.b)*.", "too (a.b)*."),
        ("too (aXb)*.", None),
        ("pins the", None),
        ("we pin", None),  # only white space and marks may differ
        ("", None),
        ("'", None),
        ("it", None),  # too short to show anything
        ("made up by the model", None),
        (ANSWER, ANSWER),
        (ANSWER * 2, None),
    ],
)
def test_a_quote_counts_only_as_the_answer_has_it(quote, found):
    assert standing(quote, ANSWER) == found


@pytest.mark.parametrize(
    ("quote", "answer"),
    [
        (MARKS * 900 + "x", MARKS * 900),
        ("a" + " " * 15_000 + "b", "a" + " " * 19_000),
        ("' " * 7_000 + "abc", "' " * 9_000),
        ("abc" + "'\n" * 7_000, "abc" + "'\t" * 9_000),
    ],
)
def test_a_strange_quote_takes_no_time(quote, answer):
    begun = time.monotonic()
    standing(quote, answer)
    assert time.monotonic() - begun < 1
