import pytest

from attempts.rules.findings import Finding
from attempts.rules.follow_ups.choice import point_to_ask

FOUND, UNSURE, OPPOSITE, MISSING = (
    Finding.FOUND,
    Finding.UNSURE,
    Finding.OPPOSITE,
    Finding.MISSING,
)
THREE = ["First?", "Second?", "Third?"]


@pytest.mark.parametrize(
    ("what", "follow_ups", "said", "asked", "point"),
    [
        ("the first that is missing", THREE, [[MISSING, MISSING, MISSING]], [], 0),
        ("what is found is not asked", THREE, [[FOUND, MISSING, MISSING]], [], 1),
        ("what is unsure is not asked", THREE, [[UNSURE, FOUND, MISSING]], [], 2),
        ("what is denied is missing", THREE, [[FOUND, OPPOSITE, MISSING]], [], 1),
        ("nothing is missing", THREE, [[FOUND, FOUND, FOUND]], [], None),
        ("only unsure ones are left", THREE, [[FOUND, UNSURE, UNSURE]], [], None),
        ("a point without a follow-up", ["", "Second?", ""], [[MISSING] * 3], [], 1),
        ("white space is no follow-up", [" \n", "", "\t"], [[MISSING] * 3], [], None),
        ("a version without any", [], [[MISSING, MISSING]], [], None),
        ("what was asked is not asked again", THREE, [[MISSING] * 3, [MISSING] * 3], [0], 1),
        ("asked out of order", THREE, [[MISSING] * 3, [MISSING] * 3], [1], 0),
        ("a follow-up's answer made it", THREE, [[MISSING] * 3, [MISSING, FOUND, MISSING]], [0], 2),
        ("... or perhaps made it", THREE, [[MISSING] * 3, [FOUND, UNSURE, MISSING]], [0], 2),
        ("... or took it back", THREE, [[FOUND, FOUND, MISSING], [OPPOSITE] * 3], [2], None),
        ("all was asked", THREE, [[MISSING] * 3] * 3, [0, 1, 2], None),
    ],
)
def test_the_first_clearly_missing_point_is_asked(what, follow_ups, said, asked, point):
    assert point_to_ask(follow_ups, said, asked) == point, what
