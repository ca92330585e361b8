"""A process that computes gives way to those that answer people."""

import contextlib
import os
from pathlib import Path

NICENESS = 10
"""Saves come first. Somebody waits for this too, so it keeps a tenth of a core that all want."""
AUTOGROUP = Path("/proc/self/autogroup")


def give_way() -> None:
    """Take a core only when nobody else wants it.

    Linux may share cores among sessions first, and look at niceness only within each. So a process
    that leads a session lowers its whole session too.
    """
    os.nice(NICENESS)
    if os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError):  # another system, or it does not share so
            AUTOGROUP.write_text(str(NICENESS))
