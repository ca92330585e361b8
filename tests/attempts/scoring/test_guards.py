"""Which units of an answer may make a point."""

import pytest

from attempts.scoring.engine import engine
from attempts.scoring.guards import that_say_something
from attempts.scoring.suggestion import prepared_question
from attempts.scoring.texts import units
from tests.attempts.scoring.texts_for_scoring import KEY_POINTS, MODEL_ANSWER, QUESTION

WORDS = (
    "image library interpreter package ship model laptop test server production traffic "
    "replica container system copy unit"
)


def kept(answer):
    question = prepared_question(engine(), QUESTION, KEY_POINTS, MODEL_ANSWER, [])
    every = units(answer)
    return [every[number].text for number in that_say_something(every, question)]


@pytest.mark.usefixtures("any_engine")
@pytest.mark.parametrize(
    "answer",
    [
        QUESTION,
        "What does containerization do for models?",
        WORDS,
        f"{WORDS} then server laptop image",  # each word list, and the clauses in it
        f"{WORDS} " * 4 + "otherwise laptop image",
    ],
)
def test_what_only_repeats_or_lists_is_left_out(answer):
    assert kept(answer) == []


@pytest.mark.usefixtures("any_engine")
def test_a_list_takes_no_sentence_beside_it_along():
    assert kept(f"It runs the same everywhere. {WORDS}. It grows then.") == [
        "It runs the same everywhere.",
        "It grows then.",
    ]
