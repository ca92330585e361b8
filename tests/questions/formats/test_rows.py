"""Raw values to an item: what it is called, and which row each repeated value names."""

import pytest

from questions.formats.records import Mistake
from questions.formats.rows import NAME_LENGTH, item, with_repeats_marked


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ({"prompt": "What\n is it?", "slug": "it"}, "What is it?"),
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
    row = item("row 2", {"slug": "a b", "x" * 60: 1, "prompt": "Why?", "seconds": ""}, [known])
    assert row.values == {"prompt": "Why?"}
    assert [mistake.column for mistake in row.mistakes] == ["row", "slug", "x" * 50]


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
    rows = [item(f"row {n}", {"slug": "a", "colour": "red"}) for n in (2, 3)]
    for row in with_repeats_marked(rows):
        assert [mistake.column for mistake in row.mistakes] == ["colour", "slug"]
