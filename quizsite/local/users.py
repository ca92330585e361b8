"""Who uses an embedded server: it stops when its last user is gone, however that one ended.

Each user, a process, holds a shared lock on a file, which the kernel drops with the process. A
watcher waits for the exclusive lock and then stops the server. It is this file, run alone:
python -I users.py DATA keep|remove
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizsite.local.cluster import Cluster

_locks: list[int] = []  # open files; while this process lives, their locks keep its servers up


def add_this_process(cluster: "Cluster", *, remove: bool = False) -> None:
    """Keep the server up while this process lives. remove: its folder goes with the last user.

    Waits while the server is being stopped.
    """
    _locks.append(_lock(cluster.beside(".users"), fcntl.LOCK_SH))
    watcher = subprocess.Popen(
        [sys.executable, "-I", __file__, cluster.data, "remove" if remove else "keep"],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C in the terminal must not reach it
    )
    watcher.returncode = 0  # it outlives us, so Python need not warn that it still runs


def watch(cluster: "Cluster", *, remove: bool) -> None:
    """Wait until the last user is gone, then stop the server. Returns if another one watches."""
    try:
        watching = _lock(cluster.beside(".watcher"), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    _lock(cluster.beside(".users"), fcntl.LOCK_EX)
    cluster.stop(signal.SIGQUIT if remove else signal.SIGINT)
    if remove:
        shutil.rmtree(cluster.data.parent, ignore_errors=True)
    # Before the users' lock is dropped, so that the watcher of the next user finds this one free.
    os.close(watching)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for all other processes that lock the same path, then keep them out."""
    descriptor = _lock(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(path: Path, mode: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, mode)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # -I leaves the project out
    from quizsite.local import cluster, programs

    watch(
        cluster.Cluster(Path(sys.argv[1]), programs.server_account()),
        remove=sys.argv[2] == "remove",
    )
