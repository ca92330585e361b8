"""Suggestions as the process that makes them would make them, for tests that look at results."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from attempts.marking.example_sentences import find_missing
from attempts.marking.queue.reading import read_waiting
from attempts.marking.queue.scorer import Scorer
from tests.waiting import wait_until


def make_suggestions() -> int:
    """One round of it, now and here. Returns for how many answers."""
    find_missing()
    return read_waiting()


@contextmanager
def scorer_at_work() -> Iterator[Scorer]:
    """What the process runs, in a thread of this one, with connections of its own. For tests with
    transaction=True, because it sees only what is committed."""
    scorer = Scorer()
    thread = threading.Thread(target=scorer.run)
    thread.start()
    try:
        assert wait_until(lambda: scorer.is_seen, 30)
        yield scorer
    finally:
        scorer.is_stopped = True
        thread.join(30)
        assert not thread.is_alive()
