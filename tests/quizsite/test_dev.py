"""`manage.py dev` as a person runs it: example data, a server that reloads, and a whole stop."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from attempts.example_data.making import PASSWORD

PATIENCE = 120  # the example answers are scored first


def status(url: str) -> int | None:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status
    except OSError:
        return None


def wait_until(true) -> bool:
    until = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < until:
        time.sleep(0.1)
    return true()


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(prefix="quizsite-dev-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.slow
def test_it_serves_example_data_and_stops_whole(folder):
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port = any_port.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "dev"],
        cwd=settings.BASE_DIR,
        env={**inherited, "DATA_DIR": str(folder), "PORT": str(port), "DEBUG": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert wait_until(lambda: status(url) == 200)
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=PATIENCE)[0]  # the sweep, too, has closed its end
        assert PASSWORD in output
        assert url in output
        assert status(url) is None
        assert wait_until(lambda: not (folder / "postgres" / "postmaster.pid").exists())
    finally:
        process.kill()
        process.communicate()
