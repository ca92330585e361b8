import pytest

from attempts.scoring.texts import outermost, sentences, units
from tests.hostile_texts import HOSTILE, SECONDS, seconds_for


def parts(text, cut=units):
    return [text[unit.start : unit.end] for unit in cut(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One idea. Another one! A third?", ["One idea.", "Another one!", "A third?"]),
        ("- first\n- second", ["first", "second"]),
        ("1. first\n2) second", ["first", "second"]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("First\n\nsecond", ["First", "second"]),
        ("a tool, e.g. Docker, helps", ["a tool, e.g. Docker, helps"]),
        ("Version 2.5 is out", ["Version 2.5 is out"]),
        (" ... \n", []),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert parts(text, sentences) == expected


def test_a_line_that_an_editor_wrapped_goes_on_in_the_next():
    long = "a line that is long enough to have been wrapped by some editor in the"

    assert parts(f"{long}\nmiddle of it", sentences) == [f"{long}\nmiddle of it"]
    assert len(parts(f"{long}\n- middle of it", sentences)) == 2
    assert len(parts(f"{long}\n\nmiddle of it", sentences)) == 2
    assert len(parts(f"{long}.\nmiddle of it", sentences)) == 2


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("bagging is parallel, boosting is not", ["bagging is parallel", "boosting is not"]),
        ("it is slow because it swaps", ["it is slow", "because it swaps"]),
        ("save the model -> load it", ["save the model", "load it"]),
        ("two parts: the code; the data", ["two parts", "the code", "the data"]),
        ("keep it small (it helps caching)", ["keep it small", "it helps caching"]),
        ("well, it works", []),
        ("code, data, weights", []),
        ("nothing to cut here", []),
    ],
)
def test_clauses_come_after_their_sentence(text, clauses):
    sentence, *found = parts(text)

    assert sentence == text
    assert found == clauses


def test_what_is_said_twice_is_one_unit():
    assert parts("It scales. it scales.") == ["It scales."]


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        (0, []),
        (1, [1]),
        (60, [60]),
        (61, [61]),
        (74, [74]),
        (75, [60, 15]),
        (134, [60, 74]),
        (135, [60, 60, 15]),
    ],
)
def test_a_text_without_a_full_stop_comes_in_pieces(words, pieces):
    said = sentences(" ".join(f"word{i}" for i in range(words)))

    assert [len(piece.words) for piece in said] == pieces


@pytest.mark.parametrize("what", HOSTILE)
def test_no_text_takes_long(what):
    assert seconds_for(units, HOSTILE[what]) < SECONDS


def test_the_outermost_units_are_the_text_without_repeats():
    found = units("It caches, so it is fast. It is old. So it is fast.")

    assert [found[number].text for number in outermost(found)] == [
        "It caches, so it is fast.",
        "It is old.",
    ]


def test_clauses_stand_for_a_sentence_that_was_left_out():
    _, *clauses = units("It caches results, so it is fast.")

    assert outermost(clauses) == [0, 1]
    assert outermost([]) == []
