"""What it costs others that answers are read before they are submitted; `make bench` prints it.

Twenty candidates submit at the same moment, while others type: how long their saves take then, and
how long without. For comparison the same submits in an interview that asks nothing back, whose
answers a thread of the server's process reads afterwards.
"""

import os
import threading
import time

import pytest

from attempts.scoring_process.process import ScoringProcess
from questions.models import Question
from tests.benchmarks.candidate import FastCandidate
from tests.benchmarks.test_load import TICKS, at_once, close_browsers, times
from tests.faults.site import Site, children

SAVERS, SUBMITTERS = 8, 20
PAUSE = 0.05  # between two saves of one person
SECONDS = 4  # of saves, in which the others submit
MOST_TIMES = 4
"""The p95 of saves while answers are read, in those of the same time without."""


@pytest.fixture(scope="module")
def site():
    site = Site("tests.benchmarks.settings", "tests.benchmarks.wsgi", proxied=False)
    try:
        site.start()
        site.run("tests.benchmarks.asking_bank")
        yield site
    finally:
        site.stop()


def test_saves_of_others_while_answers_are_read(site):
    measured = {
        "nobody submits": measure(site, None),
        "read in a process of its own": measure(site, "asking"),
        "read in a thread, afterwards": measure(site, "not-asking"),
    }

    print(f"\n\n{SAVERS} candidates save, {SUBMITTERS} submit at the same moment")
    print(f"{'':<32}{'step':<10}{'count':>7}{'p50 ms':>9}{'p95':>8}{'p99':>8}{'asked':>7}")
    for title, (saves, submits, asked) in measured.items():
        print(f"{title:<32}{'autosave':<10}{len(saves):>7}{times(saves)}")
        if submits:
            print(f"{'':<32}{'submit':<10}{len(submits):>7}{times(submits)}{asked:>7}")
    for pid in scorers(site):
        print(f"process {pid}: {memory_mb(pid):.0f} MB of its own, {cpu(pid):.2f} s of CPU so far")

    exchanges = [e for saves, submits, _ in measured.values() for e in [*saves, *submits]]
    assert not [e for e in exchanges if e.status is None or e.status >= 400]
    assert max(e.ended - e.began for e in measured["read in a process of its own"][1]) < 4
    without, reading = (p95(measured[title][0]) for title in list(measured)[:2])
    assert reading <= MOST_TIMES * without


def measure(site: Site, slug: str | None):
    """The saves and the submits, as their senders saw them, and how many follow-ups came."""
    savers = [FastCandidate(site.port) for _ in range(SAVERS)]
    submitters = [FastCandidate(site.port) for _ in range(SUBMITTERS if slug else 0)]
    for candidate in savers:
        candidate.start()
    for candidate in submitters:
        candidate.start(slug)
    time.sleep(2)  # what was begun in advance is ready, as when somebody has written an answer
    until = time.monotonic() + SECONDS
    barrier = threading.Barrier(max(1, len(submitters)))
    at_once(
        [lambda c=candidate: save_on(c, until) for candidate in savers]
        + [lambda c=candidate: submit(c, barrier) for candidate in submitters]
    )
    close_browsers([*savers, *submitters])
    asked = sum(candidate.position == 2 for candidate in submitters) if slug == "asking" else 0
    saves = [e for c in savers for e in c.exchanges if e.step == "autosave"]
    return saves, [e for c in submitters for e in c.exchanges if e.step == "submit"], asked


def save_on(candidate: FastCandidate, until: float) -> None:
    while time.monotonic() < until:
        candidate.autosave()
        time.sleep(PAUSE)


def submit(candidate: FastCandidate, barrier: threading.Barrier) -> None:
    barrier.wait(30)
    time.sleep(0.5)
    candidate.submit()


def p95(exchanges) -> float:
    return float(times(exchanges).split()[1])


# --- the process ----------------------------------------------------------------------------


def scorers(site: Site) -> list[int]:
    return [pid for worker in site.workers() for pid in children(worker)]


def memory_mb(pid: int) -> float:
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        kinds = dict(line.split()[:2] for line in list(rollup)[1:])
    return (int(kinds["Private_Clean:"]) + int(kinds["Private_Dirty:"])) / 1024


def cpu(pid: int) -> float:
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@pytest.mark.django_db
def test_cpu_of_reading_an_answer():
    """Each question of the core bank, prepared, with its example: a long answer."""
    from django.core.management import call_command

    from attempts.asking.scorer import _task
    from attempts.scoring_process.messages import Said

    call_command("seed_questions")
    process = ScoringProcess()
    spent = []
    try:
        for question in Question.objects.published().select_related("current_version"):
            version = question.current_version
            for text in ("", version.example_answer):
                task = _task(version, [Said(asked=version.prompt, text=text)])
                before = cpu(process.pid) if process.pid else 0
                assert process.find(task, 30)
                spent += [cpu(process.pid) - before] if text else []
        megabytes = memory_mb(process.pid)
    finally:
        process.stop()
    spent.sort()
    high = spent[int(0.95 * len(spent))]
    print(f"\n\nCPU of reading an answer: p50 {spent[len(spent) // 2]:.3f} s, p95 {high:.3f} s")
    print(f"memory of the process: {megabytes:.0f} MB of its own; {os.cpu_count()} cores")
    assert high <= 0.3
