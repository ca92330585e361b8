import pytest

from attempts.rules.my_questions.points import PointChanges, points_between

ONE, TWO, THREE = "The first idea.", "The second idea.", "The third idea."


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([], [], ([], [], 0)),
        ([(ONE, True), (TWO, False)], [(ONE, True), (TWO, False)], ([], [], 0)),
        ([(ONE, True), (TWO, False)], [(ONE, False), (TWO, True)], ([TWO], [ONE], 0)),
        # The points of a later version stand in another order.
        ([(ONE, True), (TWO, False)], [(TWO, True), (ONE, True)], ([TWO], [], 0)),
        # A point that only one version has is neither won nor lost.
        ([(ONE, False)], [(ONE, True), (TWO, True)], ([ONE], [], 1)),
        ([(ONE, True), (TWO, True)], [(THREE, False)], ([], [], 3)),
        # Case and blanks are no change, and the later words are shown.
        ([("the  FIRST idea.", False)], [(ONE, True)], ([ONE], [], 0)),
        ([("Die Straße", False)], [("die STRASSE", True)], (["die STRASSE"], [], 0)),
    ],
)
def test_points_are_compared_by_what_they_say(before, after, changes):
    assert points_between(before, after) == PointChanges(*changes)
