"""A module that ends with its parent, with real processes."""

import signal
import subprocess
import sys

import pytest

from tests.quizsite.local.processes import PROJECT

pytestmark = pytest.mark.slow

SLEEP = ("timeit", "-n", "1", "-r", "1", "import time; time.sleep(60)")
PARENT = """
import os, subprocess, sys
command = [sys.executable, "-m", "quizsite.local.die_with_parent", str(os.getpid())]
with subprocess.Popen([*command, *sys.argv[1:]]):
    print("started", flush=True)
"""


def test_a_child_ends_when_its_parent_was_killed():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *SLEEP], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout.readline() == "started\n"
    parent.kill()
    parent.communicate(timeout=15)  # returns when the child, too, has closed its output


def test_a_child_whose_parent_is_gone_already_ends_at_once():
    somebody_else = "0"
    command = [sys.executable, "-m", "quizsite.local.die_with_parent", somebody_else, *SLEEP]
    completed = subprocess.run(command, cwd=PROJECT, timeout=15, check=False)
    assert completed.returncode == -signal.SIGTERM
