"""Ending in good order when somebody stops a backup."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator

from quizsite.local.die_with_parent import end_with_parent

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def by_signals() -> Iterator[None]:
    """In this block SIGINT, SIGTERM and SIGHUP interrupt the work, which then removes its files."""
    for stop in SIGNALS:
        signal.signal(stop, _interrupt)
    if "MAKELEVEL" in os.environ:
        end_with_parent(os.getppid())
    try:
        yield
    except KeyboardInterrupt:
        sys.exit("\nStopped. Nothing was left half-done.")


def _interrupt(*_: object) -> None:
    for stop in SIGNALS:  # a second one must not interrupt the tidying
        signal.signal(stop, signal.SIG_IGN)
    raise KeyboardInterrupt
