"""Follow-ups in rows: in numbered lines and lists, held against the key points of the row."""

import pytest

from questions.formats import read_file
from questions.formats.rows import item

POINTS = ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        (None, ()),
        ("", ()),
        ([], ()),
        (["", None, " "], ()),
        ("2: Why?", ("", "Why?", "")),
        (" 3 :\tAnd\r\n1: How? ", ("How?", "", "And")),
        (["How?", None, "And?"], ("How?", "", "And?")),
    ],
)
def test_each_goes_to_its_point(said, stored):
    row = item("row 2", {"prompt": "What?", "key_points": POINTS, "follow_ups": said})
    assert (row.mistakes, row.values["follow_ups"]) == ((), stored)


def test_without_key_points_in_the_row_they_are_those_of_the_first_ones():
    assert item("row 2", {"follow_ups": "2: Why?"}).values["follow_ups"] == ("", "Why?")


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (["Why?"], "has 1 entries for 3 key points"),
        (["Why?"] * 4, "has 4 entries for 3 key points"),
        ("4: Why?", "has a follow-up to key point 4, and there are 3"),
        ("Why?", "has the line “Why?” without such a number"),
        ("1: Why?\n1: How?", "has 2 follow-ups to key point 1"),
        ({"1": "Why?"}, "should be a list of texts"),
        (["", "x" * 301, ""], "has 301 characters in the one to key point 2"),
        ("1: " + "x" * 301, "has 301 characters in the one to key point 1"),
        (7, "should be a list of texts"),
    ],
)
def test_what_does_not_fit_is_a_mistake_beside_the_field(said, what):
    row = item("row 2", {"prompt": "What?", "key_points": POINTS, "follow_ups": said})
    assert [(mistake.column, mistake.what) for mistake in row.mistakes] == [("follow_ups", what)]
    assert "follow_ups" not in row.values


def test_columns_of_a_table_have_them():
    table = (
        b"prompt,key_points,follow_ups,common_mistakes,sources,short_example\n"
        b'What?,"One.\nTwo.","2: Why?","- Saying a.\n- Saying b.","A: B\na: b\nC: D",So.\n'
    )
    (row,) = read_file("x.csv", table).items
    assert row.values["follow_ups"] == ("", "Why?")
    assert row.values["common_mistakes"] == ("Saying a.", "Saying b.")
    assert row.values["sources"] == ("A: B", "C: D")
    assert row.values["short_example"] == "So."
