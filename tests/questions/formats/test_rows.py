"""Raw values to an item: what it is called, and which row each repeated value names."""

import pytest

from questions.formats.fields import COLUMNS
from questions.formats.records import Mistake, PhrasingRecord
from questions.formats.rows import NAME_LENGTH, item, with_repeats_marked


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ({"prompt": "What\n is it?", "slug": "it"}, "What"),
        ({"slug": "it"}, "it"),
        ({"prompt": " ", "slug": "it"}, "it"),
        ({"uid": ""}, ""),
        ({"prompt": "x" * NAME_LENGTH}, "x" * NAME_LENGTH),
        ({"prompt": "x" * (NAME_LENGTH + 1)}, "x" * (NAME_LENGTH - 1) + "…"),
    ],
)
def test_a_row_is_called_by_its_prompt_else_its_slug(raw, name):
    assert item("row 2", raw).name == name


def test_a_row_keeps_what_is_right_and_says_all_that_is_wrong():
    known = Mistake("row", "has only 2 cells", "Write all.")
    row = item("row 2", {"slug": "a b", "slugg": 1, "prompt": "Why?", "seconds": ""}, [known])
    assert row.values == {"prompt": "Why?"}
    assert [mistake.column for mistake in row.mistakes] == ["row", "slug", "slugg"]


@pytest.mark.parametrize("field", ["slug", "prompt"])
def test_each_repeated_value_names_the_other_row(field):
    rows = [item(f"row {n}", {field: text}) for n, text in enumerate(["Same", "else", "Same"], 2)]
    first, other, last = with_repeats_marked(rows)
    assert other.mistakes == ()
    for row, place in ((first, "row 4"), (last, "row 2")):
        (mistake,) = row.mistakes
        assert (mistake.column, mistake.what) == (field, f"is the same as at {place}")
        assert mistake.fix.startswith("Remove one of them")


def test_mistakes_known_before_stay_beside_those_of_a_repeat():
    rows = [item(f"row {n}", {"slug": "a", "slugg": "red"}) for n in (2, 3)]
    for row in with_repeats_marked(rows):
        assert [mistake.column for mistake in row.mistakes] == ["slugg", "slug"]


# --- phrasings ---------------------------------------------------------------------------------

POINTS = ["One.", "Two."]
ENTRY = {"also_said_as": ["a"]}


@pytest.mark.parametrize(
    ("raw", "phrasings"),
    [
        ({"key_points": POINTS}, None),
        ({"key_points": POINTS, "phrasings": []}, ()),
        ({"phrasings": [ENTRY]}, (PhrasingRecord(("a",)),)),
        ({"key_points": POINTS, "phrasings": [{}, ENTRY]}, (
            PhrasingRecord(), PhrasingRecord(("a",)),
        )),
    ],
)  # fmt: skip
def test_a_row_says_phrasings_or_says_nothing(raw, phrasings):
    row = item("entry 1", raw)
    assert (row.values.get("phrasings"), row.mistakes) == (phrasings, ())


@pytest.mark.parametrize("points", [["One."], ["One.", "Two.", "Three."], []])
def test_there_are_as_many_phrasings_as_key_points(points):
    row = item("entry 1", {"key_points": points, "phrasings": [ENTRY, {}]})
    assert [mistake.column for mistake in row.mistakes] == ["phrasings"]
    assert "phrasings" not in row.values


@pytest.mark.parametrize(
    ("points", "also", "confused", "phrasings"),
    [
        ("One.\nTwo.", "", "", ()),
        ("One.\nTwo.", "2: a", "2: b", (PhrasingRecord(), PhrasingRecord(("a",), ("b",)))),
        ("One.\nTwo.", "", "1: b", (PhrasingRecord((), ("b",)), PhrasingRecord())),
        (None, "1: a", "", (PhrasingRecord(("a",)),)),
    ],
)  # fmt: skip
def test_two_columns_become_the_phrasings_of_the_key_points(points, also, confused, phrasings):
    raw = {"also_said_as": also, "not_to_be_confused_with": confused}
    if points is not None:
        raw["key_points"] = points
    row = item("row 2", raw, checks=COLUMNS)
    assert (row.values["phrasings"], row.mistakes) == (phrasings, ())
    assert "also_said_as" not in row.values


@pytest.mark.parametrize(
    ("also", "confused", "column"),
    [
        ("3: a", "", "also_said_as"),
        ("1: a", "2: b\n3: c", "not_to_be_confused_with"),
        ("1: a", "1: A", "not_to_be_confused_with"),
        ("a", "1: b", "also_said_as"),
    ],
)
def test_a_wrong_statement_is_a_mistake_in_its_column(also, confused, column):
    raw = {"key_points": "One.\nTwo.", "also_said_as": also, "not_to_be_confused_with": confused}
    row = item("row 2", raw, checks=COLUMNS)
    assert [mistake.column for mistake in row.mistakes] == [column]
