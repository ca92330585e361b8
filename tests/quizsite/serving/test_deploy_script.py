"""deploy.sh, with a docker in PATH that writes down what it is asked."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "quizsite" / "serving" / "deploy.sh"

DOCKER = """#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in
    "compose ps -q web") echo "$RUNNING" ;;
    "compose ps -q --all web") printf '%s\\n' $RUNNING new-container ;;
    *"--wait web") exit "$READY" ;;
    "$FAILS"*) exit 1 ;;
esac
"""


@pytest.fixture
def deploy(tmp_path):
    (tmp_path / "docker").write_text(DOCKER)
    (tmp_path / "docker").chmod(0o755)

    def run(running="old-container", *, ready=True, fails="nothing"):
        calls = tmp_path / "calls"
        calls.write_text("")
        own = {"CALLS": str(calls), "RUNNING": running, "READY": "0" if ready else "1"}
        path = f"{tmp_path}:{os.environ['PATH']}"
        done = subprocess.run(
            [SCRIPT], env=os.environ | own | {"PATH": path, "FAILS": fails}, capture_output=True
        )
        return done.returncode, calls.read_text().splitlines()

    return run


def index(calls: list[str], text: str) -> int:
    return next(number for number, call in enumerate(calls) if text in call)


def test_the_new_one_is_ready_before_the_old_one_stops(deploy):
    code, calls = deploy()
    assert code == 0
    order = ["build", "run --rm prepare", "--scale web=2 --wait", "stop --time 70 old-container"]
    places = [index(calls, text) for text in [*order, "rm old-container", "sweep scorer"]]
    assert places == sorted(places)
    assert "compose kill -s HUP proxy" in calls
    assert not [call for call in calls if "new-container" in call]


def test_a_release_that_is_not_ready_is_removed_and_the_old_one_stays(deploy):
    code, calls = deploy(ready=False)
    assert code == 1
    assert "rm -f new-container" in calls
    assert not [call for call in calls if "stop" in call or "rm old" in call]


@pytest.mark.parametrize("step", ["compose build", "compose run --rm prepare"])
def test_after_a_failure_nothing_is_replaced(deploy, step):
    code, calls = deploy(fails=step)
    assert code == 1
    assert calls[-1] == step


def test_the_first_deploy_has_nothing_to_replace(deploy):
    code, calls = deploy(running="")
    assert code == 0
    assert [call for call in calls if "--scale web=1 --wait" in call]
    assert not [call for call in calls if "stop" in call]


def test_two_old_ones_from_a_deploy_that_broke_off_both_go(deploy):
    code, calls = deploy(running="one two")
    assert code == 0
    assert [call for call in calls if "--scale web=3" in call]
    assert {"stop --time 70 one", "stop --time 70 two"} <= set(calls)
