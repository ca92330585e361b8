"""One folder in which the processes of a server add up their numbers; it goes with the server.

prometheus_client looks at PROMETHEUS_MULTIPROC_DIR when it is imported, so this module imports it
late, and is to be called by the server before it loads the site.
"""

import os
import shutil
import tempfile

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def prepare() -> None:
    """Make the folder, where metrics are wanted. An inherited one is another server's."""
    os.environ.pop(VARIABLE, None)
    if os.environ.get("METRICS_TOKEN"):
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix="quizsite-metrics-")


def forget(pid: int) -> None:
    """A process has ended: what it had open counts no more, what it did still counts."""
    if VARIABLE in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(pid)


def remove() -> None:
    if folder := os.environ.get(VARIABLE):
        shutil.rmtree(folder, ignore_errors=True)
