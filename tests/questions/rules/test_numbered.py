"""Statements about several key points in one text, each after a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.rules.numbered import by_number, numbered
from questions.rules.texts import one_line

STATEMENTS = st.lists(st.text().map(one_line).filter(bool), max_size=3)


@given(st.lists(STATEMENTS, max_size=5))
def test_statements_come_back_with_the_numbers_of_their_points(statements):
    kept = {number: some for number, some in enumerate(statements, start=1) if some}
    assert by_number(numbered(statements)) == kept


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("", {}),
        (" \r\n ", {}),
        ("1: a\r\n\r\n 2 : b: c\n1:d", {1: ["a", "d"], 2: ["b: c"]}),
    ],
)
def test_a_text_that_somebody_typed(text, statements):
    assert by_number(text) == statements


@pytest.mark.parametrize("line", ["a", ": a", "0: a", "100: a", "-1: a", "1. a"])
def test_a_line_without_a_number_is_named(line):
    with pytest.raises(ValueError, match=line):
        by_number(f"1: b\n{line}")
