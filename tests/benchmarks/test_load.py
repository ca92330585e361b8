"""How many requests the site can serve, and what each costs; `make bench` prints it.

Everything runs on this machine: gunicorn with two workers, Postgres with its durable settings,
and the candidates, who take processor time too. CPU is that of gunicorn's workers alone.
"""

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.benchmarks import many_attempts, table
from tests.benchmarks.candidate import FastCandidate
from tests.faults.browser import Exchange
from tests.faults.site import Site

CANDIDATES = 8
TAKERS, INTERVIEWS = 16, 2
ROUNDS, REQUESTS = 3, 250
STEPS = (
    *("home", "interview", "start", "show question", "autosave", "read clock", "submit"),
    *("before finish", "finish", "review", "history"),
)
BARE = "one UPDATE on bare Django"
TARGET = 1.5  # the CPU time of an autosave, in bare views
OF_BARE = 0.7  # the target of requests a second, as a share of bare Django's
LIMIT = 3  # above this something is wrong
TICKS = os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def site():
    site = Site("tests.benchmarks.settings", "tests.benchmarks.wsgi", proxied=False)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def test_whole_interviews(site):
    """The site and bare Django in turn, so that other work of the machine slows both alike."""
    rounds = [(take_interviews(site), take_interviews(site, "/bare")) for _ in range(ROUNDS)]
    ours, bare = (
        statistics.median(len(exchanges) / took for took, exchanges in of_one)
        for of_one in zip(*rounds, strict=True)
    )
    took, exchanges = rounds[-1][0]
    print(f"\n\n{TAKERS} candidates at once, {TAKERS * INTERVIEWS} interviews in {took:.1f} s")
    print(f"{'step':<15}{'count':>7}{'per s':>8}{'p50 ms':>9}{'p95':>8}{'p99':>8}")
    for step in STEPS:
        mine = [e for e in exchanges if e.step == step]
        print(f"{step:<15}{len(mine):>7}{len(mine) / took:>8.1f}{times(mine)}")
    what = f"whole interviews of {TAKERS} candidates"
    table.add(what, ours, unit="requests/s", bare=bare, at_least=OF_BARE)


def take_interviews(site: Site, prefix: str = "") -> tuple[float, list[Exchange]]:
    """Seconds, and every exchange, until all candidates have taken their interviews."""
    candidates = [FastCandidate(site.port, prefix) for _ in range(TAKERS)]

    def take_all(candidate):
        for _ in range(INTERVIEWS):
            candidate.take_interview()

    took = at_once([lambda c=candidate: take_all(c) for candidate in candidates])
    close_browsers(candidates)
    exchanges = [exchange for candidate in candidates for exchange in candidate.exchanges]
    assert not [e for e in exchanges if e.status is None or e.status >= 400]
    return took, exchanges


def test_cost_of_an_autosave_and_of_showing_a_question(site):
    candidate = FastCandidate(site.port)
    candidate.start()
    close_browsers([candidate])
    few = costs(site)
    with psycopg.connect(site.url) as connection:
        many_attempts.add(connection.cursor(), candidate.url.split("/")[-2])
    many = costs(site)

    print(f"\n\nOne step at a time, {CANDIDATES} candidates, {ROUNDS} × {REQUESTS} requests each")
    print(f"{'step':<60}{'per s':>8}{'p50 ms':>9}{'p95':>8}{'p99':>8}{'CPU ms':>9}{'ratio':>8}")
    for title, measured in (("", few), (f", {many_attempts.SIZE:,} attempts more", many)):
        for step, (rate, spread, cpu) in measured.items():
            print(f"{step + title:<60}{rate:>8.0f}{spread}{cpu:>9.2f}{ratio(measured, step):>8.2f}")

    # Ratios, because CPU time itself depends on what else the machine does.
    assert ratio(many, "autosave") <= 1.5 * ratio(few, "autosave")
    assert ratio(many, "show question") <= 1.5 * ratio(few, "show question")
    dearest = max(ratio(few, "autosave"), ratio(many, "autosave"))
    for step, target in (("autosave", TARGET), ("show question", None)):
        cost, beside = few[step][2], few[BARE][2]
        table.add(f"{step}, CPU of gunicorn's workers", cost, bare=beside, at_most=target)
    assert dearest <= LIMIT


def ratio(measured: dict, step: str) -> float:
    """CPU time of a step, as a multiple of the bare view's."""
    return measured[step][2] / measured[BARE][2]


def costs(site: Site) -> dict[str, tuple[float, str, float]]:
    """Requests a second, latencies and CPU in ms a request, of each step by itself."""
    candidates = [FastCandidate(site.port) for _ in range(CANDIDATES)]
    for candidate in candidates:
        candidate.start()
    steps = {
        BARE: ("bare", FastCandidate.bare_update),
        "autosave": ("autosave", FastCandidate.autosave),
        "show question": ("show question", FastCandidate.show_question),
    }
    measured = {name: [] for name in steps}
    for _ in range(ROUNDS):  # in turn, so that other work of the machine slows all alike
        for name, (_, act) in steps.items():
            measured[name].append(measure(site, candidates, act))
    close_browsers(candidates)
    results = {}
    for name, (step, _) in steps.items():
        exchanges = [e for candidate in candidates for e in candidate.exchanges if e.step == step]
        took, cpu = (statistics.median(values) for values in zip(*measured[name], strict=True))
        results[name] = (REQUESTS / took, times(exchanges), 1000 * cpu / REQUESTS)
    return results


def close_browsers(candidates: list[FastCandidate]) -> None:
    for candidate in candidates:
        candidate.browser.close()


def measure(site: Site, candidates: list[FastCandidate], act: Callable) -> tuple[float, float]:
    """Seconds, and seconds of CPU of gunicorn's workers, for REQUESTS requests."""

    def repeat(candidate, times):
        for _ in range(times):
            act(candidate)

    share, rest = divmod(REQUESTS, len(candidates))
    jobs = [
        lambda c=candidate, n=share + (i < rest): repeat(c, n)
        for i, candidate in enumerate(candidates)
    ]
    before = processor_seconds(site)
    took = at_once(jobs)
    return took, processor_seconds(site) - before


def processor_seconds(site: Site) -> float:
    """CPU time of gunicorn's workers so far. Linux only."""
    total = 0
    for pid in site.workers():
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def at_once(jobs: list[Callable]) -> float:
    """Run jobs in threads, all at once; seconds until the last ended. Raises what they raise."""
    began = time.monotonic()
    with ThreadPoolExecutor(len(jobs)) as threads:
        for job in [threads.submit(job) for job in jobs]:
            job.result(timeout=240)
    return time.monotonic() - began


def times(exchanges) -> str:
    """p50, p95 and p99 of the senders' waiting times in ms, as three columns."""
    spans = [1000 * (e.ended - e.began) for e in exchanges]
    cuts = statistics.quantiles(spans, n=100, method="inclusive")
    return f"{cuts[49]:>9.1f}{cuts[94]:>8.1f}{cuts[98]:>8.1f}"
