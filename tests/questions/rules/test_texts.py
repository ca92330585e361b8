"""The form of a stored text, key points, and texts that are the same to a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.rules.texts import (
    UNSTORABLE,
    folded,
    key_points_of,
    normal_text,
    one_line,
    repeated_point,
)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("", ""),
        (" \r\n\t ", ""),
        (" a\r\nb\rc\n\r\nd ", "a\nb\nc\n\nd"),
        ("a  b \n c", "a  b \n c"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u1112\u1161\u11ab", "한"),
        (" \u200b\u200b ", ""),
        ("\ufeff\u3164\u2800\n\u115f", ""),
        ("a\u200bb", "a\u200bb"),
    ],
)
def test_a_text_as_the_bank_stores_it(text, stored):
    assert normal_text(text) == stored


@given(st.text())
def test_a_stored_text_stays_as_it_is(text):
    assert normal_text(normal_text(text)) == normal_text(text)
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [("", ""), (" a \r\n  b\rc ", "a b c"), ("a  b", "a  b"), ("a\u2028b\x0bc", "a b c")],
)
def test_a_key_point_stands_on_one_line(text, line):
    assert one_line(text) == line


@pytest.mark.parametrize(
    "points", ["\n One. \r\n\r\nTwo.\r", [" One. ", "", " \n", "Two."], ("One.", "Two.")]
)
def test_key_points_of_a_box_or_a_list(points):
    assert key_points_of(points) == ["One.", "Two."]


@pytest.mark.parametrize("points", ["- One.\n* Two.\n•\n1. \n\u200b", ["1. One.", "2) Two.", "-"]])
def test_key_points_lose_the_bullets_of_a_pasted_list(points):
    assert key_points_of(points) == ["One.", "Two."]
    assert key_points_of(key_points_of(points)) == ["One.", "Two."]


@given(st.lists(st.text(alphabet="-*•1a.) \t\u200bé\u0301b", max_size=6)))
def test_stored_key_points_stay_as_they_are(points):
    assert key_points_of(key_points_of(points)) == key_points_of(points)


def test_a_line_break_inside_a_point_of_a_list_makes_no_second_point():
    assert key_points_of(["One\n idea."]) == ["One idea."]
    assert key_points_of("") == key_points_of([]) == []


@pytest.mark.parametrize(
    ("points", "repeated"),
    [
        ([], None),
        (["One.", "Two."], None),
        (["Zero.", "One.", "ONE.", "zero."], "Zero."),
        (["One  idea.", "one idea."], None),
        (iter(["Straße", "STRASSE"]), "Straße"),
        (["An idea.", "An\u200b idea."], "An idea."),
        (["Caf\u00e9", "CAFE\u0301"], "Caf\u00e9"),
    ],
)
def test_the_first_point_that_comes_twice(points, repeated):
    assert repeated_point(points) == repeated


def test_words_count_and_their_case_and_blanks_do_not():
    assert folded("  Why\n\tIS it? ") == folded("why is it?")
    assert folded("why is it") != folded("why is it?")
    assert folded("whyis it") != folded("why is it")


def test_neither_the_form_of_accents_nor_unseen_characters_count():
    assert folded("Caf\u00e9") == folded("cafe\u0301") == folded("C\u00adAF\u00c9\u200b")
    assert folded("caf\u00e9") != folded("cafe")


@pytest.mark.parametrize("char", ["\0", chr(0xD800), chr(0xDFFF)])
def test_what_postgres_cannot_store(char):
    assert UNSTORABLE.search(f"a{char}b")
    assert not UNSTORABLE.search("a\x01\ud7ff\ue000🙂")
