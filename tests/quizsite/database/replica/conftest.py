"""A real streaming replica of the tests' database, which Django knows as `replica`."""

import tempfile
from pathlib import Path

import pytest
from django.db import connection, connections, router
from environs import Env
from psycopg.conninfo import make_conninfo

from quizsite.database.replica import watching
from quizsite.database.replica.routing import REPLICA, Router, begin_request, end_request
from quizsite.database.settings import replica_settings
from quizsite.local import programs
from tests.cluster.replica import Replica
from tests.waiting import wait_until

FAST = {"fsync": "off", "full_page_writes": "off", "max_standby_streaming_delay": "100ms"}


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    """A replica of the whole server."""
    with django_db_blocker.unblock():
        version = str(connection.pg_version // 10_000)
        primary = primary_of(connection)
    installed = programs.run(
        programs.server_account(),
        programs.folder_for(programs.server_account()) / "postgres",
        "--version",
    )[1]
    if f" {version}." not in installed:
        pytest.skip("the server is of another version than our programs")
    where = Path(tempfile.mkdtemp(prefix="quizsite-replica-", dir="/tmp"))
    where.chmod(0o711)
    replica = Replica.of(primary, where, **FAST)
    yield replica
    replica.remove()
    where.rmdir()


def primary_of(connection, **more) -> str:
    given = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return make_conninfo(**{n: given[key] for n, key in names.items() if given[key]}, **more)


@pytest.fixture(scope="module")
def known(server):
    """Django knows the replica. It is a mirror for the tests: nobody empties it."""
    url = server.url.replace("/postgres?", f"/{connection.settings_dict['NAME']}?")
    given = {"default": {}, REPLICA: replica_settings(Env(), url)}
    connections.settings[REPLICA] = connections.configure_settings(given)[REPLICA]
    connections.settings[REPLICA]["TEST"]["MIRROR"] = "default"
    usual, router.routers = router.routers, [Router()]
    yield server
    router.routers = usual
    connections[REPLICA].close_pool()
    del connections[REPLICA], connections.settings[REPLICA]


@pytest.fixture
def replica(known, transactional_db, monkeypatch):
    """It has all that was written before, answers, and this is a request that may read it."""
    monkeypatch.setattr(watching, "CHECK_EVERY", 0.05)
    watching.watch.forget()
    assert wait_until(watching.watch.is_fresh, 60)
    begin_request(may_read_replica=True)
    yield known
    end_request()
    watching.watch.forget()
    connections[REPLICA].close()


@pytest.fixture
def follow(replica):
    """Waits until the replica has all that was written so far."""
    name = connection.settings_dict["NAME"]
    return lambda: replica.catch_up(primary_of(connection, dbname=name))
