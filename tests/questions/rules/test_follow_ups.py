"""Follow-ups: as many as key points, or none, and each with its point."""

import pytest

from questions.rules.follow_ups import follow_ups_of, for_points, moved


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], []),
        (["", "  ", "\u200b"], []),
        (["And\n then?", ""], ["And then?", ""]),
        (["", "e\u0301?\r\n"], ["", "\xe9?"]),
        (["- One?", "- Two?"], ["One?", "Two?"]),
        (["1. One?", "2. Two?"], ["One?", "Two?"]),
        (["&nbsp;", "Two?"], ["", "Two?"]),
    ],
)  # fmt: skip
def test_each_is_one_line_and_a_missing_one_keeps_its_place(texts, expected):
    assert follow_ups_of(texts) == expected


@pytest.mark.parametrize(
    ("follow_ups", "points", "expected"),
    [([], 2, ["", ""]), (["A?"], 2, ["A?", ""]), (["A?", "B?"], 2, ["A?", "B?"])],
)
def test_each_point_has_one_or_an_empty_one(follow_ups, points, expected):
    assert for_points(follow_ups, points) == expected


@pytest.mark.parametrize(
    ("follow_ups", "before", "after", "expected"),
    [
        ([], ["A b."], ["C d."], []),
        (["A?", "C?"], ["A b.", "C d."], ["A b.", "C d."], ["A?", "C?"]),
        (["A?", "C?"], ["A b.", "C d."], ["C d.", "A b."], ["C?", "A?"]),
        (["A?", "C?"], ["A b.", "C d."], ["C d."], ["C?"]),
        (["A?", "C?"], ["A b.", "C d."], ["New.", "A b.", "C d."], ["", "A?", "C?"]),
        (["", "C?"], ["A b.", "C d."], ["A b."], []),
        # reworded: by its words; another point in its place has no follow-up yet
        (["A?"], ["It goes up and down."], ["It went up and down."], ["A?"]),
        (["A?", "C?"], ["A b.", "C d."], ["A b.", "Else."], ["A?", ""]),
        (["A?", "C?"], ["A b.", "C d."], [], []),
    ],
)  # fmt: skip
def test_a_follow_up_goes_where_its_point_goes(follow_ups, before, after, expected):
    assert moved(follow_ups, before, after) == expected
