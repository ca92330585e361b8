"""Word differences between two texts."""

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.rules.compare import (
    ADDED,
    REMOVED,
    SAME,
    Piece,
    changed_words,
    differences,
)


def marked(before, after) -> str:
    """The differences in one line: [-removed-], {+added+}."""
    shown = {SAME: "{}", ADDED: "{{+{}+}}", REMOVED: "[-{}-]"}
    return "".join(shown[piece.kind].format(piece.text) for piece in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("Same words.", "Same words.", "Same words."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("a big dog", "a small dog", "a [-big -]{+small +}dog"),
        ("a dog", "a very old dog", "a {+very old +}dog"),
        ("one\ntwo\nthree", "one\n2\nthree", "one\n[-two\n-]{+2\n+}three"),
        ("one\nthree", "one\ntwo\nthree", "one\n{+two\n+}three"),
    ],
)
def test_words_added_and_removed(before, after, expected):
    assert marked(before, after) == expected


words = st.lists(st.sampled_from(["a", "b", " ", "\n", "word", "\t", "ü"]), max_size=40)


@given(words.map("".join), words.map("".join))
def test_both_texts_can_be_read_off_the_pieces(before, after):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != ADDED) == before
    assert "".join(p.text for p in pieces if p.kind != REMOVED) == after
    assert all(p.text for p in pieces)
    assert all(one.kind != two.kind for one, two in pairwise(pieces))


@pytest.mark.parametrize("words", ["x ", "x\n", "a b c d ", "x"])
def test_the_longest_texts_are_compared_within_two_seconds(words):
    before, after = (words * 20_000)[:20_000], ("y " + words * 20_000)[:20_000][::-1]
    started = perf_counter()
    assert differences(before, after)
    assert perf_counter() - started < 2


def every_other_word_of(number: int, other: str) -> str:
    return "".join(f"x {other}{n} " for n in range(number // 2))


@pytest.mark.parametrize("lines", [1, 8])
def test_words_that_match_one_by_one_are_compared_within_a_second(lines):
    before, after = (f"{every_other_word_of(2_000 // lines, o)}\n" * lines for o in "ab")
    started = perf_counter()
    assert differences(before, after)
    assert perf_counter() - started < 1


def test_of_a_text_too_long_for_words_the_lines_are_still_compared():
    long, longer = (f"{o} {every_other_word_of(2_000, o)}{o}" for o in "ab")
    before, after = f"Same.\n{long}\nSame, too.\nold end", f"Same.\n{longer}\nSame, too.\nnew end"
    assert differences(before, after) == [
        Piece(SAME, "Same.\n"),
        Piece(REMOVED, f"{long}\n"),
        Piece(ADDED, f"{longer}\n"),
        Piece(SAME, "Same, too.\n"),
        Piece(REMOVED, "old "),
        Piece(ADDED, "new "),
        Piece(SAME, "end"),
    ]


def test_texts_far_too_long_to_match_differ_as_a_whole_between_what_begins_and_ends_them():
    before, after = "a b " * 2_000, "c d " * 2_000
    assert differences(before, after) == [Piece(REMOVED, before), Piece(ADDED, after)]
    assert differences(f"the {before}end", f"the {after}end") == [
        Piece(SAME, "the "),
        Piece(REMOVED, before),
        Piece(ADDED, after),
        Piece(SAME, "end"),
    ]


def test_words_that_come_often_are_matched_like_any_other():
    often = "".join(f"word{n} " for n in range(25)) * 8
    assert differences(f"old {often}end", f"new {often}finish") == [
        Piece(REMOVED, "old "),
        Piece(ADDED, "new "),
        Piece(SAME, often),
        Piece(REMOVED, "end"),
        Piece(ADDED, "finish"),
    ]


# --- side by side -------------------------------------------------------------------------------


def side_by_side(before, after) -> tuple[str, str]:
    shown = {SAME: "{}", ADDED: "{{+{}+}}", REMOVED: "[-{}-]"}
    both = changed_words(before, after)
    left, right = ("".join(shown[p.kind].format(p.text) for p in pieces) for pieces in both)
    return left, right


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("", "", "", ""),
        ("Old.", "", "[-Old.-]", ""),
        ("a big dog", "a small dog", "a [-big-] dog", "a {+small+} dog"),
        ("a dog", "a very old dog", "a dog", "a {+very old+} dog"),
        # The same words on other lines are the same words.
        ("we kept\nthe code", "we\nkept the  code", "we kept\nthe code", "we\nkept the  code"),
        ("\n one", "one", "\n one", "one"),
        ("one", " \t", "[-one-]", " \t"),
        ("The end", "the end.", "[-The end-]", "{+the end.+}"),
    ],
)
def test_changed_words_side_by_side(before, after, left, right):
    assert side_by_side(before, after) == (left, right)


@given(words.map("".join), words.map("".join))
def test_each_side_is_its_text(before, after):
    left, right = changed_words(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    assert {piece.kind for piece in left} <= {SAME, REMOVED}
    assert {piece.kind for piece in right} <= {SAME, ADDED}
    common = [
        " ".join("".join(p.text for p in side if p.kind == SAME).split()) for side in (left, right)
    ]
    assert common[0].replace(" ", "") == common[1].replace(" ", "")


def test_long_texts_that_repeat_themselves_take_no_long_time():
    began = perf_counter()
    left, right = changed_words("same " * 5_000, "word same " * 2_500)
    assert perf_counter() - began < 2
    assert {piece.kind for piece in left + right} <= {SAME, ADDED, REMOVED}
