"""The tests of the pages' scripts below the browser, run by Node's own test runner.

Each *.test.js in the folders beside this file is one test here. Nothing is installed for them:
Playwright brings a Node, so its version is pinned with the other requirements.
"""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import playwright
import pytest

HERE = Path(__file__).parent
STATIC = HERE.parent.parent / "static/js"
DRIVER = Path(playwright.__file__).with_name("driver")


def runs_our_scripts(node: str) -> bool:
    """Whether this Node starts and takes our .js files for modules, as it does from 20.19 on."""
    script = json.dumps((STATIC / "page/csrf.js").as_uri())
    command = [node, "--input-type=module", "--eval", f"import {script}"]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


@cache
def node() -> str | None:
    candidates = (shutil.which("node", path=DRIVER), shutil.which("node"))
    return next((path for path in candidates if path and runs_our_scripts(path)), None)


@pytest.mark.parametrize(
    "path", sorted(HERE.rglob("*.test.js")), ids=lambda path: path.relative_to(HERE).as_posix()
)
def test_script(path):
    if node() is None:
        pytest.skip("needs Node 20.19 or later: neither Playwright's nor one in PATH runs")
    command = [node(), "--test", "--test-reporter=spec", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
