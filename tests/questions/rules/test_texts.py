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
    ],
)
def test_the_first_point_that_comes_twice(points, repeated):
    assert repeated_point(points) == repeated


def test_words_count_and_their_case_and_blanks_do_not():
    assert folded("  Why\n\tIS it? ") == folded("why is it?")
    assert folded("why is it") != folded("why is it?")
    assert folded("whyis it") != folded("why is it")


@pytest.mark.parametrize("char", ["\0", chr(0xD800), chr(0xDFFF)])
def test_what_postgres_cannot_store(char):
    assert UNSTORABLE.search(f"a{char}b")
    assert not UNSTORABLE.search("a\x01\ud7ff\ue000🙂")
