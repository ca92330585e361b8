import pytest

from attempts.scoring.grammar import content_stems, repeats, stem
from attempts.scoring.texts import words_of

STATEMENT = "A cache keeps results, so that nothing is computed twice."


@pytest.mark.parametrize(
    "words", ["train trained training", "scale scales scaled", "model's model"]
)
def test_forms_of_a_word_have_one_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


def test_function_words_carry_no_meaning():
    assert content_stems(words_of("It is not the model of a man")) == {"model", "man"}


@pytest.mark.parametrize(
    ("text", "is_repeated"),
    [
        (STATEMENT, True),
        ("a cache keeps results so that nothing is computed twice", True),
        ("I'd say, the cache keeps results, so nothing is computed twice, which is good", True),
        ("A cache never keeps results, so that nothing is computed twice.", False),
        ("It is not true that a cache keeps results, so that nothing is computed twice.", False),
        ("A cache keeps results, so that everything is computed twice.", False),
        ("Results keep a cache, so that nothing is computed twice.", False),
        ("A cache keeps old results, so that nothing is computed twice.", False),
        ("A cache keeps results.", False),
        ("", False),
    ],
)
def test_what_repeats_a_statement(text, is_repeated):
    assert repeats(words_of(text), words_of(STATEMENT)) == is_repeated


def test_a_statement_without_a_word_is_repeated_by_nothing():
    assert not repeats(["cache"], [])
