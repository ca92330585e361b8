"""A process that computes gives way to those that answer people."""

import contextlib
import os
from pathlib import Path

AUTOGROUP = Path("/proc/self/autogroup")


def give_way(niceness: int) -> None:
    """Take the less of a core that others want, the higher the niceness.

    Linux may share cores among sessions first, and look at niceness only within each. So a process
    that leads a session lowers its whole session too.
    """
    os.nice(niceness)
    if os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError):  # another system, or it does not share so
            AUTOGROUP.write_text(str(niceness))
