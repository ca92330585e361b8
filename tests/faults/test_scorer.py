"""The process that makes suggestions, while the database or the link to it is killed or hangs."""

import os
import signal
import time

import psycopg
import pytest

from attempts.marking.queue.claims import HOLDS_SECONDS
from tests.benchmarks.candidate import FastCandidate
from tests.faults.site import Site
from tests.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]

RECOVERY, SLACK = 10, 10
READING = 90
"""Seconds for two answers, each of which takes two on a quiet machine. The process gives way to all
others, so on a busy one that says nothing about the fault."""
UNREAD = (
    "SELECT count(*) FROM attempts_answer"
    " WHERE engine = '' AND closed_at IS NOT NULL AND text <> ''"
)

JUST_CLAIMED = (
    "SELECT count(*) FROM attempts_scorerclaim"
    " WHERE until > clock_timestamp() + make_interval(secs => %s)"
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


def count(site: Site, statement: str, *parameters: float) -> int:
    """Past the proxy; at least one while there is no database."""
    try:
        with psycopg.connect(site.url) as connection:
            return connection.execute(statement, parameters).fetchone()[0]
    except psycopg.OperationalError:
        return 1


def is_at_work(site: Site) -> bool:
    """Whether the process has just taken an answer, or there is none left."""
    return count(site, JUST_CLAIMED, HOLDS_SECONDS - 3) > 0 or not count(site, UNREAD)


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
    assert wait_until(lambda: site.health() == 200, 60), site.log_tail()
    assert wait_until(lambda: is_at_work(site), RECOVERY + SLACK), site.log_tail()
    # A claim whose reply was lost is nobody's, and has to end first.
    assert wait_until(lambda: not count(site, UNREAD), HOLDS_SECONDS + READING), site.log_tail()
    finish_an_interview(site)
    assert wait_until(lambda: is_at_work(site), RECOVERY), site.log_tail()
    assert wait_until(lambda: not count(site, UNREAD), READING), site.log_tail()
    assert site.scorer.poll() is None
    assert "Traceback" not in site.log_tail()


def test_a_killed_process_is_followed_by_another(site):
    os.kill(site.scorer.pid, signal.SIGKILL)
    site.scorer.wait()
    finish_an_interview(site)
    assert count(site, UNREAD) == 2
    site.make_suggestions()
    assert wait_until(lambda: not count(site, UNREAD), HOLDS_SECONDS + READING), site.log_tail()
