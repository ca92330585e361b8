"""Bullets and numbers before the lines of a pasted list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.rules.bullets import without_bullets
from questions.rules.texts import key_points_of

ONE_BULLET = [
    *("- a", "* a", "+ a", "• a", "•a", "– a", "— a", "‣ a", "◦ a", "▪ a", "· a", "✓ a", "➢ a"),
    *("1. a", "1) a", "(1) a", "① a", "1\ufe0f\u20e3 a", "-\ta", "-\u00a0a", "o\ta", "§\ta"),
    *(
        "\uf0b7\ta",
        "- [ ] a",
        "* [x] a",
        "[ ] a",
        "☐ a",
        "  - a  ",
        "- - a",
        "- 1. a",
        "1. - a",
        "a",
    ),
]


@pytest.mark.parametrize("line", ONE_BULLET, ids=ascii)
def test_a_line_loses_its_bullet(line):
    assert without_bullets([line]) == ["a"]


@pytest.mark.parametrize("line", ["-", "*", "•", "1.", "- [ ]", "- -", "", "  "])
def test_a_bullet_before_nothing_leaves_nothing(line):
    assert without_bullets([line]) == [""]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "-1 is returned",
            "*args",
            "**bold** words",
            "1.5 times",
            "2. normal form",
            "3) of 4",
            "10 %",
        ),
        *("a. m.", "o be", "§ 5", "e.g. that", "i.e. this", "1 - 2", "1.a", "I. think"),
    ],
)
def test_what_only_looks_like_a_bullet_stays(line):
    assert without_bullets([line]) == [line]


@pytest.mark.parametrize(
    "labels",
    [
        *(["1.", "2.", "3."], ["1)", "2)", "3)"], ["1.", "1.", "1."], ["a)", "b)", "c)"]),
        *(["A.", "B.", "C."], ["i.", "ii.", "iii."], ["(a)", "(b)", "(c)"], ["I)", "II)", "III)"]),
    ],
    ids="".join,
)
def test_numbers_and_letters_that_count_are_bullets(labels):
    assert without_bullets([f"{label} x" for label in labels]) == ["x"] * 3
    mixed = without_bullets([f"{labels[0]} x", "continued", f"{labels[1]} y"])
    assert mixed == ["x", "continued", "y"]


@pytest.mark.parametrize(
    "labels", [["2.", "3."], ["1.", "3."], ["b)", "c)"], ["a)", "1."]], ids="".join
)
def test_numbers_that_do_not_count_from_the_first_stay(labels):
    lines = [f"{label} x" for label in labels]
    assert without_bullets(lines) == lines


@given(st.lists(st.text(alphabet="-*•12ab.)( \t[]x")))
def test_what_has_no_bullets_stays_as_it_is(lines):
    once = without_bullets(lines)
    assert without_bullets(once) == once
    assert len(once) == len(lines)


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("• one • two", ["one", "two"]),
        (" •one•two ", ["one", "two"]),
        ("▪ one ▪ two ▪", ["one", "two"]),
        ("one • two", ["one • two"]),
        ("- one - two", ["one - two"]),
        ("", []),
    ],
)
def test_a_list_on_one_line_is_taken_apart(line, items):
    assert key_points_of(line) == items


@given(st.text(alphabet="•▪ ab-1."))
def test_points_that_were_taken_apart_stay_as_they_are(line):
    points = key_points_of(line)
    assert key_points_of(points) == points
