"""Prints the table of what was measured, when all benches of a run have ended."""

from tests.benchmarks import table


def pytest_terminal_summary(terminalreporter):
    if table.LINES:
        terminalreporter.section("what was measured")
        terminalreporter.write_line(table.as_text(table.LINES))
