"""Faults of the machine (hazards 35 to 38) against gunicorn, Postgres and real HTTP.

Only what was started here is killed here. The whole file ends by itself within three minutes.
"""

import re
import signal
import socket
import time

import pytest

from tests.faults.browser import Browser
from tests.faults.crowd import Crowd
from tests.faults.proxy import HOST
from tests.faults.site import Site
from tests.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]

DEADLINE = 170  # seconds for everything in this file
RECOVERY = 10
SLACK = 5  # on a machine that does other things too


@pytest.fixture(scope="module", autouse=True)
def deadline():
    """End this file even if something hangs."""

    def too_late(*_):
        raise TimeoutError(f"the fault tests did not end within {DEADLINE} s")

    before = signal.signal(signal.SIGALRM, too_late)
    signal.alarm(DEADLINE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def site(deadline):
    site = Site()
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def make_crowd(site):
    crowds = []

    def make(**options):
        crowds.append(Crowd(site, **options))
        return crowds[-1]

    yield make
    for crowd in crowds:
        crowd.stop()


def test_hazard_37_after_a_deploy_pages_that_are_still_open_get_their_files(site):
    browser = Browser(HOST, site.port)
    before = stylesheet(browser)
    old = browser.get("style", before)
    with open(site.static / "css" / "site.css", "a") as style:
        style.write(".of-the-next-release { color: red; }\n")

    site.run("tests.faults.prepare", "files")
    site.deploy()

    assert wait_until(lambda: stylesheet(browser) != before, RECOVERY + SLACK)
    assert browser.get("style", before).text == old.text
    assert ".of-the-next-release" in browser.get("style", stylesheet(browser)).text
    browser.close()


def stylesheet(browser: Browser) -> str:
    return re.search(r'href="(/static/bundles/pages\.[^"]+)"', browser.get("home", "/").text)[1]


def test_hazard_38_some_slow_clients_leave_others_alone(site):
    """One for each thread would block gunicorn; production has a proxy in front against that."""
    slow = [socket.create_connection((HOST, site.port)) for _ in range(4)]
    try:
        for client in slow:
            client.sendall(b"GET / HTTP/1.1\r\nHost: local")
        browser = Browser(HOST, site.port)
        assert browser.get("home", "/").status == 200
        assert site.health() == 200
        browser.close()
    finally:
        for client in slow:
            client.close()


def test_hazard_36_when_postgres_hangs_requests_end_and_the_site_recovers(site, make_crowd):
    crowd, browser = make_crowd(size=6, interviews=[("whole", True)]), Browser(HOST, site.port)
    style, observed = stylesheet(browser), {}
    crowd.start()

    def hang():
        site.database_proxy.hang()
        try:
            observed["file"] = browser.get("file", style).status
            began = time.monotonic()
            observed["health"] = site.health()
            observed["seconds"] = time.monotonic() - began
            observed["page"] = browser.get("home", "/")
        finally:
            site.database_proxy.flow()

    fault = crowd.cause("link to Postgres hangs", hang)
    crowd.finish(60)
    browser.close()
    health = f"{observed['health']} after {observed['seconds']:.1f} s"
    print(f"\n{crowd.report}\n  /readyz returned {health}")

    assert (observed["file"], observed["health"]) == (200, 503)
    assert observed["page"].status == 503
    assert observed["page"].headers["Retry-After"] == "60"
    # The answer comes before the page gives up by itself.
    # None: it gave up nevertheless, on a machine that does other things too.
    assert {e.status for e in crowd.exchanges if e.failed} <= {503, None}
    assert crowd.losses + crowd.surprises == []
    assert fault.recovery_seconds <= RECOVERY + SLACK


def test_hazard_35_no_acknowledged_text_is_lost_whatever_is_killed_or_cut(site, make_crowd):
    crowd = make_crowd()
    crowd.start()
    crowd.cause("both workers killed", site.kill_workers)
    crowd.cause("deploy", site.deploy)
    crowd.cause("Postgres killed", site.kill_database)
    crowd.cause("candidates' connections cut", lambda: site.cut(site.site_proxy, 1))
    crowd.cause("connections to Postgres cut", lambda: site.cut(site.database_proxy, 1))
    crowd.finish(60)
    print(f"\n{crowd.report}")

    assert crowd.losses == []
    assert crowd.surprises == []
    assert crowd.kept_texts == []
    assert crowd.unexplained == [], site.log_tail()
    assert [f for f in crowd.faults if f.recovery_seconds > RECOVERY + SLACK] == []
    assert crowd.acknowledged("autosave") > 10 * crowd.size
