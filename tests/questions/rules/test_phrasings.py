"""Ways to say a key point: what is kept of what somebody types, and for which point."""

import pytest

from questions.rules.limits import MAX_STATEMENT, MAX_STATEMENTS
from questions.rules.phrasings import (
    WrongStatement,
    changes,
    cleaned,
    for_points,
    joined,
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
