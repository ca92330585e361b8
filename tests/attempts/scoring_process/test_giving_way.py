"""A process that computes lowers itself, and its session where it leads one."""

import subprocess
import sys

import pytest

from attempts.scoring_process.giving_way import AUTOGROUP
from quizsite.settings import BASE_DIR

NICENESS = 7
TELL = """
import os
from attempts.scoring_process.giving_way import AUTOGROUP, give_way
give_way(7)
print(os.nice(0))
print(AUTOGROUP.read_text() if AUTOGROUP.exists() else "")
"""


def told(*, leads: bool) -> list[str]:
    command = [sys.executable, "-c", TELL]
    ran = subprocess.run(
        command, cwd=BASE_DIR, capture_output=True, text=True, start_new_session=leads, check=True
    )
    return ran.stdout.splitlines()


def test_it_gives_way():
    assert int(told(leads=True)[0]) >= NICENESS


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="cores are not shared by sessions here")
def test_so_does_the_session_that_it_leads_and_no_other():
    assert told(leads=True)[1].endswith(f"nice {NICENESS}")
    assert not told(leads=False)[1].endswith(f"nice {NICENESS}")
