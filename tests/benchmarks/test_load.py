"""What the site bears, and what a request costs: `make bench` prints it.

Everything runs on this machine: gunicorn with two workers, Postgres with its durable settings,
and the players, who take processor time too. CPU is that of gunicorn's workers alone.
"""

import os
import statistics
import threading
import time
from collections.abc import Callable

import psycopg
import pytest

from tests.benchmarks import crowd
from tests.benchmarks.player import Player
from tests.faults.site import Site

PLAYERS = 8
GAMES = 4
ROUNDS, REQUESTS = 3, 250
STEPS = (
    *("home", "interview", "start", "show question", "autosave", "tick", "submit"),
    *("before finish", "finish", "review", "history"),
)
BARE = "one UPDATE, site's middleware"
TARGET = 2  # an autosave in bare views
MOST = 3  # from there on something is wrong
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
    players = [Player(site.port) for _ in range(PLAYERS)]

    def play(player):
        for _ in range(GAMES):
            player.play()

    took = at_once([lambda p=player: play(p) for player in players])
    exchanges = [exchange for player in players for exchange in player.exchanges]

    leave(players)

    print(f"\n\n{PLAYERS} players at once, {PLAYERS * GAMES} interviews in {took:.1f} s: ", end="")
    print(f"{len(exchanges) / took:.0f} requests/s in all")
    print(f"{'step':<15}{'count':>7}{'per s':>8}{'p50 ms':>9}{'p95':>8}{'p99':>8}{'errors':>8}")
    for step in STEPS:
        mine = [e for e in exchanges if e.step == step]
        wrong = sum(e.status is None or e.status >= 400 for e in mine)
        print(f"{step:<15}{len(mine):>7}{len(mine) / took:>8.1f}{times(mine)}{wrong:>8}")
    assert not [e for e in exchanges if e.status is None or e.status >= 400]


def test_cost_of_an_autosave_and_of_showing_a_question(site):
    player = Player(site.port)
    player.start()
    leave([player])
    few = costs(site)
    with psycopg.connect(site.url) as connection:
        crowd.gather(connection.cursor(), player.url.split("/")[-2])
    many = costs(site)

    print(f"\n\nOne step at a time, {PLAYERS} players, {ROUNDS} × {REQUESTS} requests each")
    print(f"{'step':<60}{'per s':>8}{'p50 ms':>9}{'p95':>8}{'p99':>8}{'CPU ms':>9}{'ratio':>8}")
    for title, found in (("", few), (f", {crowd.SIZE:,} attempts more", many)):
        for step, (rate, spread, cpu) in found.items():
            print(f"{step + title:<60}{rate:>8.0f}{spread}{cpu:>9.2f}{ratio(found, step):>8.2f}")

    # Ratios, for CPU time itself depends on what else the machine does.
    assert ratio(many, "autosave") <= 1.5 * ratio(few, "autosave")
    assert ratio(many, "show question") <= 1.5 * ratio(few, "show question")
    dearest = max(ratio(few, "autosave"), ratio(many, "autosave"))
    print(f"autosave: {dearest:.2f} bare views, where {TARGET} is the target")
    assert dearest <= MOST


def ratio(found: dict, step: str) -> float:
    """CPU time of a step in that of the bare view."""
    return found[step][2] / found[BARE][2]


def costs(site: Site) -> dict[str, tuple[float, str, float]]:
    """Requests a second, latencies and CPU in ms a request, of each step by itself."""
    players = [Player(site.port) for _ in range(PLAYERS)]
    for player in players:
        player.start()
    steps = {
        "one UPDATE, no middleware": ("naked", Player.naked),
        BARE: ("bare", Player.bare),
        "autosave": ("autosave", Player.autosave),
        "show question": ("show question", Player.show),
    }
    measured = {name: [] for name in steps}
    for _ in range(ROUNDS):  # in turn, so that whatever else the machine does meets all alike
        for name, (_, act) in steps.items():
            measured[name].append(measure(site, players, act))
    leave(players)
    found = {}
    for name, (step, _) in steps.items():
        exchanges = [e for player in players for e in player.exchanges if e.step == step]
        took, cpu = (statistics.median(values) for values in zip(*measured[name], strict=True))
        found[name] = (REQUESTS / took, times(exchanges), 1000 * cpu / REQUESTS)
    return found


def leave(players: list[Player]) -> None:
    for player in players:
        player.browser.close()


def measure(site: Site, players: list[Player], act: Callable) -> tuple[float, float]:
    """Seconds, and seconds of CPU of gunicorn's workers, for REQUESTS requests."""

    def repeat(player, times):
        for _ in range(times):
            act(player)

    share, rest = divmod(REQUESTS, len(players))
    jobs = [lambda p=player, n=share + (i < rest): repeat(p, n) for i, player in enumerate(players)]
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
    """Run jobs in threads, all at once; seconds until the last one ended."""
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()
    return time.monotonic() - began


def times(exchanges) -> str:
    """p50, p95 and p99 of what the senders waited, in ms, as three columns."""
    spans = [1000 * (e.ended - e.began) for e in exchanges]
    cuts = statistics.quantiles(spans, n=100, method="inclusive")
    return f"{cuts[49]:>9.1f}{cuts[94]:>8.1f}{cuts[98]:>8.1f}"
