"""End with another process: python -m quizsite.local.die_with_parent PID MODULE ARGUMENTS...

Runs the module, and ends it by SIGTERM once its parent is no longer the process PID. What `start`
started is thereby gone even when `start` itself was killed. Polling, because it works anywhere.
"""

import os
import runpy
import signal
import sys
import threading
import time


def follow(parent: int) -> None:
    """From now on, send this process SIGTERM when it is no longer a child of `parent`."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    _, pid, module, *arguments = sys.argv
    follow(int(pid))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
