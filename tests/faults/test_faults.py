"""Faults of the machine (hazards 35 to 38) against gunicorn, Postgres and real HTTP.

What is killed here was started here. The whole file ends by itself within three minutes.
"""

import re
import signal
import socket
import time

import pytest

from tests.faults.browser import Browser
from tests.faults.crowd import Crowd
from tests.faults.proxy import HOST
from tests.faults.site import Site, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]

DEADLINE = 170  # seconds for everything in this file
RECOVERY = 10
SLACK = 5  # for a machine that has other things to do


@pytest.fixture(scope="module", autouse=True)
def deadline():
    """Whatever hangs, this file ends."""

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
def new_hall(site):
    halls = []

    def make(**options):
        halls.append(Crowd(site, **options))
        return halls[-1]

    yield make
    for crowd in halls:
        crowd.empty()


def test_hazard_37_a_deploy_serves_the_files_of_pages_that_are_still_open(site):
    browser = Browser(HOST, site.port)
    before = stylesheet(browser)
    old = browser.get("style", before)
    with open(site.static / "css" / "site.css", "a") as style:
        style.write("/* of the next release */\n")

    site.run("tests.faults.prepare", "files")
    site.deploy()

    assert wait_until(lambda: stylesheet(browser) != before, RECOVERY + SLACK)
    assert browser.get("style", before).text == old.text
    assert "next release" in browser.get("style", stylesheet(browser)).text
    browser.close()


def stylesheet(browser: Browser) -> str:
    return re.search(r'href="(/static/css/site\.[^"]+)"', browser.get("home", "/").text)[1]


def test_hazard_38_some_slow_clients_leave_others_alone(site):
    """As many as there are threads would block gunicorn: for those the proxy stands in front."""
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


def test_hazard_36_a_hanging_link_to_postgres_ends_requests_and_passes(site, new_hall):
    crowd, browser = new_hall(size=6, interviews=[("whole", True)]), Browser(HOST, site.port)
    style, seen = stylesheet(browser), {}
    crowd.open()

    def hang():
        site.database_link.hang()
        try:
            seen["file"] = browser.get("file", style).status
            began = time.monotonic()
            seen["health"] = site.health()
            seen["took"] = time.monotonic() - began
            seen["page"] = browser.get("home", "/")
        finally:
            site.database_link.flow()

    fault = crowd.suffer("link to Postgres hangs", hang)
    crowd.close(60)
    browser.close()
    print(f"\n{crowd.report}\n  /healthz said {seen['health']} after {seen['took']:.1f} s")

    assert (seen["file"], seen["health"]) == (200, 503)
    assert seen["page"].status == 503
    assert "The site can't reach its database" in seen["page"].text
    # The page hears of it before it gives up by itself.
    # None: the client had no more patience, on a machine that does other things too.
    assert {e.status for e in crowd.exchanges if e.failed} <= {503, None}
    assert crowd.losses + crowd.oddities == []
    assert fault.took <= RECOVERY + SLACK


def test_hazard_35_whatever_is_killed_or_cut_no_acknowledged_save_or_submit_is_lost(site, new_hall):
    crowd = new_hall()
    crowd.open()
    crowd.suffer("both workers killed", site.kill_workers)
    crowd.suffer("deploy", site.deploy)
    crowd.suffer("Postgres killed", site.kill_database)
    crowd.suffer("candidates' connections cut", lambda: site.cut(site.front, 1))
    crowd.suffer("connections to Postgres cut", lambda: site.cut(site.database_link, 1))
    crowd.close(60)
    print(f"\n{crowd.report}")

    assert crowd.losses == []
    assert crowd.oddities == []
    assert crowd.kept == []
    assert crowd.unexplained == [], site.last_words()
    assert {fault.name: fault.took for fault in crowd.faults if fault.took > RECOVERY + SLACK} == {}
    assert crowd.acknowledged("autosave") > 10 * crowd.size
