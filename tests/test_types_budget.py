"""The count of open types, which make check holds against its limits."""

import pytest

from tests.types_budget import counts, verdicts


@pytest.mark.parametrize(
    ("source", "any_", "ignores"),
    [
        ("from typing import Any", 0, 0),
        ("def f(x: Any) -> list[Any]: ...", 2, 0),
        ("x = 1  # type: ignore[misc]\ny = 2  #type:ignore", 0, 2),
        ("Anything = 1", 0, 0),
    ],
)
def test_open_types_are_counted(source, any_, ignores):
    assert counts([source]) == {"any": any_, "ignores": ignores}


@pytest.mark.parametrize(("count", "lines"), [(2, 1), (3, 0), (4, 1)])
def test_the_limit_is_the_count(count, lines):
    assert len(verdicts({"any": count}, {"any": 3})) == lines
