"""The table of figures: what it compares, and when a target is missed."""

import pytest

from tests.benchmarks.table import Line, as_text


@pytest.mark.parametrize(
    ("line", "ratio", "is_missed"),
    [
        (Line("a", 3.0), None, False),
        (Line("a", 3.0, bare=2.0), 1.5, False),
        (Line("a", 3.0, bare=2.0, at_most=1.5), 1.5, False),
        (Line("a", 3.1, bare=2.0, at_most=1.5), 1.55, True),
        (Line("a", 70, "requests/s", bare=100, at_least=0.7), 0.7, False),
        (Line("a", 69, "requests/s", bare=100, at_least=0.7), 0.69, True),
        (Line("a", 9.0, ratio=1.2, at_most=1.5), 1.2, False),
        (Line("a", 9.0, at_most=8), None, True),
    ],
)
def test_a_line_compares_with_the_bare_view_unless_told_otherwise(line, ratio, is_missed):
    assert (line.compared, line.is_missed) == (ratio, is_missed)


def test_the_table_has_a_row_for_each_line_and_says_what_was_missed():
    lines = [Line("autosave", 3.0, bare=1.0, raw=0.2, at_most=1.5), Line("home", 1234.4, "kB")]
    head, autosave, home = as_text(lines).splitlines()
    assert head.split()[:2] == ["what", "ours"]
    assert autosave.split("  ")[-1] == "missed"
    assert "3.00" in autosave
    assert home.split() == ["home", "1,234", "kB"]
