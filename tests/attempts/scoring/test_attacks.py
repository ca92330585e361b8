"""What must get nothing, and what must not be taken for it."""

import random

import pytest

from attempts.scoring import score
from attempts.scoring.grammar import FUNCTION_WORDS, is_word_list
from attempts.scoring.texts import sentences, tokens_of, words_of
from tests.attempts.scoring.texts_for_scoring import (
    KEY_POINTS,
    MODEL_ANSWER,
    OFF_TOPIC,
    OTHER_ANSWER,
    QUESTION,
)

both_engines = pytest.mark.usefixtures("any_engine")


def points(answer):
    return score(QUESTION, KEY_POINTS, MODEL_ANSWER, answer)["points"]


def found(answer):
    return [point["covered"] for point in points(answer)]


@pytest.mark.usefixtures("minilm")
def test_the_model_answer_makes_every_point():
    assert found(MODEL_ANSWER) == [True, True, True]


@both_engines
@pytest.mark.parametrize(
    "answer", ["", QUESTION, OFF_TOPIC, f"{QUESTION} {OFF_TOPIC}", OTHER_ANSWER]
)
def test_what_says_nothing_gets_nothing(answer):
    assert found(answer) == [False, False, False]


@both_engines
@pytest.mark.parametrize("seed", range(5))
def test_a_list_of_keywords_gets_nothing(seed):
    words = [word for word in words_of(MODEL_ANSWER) if word not in FUNCTION_WORDS]
    random.Random(seed).shuffle(words)

    assert found(" ".join(words)) == [False, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "Missing values, scaling, encoding, outliers, duplicates, types, units, time zones",
        "gpu = thousands of simple cores, same op in parallel, cpu only few dozen",
        "bagging: parallel, indep models, bootstrap samples, vote; boosting: sequential",
        MODEL_ANSWER,
        OFF_TOPIC,
    ],
)
def test_notes_and_sentences_are_no_keyword_lists(text):
    assert not any(is_word_list(tokens_of(sentence.text)) for sentence in sentences(text))
