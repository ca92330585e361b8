import random

import pytest

from attempts.scoring import grammar, score, texts
from attempts.scoring.guards import is_jumble, is_scrambled
from attempts.scoring.texts import sentences
from tests.attempts.scoring.texts_for_scoring import (
    KEY_POINTS,
    MODEL_ANSWER,
    OFF_TOPIC,
    OTHER_ANSWER,
    QUESTION,
)

pytestmark = pytest.mark.usefixtures("any_engine")
NEGATED = (
    "I pack not the service with its libraries, the interpreter and the system packages into one "
    "image. Because that image is not the unit we ship, the model behaves the same on my laptop, "
    "in the test environment and on the production servers. It is not true that when traffic "
    "rises, Kubernetes starts further replicas of the container, and removes them when it falls."
)


def share(answer):
    return score(QUESTION, KEY_POINTS, MODEL_ANSWER, answer)["score"]


def shuffled(text, seed):
    words = text.split()
    random.Random(seed).shuffle(words)
    return " ".join(words)


def test_the_model_answer_reaches_everything():
    result = score(QUESTION, KEY_POINTS, MODEL_ANSWER, MODEL_ANSWER)

    assert result["score"] >= 0.98
    assert [point["covered"] for point in result["points"]] == [True, True, True]


@pytest.mark.parametrize("answer", ["", QUESTION, OFF_TOPIC, f"{QUESTION} {OFF_TOPIC}"])
def test_what_says_nothing_gets_nothing(answer):
    assert share(answer) <= 0.02


def test_another_questions_answer_gets_next_to_nothing():
    assert share(OTHER_ANSWER) <= 0.1


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_words_get_nothing(seed):
    assert share(shuffled(MODEL_ANSWER, seed)) <= 0.05


@pytest.mark.parametrize("seed", range(5))
def test_a_list_of_keywords_gets_nothing(seed):
    words = [w for s in sentences(MODEL_ANSWER) for w in s.words if w not in grammar.CLASS]
    assert share(shuffled(" ".join(words), seed)) <= 0.02


def test_the_model_answer_denied_gets_next_to_nothing():
    assert share(NEGATED) <= 0.05


def test_written_answers_are_not_taken_for_scrambled():
    for text in (MODEL_ANSWER, OFF_TOPIC, OTHER_ANSWER, NEGATED):
        assert not is_scrambled(sentences(text))
    assert not is_jumble(sentences(MODEL_ANSWER), sentences(MODEL_ANSWER))


def test_a_comma_list_is_no_keyword_list():
    listed = "Missing values, scaling, encoding, outliers, duplicates, types, units, time zones"
    (sentence,) = texts.sentences(listed)
    assert not grammar.is_word_list(sentence.tokens)
