"""The URL of an embedded PostgreSQL server that lasts as long as somebody uses it.

`ensure_running` is for the site on somebody's own machine: its server loses nothing. `throwaway`
is for the tests: its server is fast, and its data are deleted afterwards.
"""

import os
import tempfile
from pathlib import Path

from quizsite.local import LocalPostgresError, cluster, programs, upgrade, users

# DATA_DIR names another place for what the site keeps on this machine.
FOLDER = Path(os.environ.get("DATA_DIR") or Path(__file__).parents[2] / ".data").resolve()
DATA = FOLDER / "postgres"

DURABLE: dict[str, str] = {}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def ensure_running(data: Path = DATA) -> str:
    """Start the server of the folder `data` unless it runs. Returns the URL of its database.

    May be called by several processes at once, and again when the server died.
    Raises LocalPostgresError.
    """
    server = cluster.find(data)
    try:
        users.add_this_process(server)
        with users.locked(server.beside(".start")):
            upgrade.finish_an_interrupted_one(server)
            if not server.data.exists():
                server.initialise()
            upgrade.to_installed_version(server)
            if not server.accepts_connections():
                server.start(DURABLE)
    except OSError as error:
        raise LocalPostgresError(
            f"The embedded database is out of reach: {error}.",
            f"Make {server.data.parent} yours (chown -R)",
        ) from None
    return server.url


def throwaway() -> str:
    """Start a server for this process alone, fast rather than durable; its folder goes with it."""
    place = Path(tempfile.mkdtemp(prefix="quizsite-test-", dir="/tmp"))
    place.chmod(0o711)
    server = cluster.Cluster(place / "data", programs.server_account())
    users.add_this_process(server, remove=True)
    server.initialise("--no-sync")
    server.start(FAST)
    return server.url


def is_up(data: Path = DATA) -> bool:
    """Whether the server of the folder `data` lives. Cheap enough to ask every second."""
    return cluster.find(data).postmaster() is not None
