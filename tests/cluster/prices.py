"""What it costs a commit to wait for the replica."""

import statistics
import time

import psycopg

COMMITS = 300
LEVELS = {
    "local": "its own disk",
    "remote_write": "the replica has received it",
    "on": "the replica's disk",
    "remote_apply": "the replica shows it",
}


def price_of_waiting(url: str) -> str:
    """A table: ms for a commit of one short row, by what it waits for. Rounds in turn."""
    spans: dict[str, list[float]] = {level: [] for level in LEVELS}
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("CREATE TABLE price (id int PRIMARY KEY, text text)")
        link.execute("INSERT INTO price VALUES (1, '')")
        for number in range(COMMITS):
            for level, taken in spans.items():
                link.execute(f"SET synchronous_commit = {level}")
                began = time.monotonic()
                link.execute("UPDATE price SET text = repeat('a', 1000) || %s", [number])
                taken.append(1000 * (time.monotonic() - began))
        link.execute("DROP TABLE price")
    lines = [f"{'synchronous_commit':<20}{'waits for':<30}{'p50 ms':>8}{'p95':>8}"]
    for level, taken in spans.items():
        cuts = statistics.quantiles(taken, n=20)
        lines.append(f"{level:<20}{LEVELS[level]:<30}{cuts[9]:>8.2f}{cuts[18]:>8.2f}")
    return "\n".join(lines)
