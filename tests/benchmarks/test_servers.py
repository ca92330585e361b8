"""gunicorn beside granian: how long people wait, what a request costs, and what a reload does.

make bench ARGS="-k servers". The rounds are interleaved, so that what else the machine does slows
all alike. Skipped where granian is not installed, for the site does not need it:
.venv/bin/pip install --no-deps granian click
"""

import contextlib
import os
import socket
import statistics
import threading
import time

import pytest

from tests.benchmarks.candidate import FastCandidate
from tests.benchmarks.servers import HAS_C_PARSER, HAS_GRANIAN, Kind, Served
from tests.faults.browser import Browser, Exchange
from tests.faults.proxy import HOST
from tests.faults.site import Site

CANDIDATES = 8
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SAVES, PAGES = 50, 25  # of each candidate in a round
GREETINGS = 1_000
SLOW = 100  # clients that send half a header

SERVERS = ("gunicorn", *(["gunicorn, C"] if HAS_C_PARSER else []), "granian")
BESIDE = [Kind(name, *size) for size in ((1, 16), (2, 8)) for name in SERVERS]
SETTINGS = [Kind("gunicorn", workers, threads) for workers in (1, 2, 4) for threads in (4, 8, 16)]
COLUMNS = ("autosave", "autosave, new links", "show question")

pytestmark = pytest.mark.skipif(not HAS_GRANIAN, reason="granian is not installed")


@pytest.fixture(scope="module")
def site():
    site = Site(proxied=False)
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.mark.parametrize("kinds", [BESIDE, SETTINGS], ids=["beside granian", "settings"])
def test_servers(site, kinds):
    measured = {kind: {name: ([], []) for name in COLUMNS} for kind in kinds}
    for _ in range(ROUNDS):
        for kind in kinds:
            with running(kind, site) as server:
                for name, (waits, costs) in measured[kind].items():
                    some, cost = load(server, name)
                    waits += some
                    costs.append(cost)
    print(f"\n\n{CANDIDATES} candidates at once, {ROUNDS} rounds, interleaved")
    heads = "".join(f"{name + ': p50':>26}{'p99 ms':>8}{'CPU ms':>8}" for name in COLUMNS)
    print(f"{'workers × threads':<20}{heads}")
    for kind, columns in measured.items():
        cells = "".join(
            f"{quantile(waits, 50):>26.1f}{quantile(waits, 99):>8.1f}"
            f"{statistics.median(costs):>8.2f}"
            for waits, costs in columns.values()
        )
        print(f"{kind!s:<20}{cells}")


@pytest.fixture
def no_database():
    site = Site(proxied=False)
    site.url = "postgresql://nobody@127.0.0.1:9/none"
    yield site
    site.stop()


def test_servers_by_themselves(no_database):
    """CPU of the server alone, for an application that does nothing: the steadiest of these."""
    measured = {(kind, kept): [] for kind in BESIDE for kept in (True, False)}
    for _ in range(ROUNDS):
        for kind in BESIDE:
            server = Served(kind, no_database, "tests.benchmarks.hello")
            try:
                for kept in (True, False):
                    greet(server, 200, kept=kept)
                    cpu = server.processor_seconds()
                    greet(server, GREETINGS, kept=kept)
                    spent = server.processor_seconds() - cpu
                    measured[kind, kept].append(1000 * spent / (4 * GREETINGS))
            finally:
                server.stop()
    print(f"\n\n{'server alone':<20}{'CPU ms, kept links':>20}{'new links':>12}")
    for kind in BESIDE:
        medians = [statistics.median(measured[kind, kept]) for kept in (True, False)]
        print(f"{kind!s:<20}{medians[0]:>20.3f}{medians[1]:>12.3f}")


def greet(server: Served, times: int, *, kept: bool) -> None:
    """Four clients at once. kept: each keeps its connection."""

    def act():
        browser = Browser(HOST, server.port)
        for _ in range(times):
            assert browser.post("hello", "/", {"text": "x" * 1000}).status == 200
            if not kept:
                browser.close()
        browser.close()

    at_once([act] * 4)


def test_servers_with_slow_clients_and_at_a_reload(site):
    heads = f"{'failed':>8}{'p50 ms':>8}{'p99':>9}{'longest':>9}"
    print(f"\n\nSaves with {SLOW} slow clients, and saves while the server reloads")
    print(f"{'workers × threads':<20}{'slow: saves':>16}{heads}{'reload: saves':>16}{heads}")
    for kind in BESIDE:
        with running(kind, site) as server:
            slow = saved(server, lambda server: slow_clients(server.port), seconds=15)
        with running(kind, site) as server:
            at_reload = saved(server, reloading, seconds=12)
        print(f"{kind!s:<20}{row(slow)}{row(at_reload)}")


@contextlib.contextmanager
def running(kind: Kind, site: Site):
    server = Served(kind, site)
    try:
        load(server, "show question", times=5)  # imports, templates, connections
        yield server
    finally:
        server.stop()


def load(server: Served, name: str, *, times: int = 0, seconds: float = 60):
    """Waiting times in ms, and ms of CPU a request."""
    candidates = [FastCandidate(server.port) for _ in range(CANDIDATES)]
    for candidate in candidates:
        candidate.start()
    step = name.partition(",")[0]
    until = time.monotonic() + seconds

    def act(candidate):
        for _ in range(times or (PAGES if step == "show question" else SAVES)):
            if time.monotonic() > until:
                return
            candidate.autosave() if step == "autosave" else candidate.show_question()
            if "new links" in name:  # as nginx asks
                candidate.browser.close()

    before = [len(candidate.exchanges) for candidate in candidates]
    cpu = server.processor_seconds()
    at_once([lambda c=candidate: act(c) for candidate in candidates])
    cpu = server.processor_seconds() - cpu
    done = [e for c, n in zip(candidates, before, strict=True) for e in c.exchanges[n:]]
    for candidate in candidates:
        candidate.browser.close()
    assert not [e for e in done if e.failed]
    return [1000 * (e.ended - e.began) for e in done], 1000 * cpu / len(done)


def row(exchanges: list[Exchange]) -> str:
    spans = [1000 * (e.ended - e.began) for e in exchanges]
    failed = sum(e.failed for e in exchanges)
    waits = f"{quantile(spans, 50):>8.1f}{quantile(spans, 99):>9.1f}{max(spans):>9.1f}"
    return f"{len(spans):>16}{failed:>8}{waits}"


def saved(server: Served, happening, seconds: float) -> list[Exchange]:
    """The saves of all candidates while something happens to the server. Each save is its own
    connection, as behind nginx, and none is sent again."""
    candidates = [FastCandidate(server.port) for _ in range(CANDIDATES)]
    for candidate in candidates:
        candidate.start()
        candidate.browser.close()
        candidate.exchanges.clear()
    until = time.monotonic() + seconds

    def act(candidate):
        while time.monotonic() < until:
            with contextlib.suppress(AttributeError):  # no reply; recorded
                candidate.autosave()
            candidate.browser.close()
            time.sleep(0.05)

    with happening(server):
        at_once([lambda c=candidate: act(c) for candidate in candidates])
    return [e for candidate in candidates for e in candidate.exchanges]


@contextlib.contextmanager
def reloading(server: Served):
    timer = threading.Timer(1, server.reload)
    timer.start()
    yield


@contextlib.contextmanager
def slow_clients(port: int):
    with contextlib.ExitStack() as stack:
        for _ in range(SLOW):
            link = stack.enter_context(socket.create_connection((HOST, port), timeout=5))
            link.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        time.sleep(0.5)
        yield


def at_once(jobs) -> None:
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()


def quantile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
