"""Which key point is which when somebody rewords, moves, adds and removes some."""

import time

import pytest

from questions.rules.point_rows import row_of_each, same_point_of_each


@pytest.mark.parametrize(
    ("points", "rows", "expected"),
    [
        # the same, in another order or case, with one more or less
        (["A b.", "C d."], ["A b.", "C d."], [0, 1]),
        (["C d.", "a  B."], ["A b.", "C d."], [1, 0]),
        (["New one.", "A b.", "C d."], ["A b.", "C d."], [None, 0, 1]),
        (["C d."], ["A b.", "C d."], [1]),
        ([], ["A b."], []),
        # reworded: by the words, wherever it stands; else by its place
        (["Up and down it goes."], ["Up and down it went."], [0]),
        (["x", "It goes up and down.", "y"], ["It went up and down.", "x", "y"], [1, 0, 2]),
        (["B two three.", "A one two."], ["A one four.", "B two five."], [1, 0]),
        (["A b.", "Else.", "E f."], ["A b.", "C d.", "E f."], [0, 1, 2]),
        # new points take the rows for new points, in their order
        (["A b.", "New.", "Newer."], ["A b.", "", ""], [0, 1, 2]),
        (["New.", "A b."], ["A b.", ""], [1, 0]),
        (["A b.", "Else."], ["A b.", "C d.", ""], [0, 2]),
        (["A b.", "Else.", "New."], ["A b.", "C d.", ""], [0, 1, 2]),
        (["New."], [], [None]),
    ],
)  # fmt: skip
def test_boxes_stay_with_their_key_point_when_lines_of_a_form_change(points, rows, expected):
    assert row_of_each(points, rows) == expected


def test_without_a_form_a_point_is_known_by_its_words_alone():
    before = ["It goes up and down.", "C d.", "E f."]
    after = ["Else.", "e  F.", "It went up and down."]
    assert same_point_of_each(after, before) == [None, 2, 0]


@pytest.mark.parametrize("end", ["", " of them"])
def test_very_many_points_take_no_long_time(end):
    """Of which only the same words are known again: 20,000 characters hold thousands of points."""
    before, after = ([f"{kind}{number}{end}" for number in range(3000)] for kind in "ab")
    began = time.thread_time()
    found = same_point_of_each([*after, before[7]], before)
    assert time.thread_time() - began < 0.5
    assert found[-1] == 7
