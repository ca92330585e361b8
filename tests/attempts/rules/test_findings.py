"""What an engine says of a key point: one rule for the pages, rescoring and the statistics."""

import pytest

from attempts.rules.findings import Finding, finding


@pytest.mark.parametrize(
    ("covered", "evidence", "opposite", "expected"),
    [
        (True, "it caches", None, Finding.FOUND),
        (True, None, None, Finding.FOUND),
        (False, "it caches", None, Finding.UNSURE),
        (False, "it caches", "It is slow.", Finding.OPPOSITE),
        (False, None, "It is slow.", Finding.OPPOSITE),
        (False, None, None, Finding.MISSING),
        (False, "", None, Finding.MISSING),
    ],
)
def test_what_is_said_of_a_point(covered, evidence, opposite, expected):
    assert finding(covered, evidence, opposite) == expected
