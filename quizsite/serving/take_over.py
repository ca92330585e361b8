"""Takes the link for a new server once it is ready, then tells the old one to finish.

python -m quizsite.serving.take_over LINK OWN, as a child of the new server. Until the new one is
ready, the old one goes on, for as long as that takes: a release that lacks a migration never
serves. Where nobody answers, it takes the link as soon as it answers itself.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from quizsite.serving import sockets

LOOK_EVERY = 0.2
SETTLE_SECONDS = 2.0
"""Who found the old socket just before the link moved has been accepted by then."""


def main(link: Path, own: Path, server: int) -> None:
    """server: the pid of the new one. Ends when it does."""
    told = ""
    while os.getppid() == server:
        ready, answer = sockets.ask(own, "/readyz")
        if ready or (answer and not sockets.listens(link)):
            _take(link, own)
            return
        if answer and answer != told:
            told = answer
            print(f"The new server waits, and the old one goes on: {answer}", file=sys.stderr)
        time.sleep(LOOK_EVERY)


def _take(link: Path, own: Path) -> None:
    before = sockets.serving(link)
    sockets.point(link, own)
    if before is not None and before != own:
        time.sleep(SETTLE_SECONDS)
        old = sockets.server_behind(before)
        if old:  # else it is gone, or in another container, which is stopped from outside
            with contextlib.suppress(ProcessLookupError):  # killed, and its workers still listen
                os.kill(old, signal.SIGTERM)
    sockets.remove_stale(link)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), os.getppid())
