"""What a save, a question and the pages cost the server, beside bare Django and psycopg alone."""

import json

import pytest

from tests.benchmarks import table
from tests.faults.site import Site

BARE = {
    "autosave": ("one UPDATE, which asks nobody who they are", ", bare, of anybody", 1.5),
    "autosave ": ("one UPDATE of who asks", ", bare", 1.5),
    "show question": ("one SELECT, a template of the same size", ", bare", 2),
    "result": ("one SELECT", ", bare", None),
    "home": ("one SELECT", ", bare", None),
    "history": ("one SELECT", ", bare", None),
}


@pytest.fixture(scope="module")
def site():
    site = Site("tests.benchmarks.settings", "tests.benchmarks.wsgi", proxied=False)
    try:
        site.prepare()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="module")
def measured(site):
    return json.loads(site.run("tests.benchmarks.costs", seconds=900))


@pytest.mark.parametrize("who", ["guest", "user"])
@pytest.mark.parametrize("what", BARE)
def test_costs(measured, what, who):
    beside, name, most = BARE[what]
    steps = measured["steps"]
    ours, bare = steps[f"{what.strip()}, {who}"], steps[f"{what.strip()}, {who}{name}"]
    raw = measured["raw"] if what.startswith("autosave") else None
    named = f"{what.strip()} of a {who}, beside {beside}"
    line = table.add(f"{named}: CPU", ours["cpu"], bare=bare["cpu"], raw=raw, at_most=most)
    table.add(f"{named}: calls", ours["calls"], unit="", bare=bare["calls"], at_most=most)
    # Twice its target means that something is wrong, whatever else the machine does.
    assert most is None or line.compared <= 2 * most


def test_calls_of_a_whole_interview(site):
    found = json.loads(site.run("tests.benchmarks.calls"))
    print(f"\n\n{'step':<24}{'times':>6}{'calls':>10}{'bare Django':>13}")
    for step, ours in found["ours"].items():
        bare = found["bare"][step]["median"]
        print(f"{step:<24}{ours['times']:>6}{ours['median']:>10,.0f}{bare:>13,.0f}")
    ours, bare = (sum(each["sum"] for each in found[name].values()) for name in ("ours", "bare"))
    table.add("a whole interview: calls", ours, unit="", bare=bare)
