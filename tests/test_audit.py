"""The audit says what it could not look up, and does not call that a success."""

import importlib.util
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parent.parent / "requirements/audit.py"
spec = importlib.util.spec_from_file_location("audit", FILE)
audit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(audit)

FINE = {"name": "django", "version": "5.2.19", "vulns": []}
KNOWN = {
    "name": "old",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}],
}
AWAY = {"name": "away", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("found", "code"),
    [([FINE], 0), ([FINE, KNOWN], 1), ([FINE, AWAY], 2), ([KNOWN, AWAY], 1), ([AWAY], 2), ([], 2)],
)
def test_only_a_whole_look_up_without_a_find_is_a_success(found, code):
    assert audit.verdict(found)[0] == code


def test_it_names_what_is_known_and_what_was_not_looked_up():
    _, lines = audit.verdict([FINE, KNOWN, AWAY])
    text = "\n".join(lines)
    assert "old 1.0: PYSEC-2026-1, mended in 1.1" in text
    assert "2 packages looked up" in text
    assert "away" in text
