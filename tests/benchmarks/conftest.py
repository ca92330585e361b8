"""For all benches: no limits of what one machine may ask for, and the table at the end."""

import os

import pytest

from tests.benchmarks import table

os.environ["RATE_LIMITS"] = "0"  # for the servers that a bench starts


@pytest.fixture(autouse=True)
def no_rate_limits(settings):
    settings.RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS = False


def pytest_terminal_summary(terminalreporter):
    if table.LINES:
        terminalreporter.section("what was measured")
        terminalreporter.write_line(table.as_text(table.LINES))
