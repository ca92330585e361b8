"""The sweep makes suggestions only where nobody else does."""

import time

from attempts.marking.queue.reading import read_waiting
from attempts.marking.queue.waiting import is_scorer_alive

ROUND_SECONDS = 5
"""How long a round of the sweep may take for it, which has attempts to end as well."""
ALONE_SECONDS = 120
"""How long no process that makes suggestions was there, so that the sweep makes them. A release
that starts all anew takes less."""


def catch_up(seconds: float = ROUND_SECONDS, *, asks_model: bool = True) -> int:
    """Suggest for answers that wait. Returns for how many.

    After so many seconds it begins no further answer.
    """
    until = time.monotonic() + seconds
    return read_waiting(lambda: time.monotonic() < until, asks_model=asks_model)


def catch_up_alone() -> None:
    """For each round of the sweep: suggest, unless a process for it is there.

    Without a model's server, which may be slow: the sweep must go on to end attempts.
    """
    if not is_scorer_alive(ALONE_SECONDS):
        catch_up(asks_model=False)
