"""The process that makes suggestions, while the database or the link to it is killed or hangs."""

import os
import signal
import time

import psycopg
import pytest

from tests.benchmarks.candidate import FastCandidate
from tests.faults.site import Site
from tests.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]

RECOVERY, SLACK = 10, 10
UNREAD = (
    "SELECT count(*) FROM attempts_answer"
    " WHERE engine = '' AND closed_at IS NOT NULL AND text <> ''"
)


@pytest.fixture(scope="module")
def site():
    site = Site()
    try:
        site.start()
        site.make_suggestions()
        assert wait_until(lambda: count(site, "SELECT count(*) FROM attempts_scorerseen"), 60)
        yield site
    finally:
        site.stop()


def count(site: Site, statement: str) -> int:
    """Past the proxy; at least one while there is no database."""
    try:
        with psycopg.connect(site.url) as connection:
            return connection.execute(statement).fetchone()[0]
    except psycopg.OperationalError:
        return 1


def finish_an_interview(site: Site) -> None:
    candidate = FastCandidate(site.port)
    candidate.start()
    candidate.submit()
    candidate.autosave()
    candidate.browser.post("finish", f"{candidate.url}finish/", {"confirmed": "1"})
    candidate.browser.close()


def hang(site: Site) -> None:
    site.database_proxy.hang()
    time.sleep(12)
    site.database_proxy.flow()


@pytest.mark.parametrize(
    "fault",
    [Site.kill_database, hang, lambda site: site.cut(site.database_proxy, 3)],
    ids=["the database is killed", "the link hangs", "the link is cut"],
)
def test_what_waits_is_read_soon_after(site, fault):
    finish_an_interview(site)
    fault(site)
    assert wait_until(lambda: not count(site, UNREAD), RECOVERY + SLACK), site.log_tail()
    assert wait_until(lambda: site.health() == 200, 20)
    finish_an_interview(site)
    assert wait_until(lambda: not count(site, UNREAD), RECOVERY), site.log_tail()
    assert site.scorer.poll() is None
    assert "Traceback" not in site.log_tail()


def test_a_killed_process_is_followed_by_another(site):
    os.kill(site.scorer.pid, signal.SIGKILL)
    site.scorer.wait()
    finish_an_interview(site)
    assert count(site, UNREAD) == 2
    site.make_suggestions()
    assert wait_until(lambda: not count(site, UNREAD), 45), site.log_tail()
