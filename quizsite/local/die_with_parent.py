"""Run a module that ends with its parent: python -m quizsite.local.die_with_parent PID MODULE ...

The module gets SIGTERM once its parent is no longer the process PID. So the processes that
`start` started end even if `start` itself was killed.

It checks twice a second who its parent is, because that works on every system and for every parent.
PR_SET_PDEATHSIG exists on Linux only, and fires when the thread of the parent ends. A pipe that
closes would show it too, but `start` itself ends with `make`, which opens none.
"""

import os
import runpy
import signal
import sys
import threading
import time


def end_with_parent(parent: int) -> None:
    """From now on, send this process SIGTERM when it is no longer a child of `parent`."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    _, pid, module, *arguments = sys.argv
    end_with_parent(int(pid))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
