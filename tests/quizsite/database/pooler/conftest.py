"""A real PgBouncer in front of the tests' database; these tests are skipped where there is none."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, connections
from environs import Env

from quizsite.database.pooler.base import DatabaseWrapper
from quizsite.database.settings import database_settings
from tests.cluster import pgbouncer
from tests.cluster.pgbouncer import PgBouncer


@pytest.fixture
def bouncer(transactional_db):
    if pgbouncer.PROGRAM is None:
        pytest.skip("no PgBouncer is installed")
    given = connection.settings_dict
    bouncer = PgBouncer(server_of(connection), given["USER"], given["NAME"])
    try:
        bouncer.start()
        yield bouncer
    finally:
        bouncer.stop()
        with connection.cursor() as cursor:
            name = connection.settings_dict["NAME"]
            cursor.execute(f'ALTER ROLE CURRENT_USER IN DATABASE "{name}" RESET ALL')


def server_of(connection) -> str:
    """Of a Django connection what a line of [databases] needs."""
    given = connection.settings_dict
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return " ".join(f"{name}={given[key]}" for name, key in parts.items() if given[key])


@pytest.fixture
def pooled(bouncer, monkeypatch):
    """Django's connection, by way of PgBouncer in this test."""
    monkeypatch.setenv("PGBOUNCER", "1")
    url = bouncer.url
    given = connections.configure_settings({"default": database_settings(Env(), url)})["default"]
    usual, connections["default"] = connections["default"], DatabaseWrapper(given, "default")
    try:
        yield connections["default"]
    finally:
        connections["default"].close()
        connections["default"] = usual


@pytest.fixture
def manage(bouncer):
    """Runs manage.py by way of PgBouncer; returns what it printed, and whether it succeeded."""

    def run(*words, **variables) -> tuple[bool, str]:
        url = bouncer.url
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            env={**os.environ, "DEBUG": "1", "DATABASE_URL": url, **variables},
            **{"cwd": settings.BASE_DIR, "capture_output": True, "text": True, "timeout": 60},
        )
        return done.returncode == 0, done.stdout + done.stderr

    return run
