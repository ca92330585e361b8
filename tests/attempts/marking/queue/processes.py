"""`manage.py make_suggestions` as processes of their own, on the test's database."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from attempts.chat_engine.server import Server

PATIENCE = 40
NAME = "scorer of a test"


def url_of_test_database(host: str = "", port: str = "") -> str:
    parts = connection.settings_dict
    host, port = host or parts["HOST"], port or parts["PORT"]
    password = quote(parts["PASSWORD"], safe="")
    query = f"host={quote(host, safe='')}&port={port}&user={parts['USER']}"
    query += f"&application_name={quote(NAME)}" + (f"&password={password}" if password else "")
    return f"postgresql:///{parts['NAME']}?{query}"


@contextmanager
def making_suggestions(
    url: str = "", server: Server | None = None, **variables: str
) -> Iterator[subprocess.Popen]:
    """The process; its lines are in `output`. server: of a model, to be asked."""
    asked = {"SCORER_URL": server.url, "SCORER_MODEL": server.model} if server else {}
    timeout = {"SCORER_TIMEOUT": str(server.seconds)} if server else {}
    url = url or url_of_test_database()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "make_suggestions"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "DEBUG": "1"} | asked | timeout | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    process.output = []
    reader = threading.Thread(target=lambda: process.output.extend(process.stdout), daemon=True)
    reader.start()
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        reader.join(timeout=5)
        process.stdout.close()


def sessions(*, listening: bool = False) -> list[int]:
    """PostgreSQL's processes that serve such processes, or hear messages for them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
            " AND datname = current_database() AND (NOT %s OR query LIKE 'LISTEN%%')",
            [NAME, listening],
        )
        return [pid for (pid,) in cursor.fetchall()]


def end_sessions(pids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(unnest(%s))", [pids])
