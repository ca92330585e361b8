"""The rows of boxes for phrasings, as a value and as a browser submits them."""

import pytest

from questions.admin.phrasing_rows import (
    PhrasingRow,
    as_value,
    in_words,
    phrasings_in_form,
    rows_in,
    typed_rows,
)
from questions.rules.limits import MAX_STATEMENT

FIELD = "phrasings_by_point"


@pytest.mark.parametrize("value", ["", None, "7", "{", "[7]", "[[1, 2, 3, 4, 5]]", "[" * 10_000])
def test_a_value_that_somebody_made_up_has_no_rows(value):
    assert rows_in(value) == []


def test_rows_as_a_value_and_back():
    rows = [
        PhrasingRow("It caches.", "a\nb", "", "Why fast?"),
        PhrasingRow("", "", "c"),
        PhrasingRow("", "", "", "And?"),
        PhrasingRow(),
    ]
    assert rows_in(as_value(rows)) == rows[:3]
    assert as_value([PhrasingRow()]) == ""
    assert all(part in in_words(rows) for part in ("a", "Why fast?", "And?"))


def test_the_rows_of_a_form_give_phrasings_to_its_points_as_they_are_typed():
    data = {
        f"{FIELD}-x-point": "It caches.",
        f"{FIELD}-x-accept": "x" * (MAX_STATEMENT + 1) + "\r\nb",
        f"{FIELD}-x-reject": "",
        f"{FIELD}-x-follow_up": "And?",
        f"{FIELD}-new1-point": "",
        f"{FIELD}-new1-reject": "c",
        f"{FIELD}-broken": "d",
    }
    assert [row.follow_up for row in typed_rows(data)] == ["And?", ""]
    first, second, third = phrasings_in_form(data, ["New.", "It caches.", "Newer."])
    assert second == {"accept": ["x" * (MAX_STATEMENT + 1), "b"], "reject": []}
    assert first == {"accept": [], "reject": ["c"]}
    assert third == {"accept": [], "reject": []}


def test_any_number_of_points_is_paired_quickly():
    data = {f"{FIELD}-x-point": "It caches.", f"{FIELD}-x-accept": "a"}
    points = [f"Point {n}." for n in range(200_000)]
    found = phrasings_in_form(data, ["It caches.", *points])
    assert len(found) == 200_001
    assert found[0]["accept"] == ["a"]
