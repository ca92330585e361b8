"""What is counted in an answer and never scored."""

import pytest

from attempts.rules.results.delivery import DEFINITIONS, delivery, numbers_in
from tests.hostile_texts import HOSTILE, SECONDS, seconds_for

LONG = " ".join(["word"] * 31)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("One. Two! Three?", 0),
        (f"{LONG}.", 1),
        (" ".join(["word"] * 30) + ".", 0),
        (f"{LONG}\n{LONG}", 2),
        (f"- {LONG}\n- short", 1),
    ],
)
def test_sentences_over_thirty_words(text, number):
    assert delivery(text).long_sentences == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("no numbers", []),
        ("40 of 3.5 and 1,000", ["40", "3.5", "1,000"]),
        ("95 % or 95% in 40ms, 10x", ["95 %", "95%", "40ms", "10x"]),
        ("S3, A100, L2 and utf8", []),
        ("Python 3.11", ["3.11"]),
        ("1. First\n2) Second\n(3) Third", []),
        ("It took 3.\n4 of us", ["3", "4"]),
        ("2024-05-01, 24/7, 10:30 and 3-5", ["2024-05-01", "24/7", "10:30", "3-5"]),
        ("v1.2", []),
    ],
)
def test_numbers(text, found):
    assert numbers_in(text) == found


@pytest.mark.parametrize(
    ("text", "evidence", "is_first"),
    [
        ("", [], False),
        ("", [""], False),
        ("We pin versions. I like tea.", ["We pin versions."], True),
        ("We pin versions. I like tea.", ["pin"], True),
        ("I like tea. We pin versions.", ["We pin versions."], False),
        ("We pin versions. I like tea.", [], False),
        ("We pin versions. I like tea.", ["of another answer"], False),
        ("- We pin versions\n- tea", ["pin versions"], True),
        ("We pin. And so on", ["pin. And so"], True),
    ],
)
def test_whether_the_first_sentence_answers(text, evidence, is_first):
    assert delivery(text, evidence).answers_first == is_first


def test_what_is_counted_is_what_is_defined():
    counted = delivery("I think Git has 3 branches.", ["branches"])
    assert str(counted.words) == "6 words"
    assert (counted.hedges, counted.numbers, counted.tools) == (("I think",), ("3",), ("Git",))
    assert len(DEFINITIONS) == len(counted.__dataclass_fields__)


@pytest.mark.parametrize("what", HOSTILE)
def test_no_text_takes_long(what):
    assert seconds_for(delivery, HOSTILE[what]) < SECONDS
