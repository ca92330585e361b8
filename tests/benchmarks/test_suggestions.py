"""What it costs those who type that finished interviews are scored, and what their candidates see;
`make bench` prints it.

Twenty candidates finish, and the process beside the server reads their answers while others type.
In turn, so that other work of the machine slows all rounds alike.
"""

import time

import psycopg
import pytest

from tests.benchmarks import table
from tests.benchmarks.candidate import FastCandidate
from tests.benchmarks.test_follow_ups import cpu, memory_mb, save_on
from tests.benchmarks.test_load import at_once, close_browsers, processor_seconds, times
from tests.faults.site import Site
from tests.waiting import wait_until

SAVERS, FINISHERS, ANSWERS = 8, 20, 5
ROUNDS, SECONDS = 3, 4
WAITING = (
    "SELECT count(*) FROM attempts_answer"
    " WHERE engine = '' AND closed_at IS NOT NULL AND text <> ''"
)


@pytest.fixture(scope="module")
def site():
    site = Site("tests.benchmarks.settings", "tests.benchmarks.wsgi", proxied=False)
    try:
        site.start()
        site.run("tests.benchmarks.asking_bank")
        site.make_suggestions()
        assert wait_until(lambda: read(site, "SELECT count(*) FROM attempts_scorerseen"), 60)
        yield site
    finally:
        site.stop()


def read(site: Site, statement: str) -> int:
    with psycopg.connect(site.url) as connection:
        return connection.execute(statement).fetchone()[0]


def at_rest(site: Site) -> bool:
    return wait_until(lambda: not read(site, WAITING), 300)


def test_saves_of_others_while_interviews_are_scored(site):
    savers = [FastCandidate(site.port) for _ in range(SAVERS)]
    for candidate in savers:
        candidate.start()
    rest, scored, left = [], [], []
    cpu_of = {"rest": 0.0, "scored": 0.0}
    for _ in range(ROUNDS):
        assert at_rest(site)
        before = processor_seconds(site)
        rest += saves(savers)
        cpu_of["rest"] += processor_seconds(site) - before
        finish_all(site)
        before = processor_seconds(site)
        scored += saves(savers)
        cpu_of["scored"] += processor_seconds(site) - before
        left.append(read(site, WAITING))
    close_browsers(savers)

    print(f"\n\n{SAVERS} candidates save, while {FINISHERS} interviews are scored and without")
    print(f"{'':<24}{'count':>7}{'p50 ms':>9}{'p95':>8}{'p99':>8}")
    print(f"{'nothing is scored':<24}{len(rest):>7}{times(rest)}")
    print(f"{'answers are read':<24}{len(scored):>7}{times(scored)}; left after it: {left}")
    of_rest, of_scored = 1000 * cpu_of["rest"] / len(rest), 1000 * cpu_of["scored"] / len(scored)
    print(f"CPU of the server, ms for a save: {of_rest:.2f} and {of_scored:.2f}")
    pid = site.scorer.pid
    print(f"the process that reads: {memory_mb(pid):.0f} MB of its own, {cpu(pid):.2f} s of CPU")
    p50, p95 = (column(scored, i) / column(rest, i) for i in (0, 1))
    table.add("autosave p50 while 20 interviews are scored", column(scored, 0), ratio=p50)
    table.add(
        "autosave p95 while 20 interviews are scored", column(scored, 1), ratio=p95, at_most=1.3
    )
    assert not [e for e in [*rest, *scored] if e.status != 200]
    assert min(left) > 0, "there must be something to read all the time"


def finish_all(site: Site) -> None:
    """Twenty interviews of some answers are finished, and nothing else is on its way."""
    candidates = [FastCandidate(site.port) for _ in range(FINISHERS)]
    for candidate in candidates:
        candidate.start("whole")
        for _ in range(ANSWERS - 1):
            candidate.submit()
        candidate.autosave()
    at_once([lambda c=candidate: finish(c) for candidate in candidates])
    close_browsers(candidates)


def finish(candidate: FastCandidate) -> None:
    candidate.browser.post("finish", f"{candidate.url}finish/", {"confirmed": "1"})


def saves(savers: list[FastCandidate]):
    """The saves of some seconds."""
    for candidate in savers:
        candidate.exchanges.clear()
    until = time.monotonic() + SECONDS
    at_once([lambda c=candidate: save_on(c, until) for candidate in savers])
    return [e for candidate in savers for e in candidate.exchanges if e.step == "autosave"]


def column(exchanges, index: int) -> float:
    return float(times(exchanges).split()[index])


def test_what_the_first_view_of_a_result_has(site):
    """One candidate after the other, as on a quiet evening; then twenty at the same moment."""
    assert at_rest(site)
    one_by_one = [seen for _ in range(10) for seen in finish_together(site, 1)]
    at_the_same_moment = finish_together(site, FINISHERS)
    for title, seen in (("one by one", one_by_one), ("20 at once", at_the_same_moment)):
        share = 100 * sum(seen) / len(seen)
        print(f"\nresults complete at first view, {title}: {share:.0f} % of {len(seen)}")
        table.add(f"results complete at first view, {title}", share, unit="%")


def finish_together(site: Site, count: int) -> list[bool]:
    """For each candidate whether the first view of the result had everything."""
    candidates, seen = [FastCandidate(site.port) for _ in range(count)], []
    for candidate in candidates:
        candidate.start("not-asking")
    at_once([lambda c=candidate: finish_and_read(c, seen) for candidate in candidates])
    close_browsers(candidates)
    assert at_rest(site)
    return seen


def finish_and_read(candidate: FastCandidate, seen: list[bool]) -> None:
    """With per-question timing the last submit ends the interview."""
    for _ in range(ANSWERS - 1):
        candidate.submit()
    candidate.browser.htmx("submit", f"{candidate.url}submit/", candidate._form(""))
    reply = candidate.browser.get("review", f"{candidate.url}review/")
    seen.append('id="waiting"' not in reply.text)
