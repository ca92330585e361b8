"""Ways to say a key point: what is kept of what somebody types, and for which point."""

import pytest

from questions.rules.limits import MAX_STATEMENT, MAX_STATEMENTS
from questions.rules.phrasings import (
    WrongStatement,
    changes,
    cleaned,
    for_points,
    joined,
    row_of_each,
    updated,
)


def phrasing(accept="", reject="") -> dict:
    """Statements as words with blanks between them."""
    return {"accept": accept.split(), "reject": reject.split()}


@pytest.mark.parametrize(
    ("accept", "reject", "kept"),
    [
        ([], [], phrasing()),
        ([" a ", "", "\n"], ["b"], phrasing("a", "b")),
        (["It  caches", "it caches", "IT CACHES"], [], {"accept": ["It  caches"], "reject": []}),
        (["a\r\nb"], [], {"accept": ["a b"], "reject": []}),
        (["x" * MAX_STATEMENT], [], phrasing("x" * MAX_STATEMENT)),
        (["same"] * (MAX_STATEMENTS + 1), [], phrasing("same")),
    ],
)
def test_statements_as_they_are_stored(accept, reject, kept):
    assert cleaned(accept, reject) == kept


@pytest.mark.parametrize(
    ("accept", "reject", "kind"),
    [
        (["It caches"], ["b", "it  CACHES"], "reject"),
        (["x" * (MAX_STATEMENT + 1)], [], "accept"),
        ([], [f"no {n}" for n in range(MAX_STATEMENTS + 1)], "reject"),
        (["a\0b"], [], "accept"),
        ([], ["\ud800"], "reject"),
    ],
)
def test_what_is_refused(accept, reject, kind):
    with pytest.raises(WrongStatement) as refused:
        cleaned(accept, reject)
    assert refused.value.kind == kind


def test_phrasings_are_found_by_the_words_of_their_point():
    stored = {"It Caches.": phrasing("a", "b"), "Gone.": phrasing("c")}
    found = for_points(stored, ["New.", "it  caches."])
    assert found == [phrasing(), phrasing("a", "b")]
    found[1]["accept"].append("changed by a caller")
    assert stored["It Caches."] == phrasing("a", "b")


def test_new_phrasings_replace_those_of_their_points_only():
    stored = {"One.": phrasing("a"), "Two.": phrasing("b"), "Three.": phrasing("c")}
    after = updated(stored, ["ONE.", "Two.", "Four."], [phrasing("x"), phrasing(), phrasing()])
    assert after == {"ONE.": phrasing("x"), "Three.": phrasing("c")}
    assert stored["One."] == phrasing("a")


@pytest.mark.parametrize(
    ("kept", "new", "both"),
    [
        (phrasing("a", "r"), phrasing(), phrasing("a", "r")),
        (phrasing(), phrasing("a", "r"), phrasing("a", "r")),
        (phrasing("a b", "r"), phrasing("A c", "R s"), phrasing("a b c", "r s")),
        (phrasing("a", "r"), phrasing("R", "A"), phrasing("a", "r")),
    ],
)
def test_phrasings_are_joined_under_neither_kind_twice(kept, new, both):
    assert joined(kept, new) == both


def test_what_there_is_no_room_for_is_not_joined():
    many = [f"say {n}" for n in range(MAX_STATEMENTS)]
    full = {"accept": many, "reject": many[:-1]}
    both = joined(full, phrasing("a", "r s"))
    assert both == {"accept": many, "reject": [*many[:-1], "r"]}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, []),
        ({"One.": phrasing("a")}, {"ONE.": phrasing("a")}, []),
        ({"One.": phrasing("a")}, {"One.": phrasing("b")}, [("One.", "accept", ("b",), ("a",))]),
        ({"One.": phrasing("a", "r")}, {}, [
            ("One.", "accept", (), ("a",)), ("One.", "reject", (), ("r",)),
        ]),
        ({}, {"Two.": phrasing(reject="r")}, [("Two.", "reject", ("r",), ())]),
    ],
)  # fmt: skip
def test_what_was_added_and_removed_for_which_point(before, after, expected):
    found = [(c.point, c.kind, c.added, c.removed) for c in changes(before, after)]
    assert found == expected


def test_a_change_in_words_names_the_point_and_the_statements():
    (change,) = changes({"One.": phrasing("a")}, {"One.": phrasing("b c")})
    for part in ("One.", "“a”", "“b”", "“c”"):
        assert part in str(change)


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
def test_phrasings_stay_with_their_key_point_when_lines_of_a_form_change(points, rows, expected):
    assert row_of_each(points, rows) == expected
