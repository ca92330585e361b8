"""The process that scores, and what it does to others when it is broken, killed, slow or full."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from attempts import scoring
from attempts.scoring_process.child import NICENESS
from attempts.scoring_process.process import MOST_WAITING, Patience, ScoringProcess
from tests.attempts.scoring_process.tasks import EXAMPLE, PHRASINGS, POINTS, QUESTION, THIN, task

STAND_INS = "tests.attempts.scoring_process.stand_ins"
IMPATIENT = Patience(starts=1.0, answers=0.5, rests=0.0)


@contextmanager
def process(stand_in: str = "", patience: Patience | None = None):
    module = [f"{STAND_INS}.{stand_in}"] if stand_in else []
    started = ScoringProcess(*module, patience=patience or Patience())
    try:
        yield started
    finally:
        started.stop()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ends_within(pid: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_alive(pid)


def test_it_finds_what_the_engine_of_this_process_finds():
    with process() as scorer:
        found = scorer.find(task(THIN, EXAMPLE), 30)

    assert found["engine"] == scoring.engine_name()
    for text, points in zip((THIN, EXAMPLE), found["points"], strict=True):
        here = scoring.score(QUESTION, POINTS, EXAMPLE, text, phrasings=PHRASINGS)
        assert points == here["points"]


def test_it_runs_at_a_low_priority():
    with process() as scorer:
        assert scorer.find(task(THIN), 30)
        assert os.getpriority(os.PRIO_PROCESS, scorer.pid) > os.getpriority(os.PRIO_PROCESS, 0)
        of_session = Path(f"/proc/{scorer.pid}/autogroup")
        if of_session.exists():  # cores are shared by sessions here
            assert of_session.read_text().strip().endswith(f"nice {NICENESS}")


def test_what_was_prepared_in_advance_is_found_soon():
    with process() as scorer:
        scorer.get_ready(task(""))
        scorer.find(task(""), 30)  # comes after it
        began = time.monotonic()
        assert scorer.find(task(THIN), 30)
        assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("stand_in", ["hanging", "broken", "babbling"])
def test_who_asks_one_that_does_not_work_waits_no_longer_than_they_said(stand_in):
    with process(stand_in, IMPATIENT) as scorer:
        for _ in range(2):
            began = time.monotonic()
            assert scorer.find(task(THIN), 0.3) is None
            assert time.monotonic() - began < 1


def test_a_long_text_does_not_wait_for_one_that_reads_nothing():
    """More than fits into a socket that nobody reads from."""
    with process("hanging", IMPATIENT) as scorer:
        began = time.monotonic()
        assert scorer.find(task(*["word " * 4000] * 100), 0.3) is None
        assert time.monotonic() - began < 1


def test_one_that_hangs_is_ended_and_another_one_is_started():
    with process("hanging", IMPATIENT) as scorer:
        scorer.find(task(THIN), 0.3)
        first = scorer.pid
        assert ends_within(first, 5)
        scorer.find(task(THIN), 0.3)
        assert scorer.pid not in (None, first)


def test_one_that_was_killed_is_started_again():
    with process("counting") as scorer:
        first = scorer.find(task(THIN), 30)
        os.kill(scorer.pid, signal.SIGKILL)
        time.sleep(0.2)
        second = scorer.find(task(THIN), 30)
    assert None not in (first, second)
    assert first["engine"] != second["engine"]


def test_one_that_is_killed_while_somebody_waits_costs_this_answer_alone():
    with process("counting") as scorer, ThreadPoolExecutor(1) as threads:
        assert scorer.find(task(THIN), 30)
        waiting = threads.submit(scorer.find, task(THIN), 30)
        time.sleep(0.2)
        os.kill(scorer.pid, signal.SIGKILL)
        assert waiting.result(10) is None
        assert scorer.find(task(THIN), 30)


def test_one_that_never_answered_is_left_alone_for_a_while():
    with process("broken", Patience(rests=60)) as scorer:
        assert scorer.find(task(THIN), 30) is None
        began = time.monotonic()
        assert scorer.find(task(THIN), 30) is None
        assert (scorer.pid, time.monotonic() - began < 0.2) == (None, True)


def test_with_too_much_to_do_it_says_no_at_once_and_serves_the_first():
    with process("counting") as scorer, ThreadPoolExecutor(MOST_WAITING + 8) as threads:
        assert scorer.find(task(THIN), 30)
        began = time.monotonic()
        asked = [threads.submit(scorer.find, task(THIN), 1.2) for _ in range(MOST_WAITING + 8)]
        replies = [each.result(10) for each in asked]
        took = time.monotonic() - began
        assert scorer.find(task(THIN), 30), "nobody's answer is in the way of the next one"
    assert 1 <= sum(reply is not None for reply in replies) <= 3
    assert took < 2


def test_one_that_has_nothing_to_do_ends():
    with process("counting", Patience(idle=0.3)) as scorer:
        assert scorer.find(task(THIN), 30)
        assert ends_within(scorer.pid, 5)
        assert scorer.find(task(THIN), 30)


SERVER = """
from attempts.scoring_process.child import NICENESS
from attempts.scoring_process.process import ScoringProcess
from tests.attempts.scoring_process.tasks import THIN, task
import time
scorer = ScoringProcess()
scorer.find(task(THIN), 30)
print(scorer.pid, flush=True)
time.sleep(3600)
"""


def test_it_ends_with_the_process_of_the_server():
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    with server:
        pid = int(server.stdout.readline())
        assert is_alive(pid)
        server.kill()
    assert ends_within(pid, 5)


@pytest.fixture
def no_more_threads():
    """As where the machine has no memory for the stack of another one."""
    before = threading.stack_size(1 << 46)
    yield
    threading.stack_size(before)


def test_where_no_thread_can_be_started_nothing_is_found(no_more_threads):
    with process("counting") as scorer:
        assert [scorer.find(task(THIN), 1) for _ in range(2)] == [None, None]
        threading.stack_size(0)
        assert scorer.find(task(THIN), 30), "as soon as there is memory again"


def test_where_no_process_can_be_started_any_more_it_rests_as_well():
    with process("counting", Patience(rests=60)) as scorer:
        assert scorer.find(task(THIN), 30)
        os.kill(scorer.pid, signal.SIGKILL)
        time.sleep(0.2)
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, limit[1]))
        try:
            assert scorer.find(task(THIN), 5) is None
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limit)
        began = time.monotonic()
        assert scorer.find(task(THIN), 30) is None
        assert time.monotonic() - began < 0.2
