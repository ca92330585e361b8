"""A deploy that nobody notices: new servers answer before old ones go, behind nginx with TLS."""

import re
import time

import pytest

from quizsite.serving import sockets
from tests.faults.browser import Browser
from tests.faults.crowd import Crowd
from tests.faults.deployed import DeployedSite
from tests.faults.nginx import MISSING
from tests.faults.proxy import HOST
from tests.waiting import wait_until

END_SECONDS = 90  # gunicorn gives what a server has begun 60

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]


@pytest.fixture(scope="module")
def site():
    site = DeployedSite()
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def crowd(site):
    crowd = Crowd(site)
    yield crowd
    crowd.stop()


def stylesheet(browser: Browser) -> str:
    return re.search(r'href="(/static/bundles/pages\.[^"]+)"', browser.get("home", "/").text)[1]


def test_fifty_candidates_notice_nothing_of_two_deploys(site, crowd, request):
    browser = Browser(HOST, site.port, tls=True)
    request.addfinalizer(browser.close)
    sheets = [stylesheet(browser)]
    crowd.start()
    for number in (1, 2):
        crowd.cause(f"deploy {number}", lambda n=number: site.release(f".release-{n} {{ top: 0 }}"))
        # A connection that the proxy has kept leads to the old server for another second.
        assert wait_until(lambda: stylesheet(browser) not in sheets, 10)
        sheets.append(stylesheet(browser))
    crowd.finish(60)
    print(f"\n{crowd.report}\n{slowest(crowd)}")

    assert [e for e in crowd.exchanges if e.failed] == [], site.nginx.errors()
    assert crowd.losses + crowd.surprises + crowd.kept_texts == []
    old = site.servers[:-1]
    assert wait_until(lambda: all(server.poll() == 0 for server in old), END_SECONDS)
    assert site.servers[-1].poll() is None
    assert crowd.acknowledged("autosave") > 5 * crowd.size
    # Pages that were opened before a deploy still get their files.
    assert len(set(sheets)) == 3
    texts = [browser.get("file", sheet).text for sheet in sheets]
    assert [".release-1" in text for text in texts] == [False, True, True]
    assert [".release-2" in text for text in texts] == [False, False, True]


def slowest(crowd: Crowd) -> str:
    """The longest waits during the deploys and otherwise, in seconds."""
    during = [e for e in crowd.exchanges if any(fault.covers(e) for fault in crowd.faults)]
    other = [e for e in crowd.exchanges if e not in during]
    spans = [max((e.ended - e.began for e in some), default=0) for some in (during, other)]
    return f"  longest wait while deploying {spans[0]:.2f} s, otherwise {spans[1]:.2f} s"


def test_a_release_that_is_not_ready_never_serves(site):
    before, browser = sockets.serving(site.link), Browser(HOST, site.port, tls=True)
    site.start_server(SCORING_WEIGHTS_DIR="/nowhere")
    unready = site.servers.pop()
    try:
        until = time.monotonic() + 15
        while time.monotonic() < until and "waits" not in site.log_tail():
            assert browser.get("home", "/").status == 200
            time.sleep(0.2)
        assert "SCORING_WEIGHTS_DIR" in site.log_tail()
        assert sockets.serving(site.link) == before
        assert browser.get("home", "/").status == 200
    finally:
        unready.terminate()
        unready.wait(30)
        browser.close()
