"""Fifty candidates play across two copies of the site while its parts are killed.

`make test-cluster` runs it; it ends by itself. Only what was started here is killed here.
"""

import signal
import statistics
from itertools import pairwise

import pytest

from tests.cluster import nginx, pgbouncer
from tests.cluster.many import ManyMachines
from tests.cluster.prices import price_of_waiting
from tests.faults.crowd import Crowd, Fault
from tests.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]

DEADLINE = 240  # seconds for everything in this file, on a machine that does other things too
RECOVERY = 10
SLACK = 5


@pytest.fixture(scope="module", autouse=True)
def deadline():
    def too_late(*_):
        raise TimeoutError(f"the test did not end within {DEADLINE} s")

    before = signal.signal(signal.SIGALRM, too_late)
    signal.alarm(DEADLINE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def site(deadline):
    if nginx.PROGRAM is None or pgbouncer.PROGRAM is None:
        pytest.skip("nginx and PgBouncer are needed (Debian: apt install nginx-light pgbouncer)")
    site = ManyMachines()
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def crowd(site):
    crowd = Crowd(site, interviews=[("screening", True), ("whole", True)])
    yield crowd
    crowd.stop()


def test_the_price_of_waiting_for_the_replica(site):
    assert wait_until(site.replica_is_in_step, 20)
    print(f"\n{price_of_waiting(site.primary.url)}")


def test_every_acknowledged_save_is_there_whatever_is_killed(site, crowd):
    crowd.start()
    crowd.cause("a copy of the site killed", site.kill_copy)
    crowd.cause("PgBouncer killed", site.kill_bouncer)
    crowd.cause("replica killed", site.kill_replica)
    assert wait_until(site.replica_is_in_step, 20)
    crowd.cause("primary killed, replica promoted", site.fail_over)
    crowd.finish(60)
    print(f"\n{crowd.report}")
    for fault in crowd.faults:
        gaps = seconds_without_a_save(crowd, fault)
        print(
            f"  {fault.name:<34} seconds between two saves: median {statistics.median(gaps):.1f}, "
            f"longest {max(gaps):.1f}"
        )

    assert crowd.losses == []
    assert crowd.surprises == []
    assert crowd.unexplained == [], site.log_tail()
    assert [f for f in crowd.faults if f.recovery_seconds > RECOVERY + SLACK] == []
    assert crowd.acknowledged("autosave") > 5 * crowd.size


def seconds_without_a_save(crowd: Crowd, fault: Fault) -> list[float]:
    """For each candidate the longest time between two acknowledged saves around a fault."""
    longest = []
    for candidate in crowd.candidates:
        saved = [
            e.ended
            for e in candidate.exchanges
            if e.step in ("autosave", "submit") and not e.failed
        ]
        until = fault.recovered or float("inf")
        gaps = [b - a for a, b in pairwise(saved) if b > fault.began and a < until]
        longest.append(max(gaps, default=0.0))
    return longest
