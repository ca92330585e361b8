"""docker-compose.yml passes on every setting that the README names."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {"DEBUG", "PORT", "DATA_DIR", "SCORING_WEIGHTS_DIR", "BROWSER_PATH"}
"""Not for production, or set by the image."""

SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def documented() -> set[str]:
    table = (ROOT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return set(re.findall(r"`([A-Z_]+)`", "".join(rows)))


def test_every_documented_variable_is_passed_through():
    passed = set(SERVICES["web"]["environment"])
    assert documented() - ELSEWHERE == passed


def test_the_site_and_its_sweep_have_the_same_settings():
    assert SERVICES["web"]["environment"] == SERVICES["sweep"]["environment"]


def test_static_files_are_kept_from_one_release_to_the_next():
    for name in ("prepare", "web"):
        assert f"static:{SERVICES[name]['environment']['STATIC_ROOT']}" in SERVICES[name]["volumes"]
