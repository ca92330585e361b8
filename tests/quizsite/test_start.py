"""`manage.py start` as a person runs it: its own data, its own server, a port of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from quizsite.local import cluster
from tests.waiting import wait_until

pytestmark = pytest.mark.slow
ROOT = Path(cluster.__file__).parents[2]


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


class Site:
    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"

    def start(self, **environment):
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "MAKELEVEL")}
        own = {"DATA_DIR": str(self.folder), "PORT": str(self.port)}
        return subprocess.Popen(
            [sys.executable, "manage.py", "start"],
            cwd=ROOT,
            env=kept | own | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def greeting(self, process):
        """What it prints until it serves the site."""
        lines = []
        while not lines or "Ctrl-C" not in lines[-1]:
            lines.append(process.stdout.readline())
            assert lines[-1], "".join(lines)
        return "".join(lines)

    def status(self):
        """The status of the home page, which reads the database; None while nothing answers."""
        try:
            with urllib.request.urlopen(self.url, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def postmaster(self):
        return cluster.Cluster(self.folder / "postgres", None).postmaster()


def listens_on(port) -> set[str]:
    """The addresses of this machine at which something listens on the port."""
    found = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        address, at, state = line.split()[1].partition(":")[0], line.split()[1], line.split()[3]
        if state == "0A" and int(at.partition(":")[2], 16) == port:
            found.add(socket.inet_ntoa(bytes.fromhex(address)[::-1]))
    return found


def steps_in(output, steps) -> list[int]:
    """Where each step begins."""
    return [output.index(step) for step in steps]


@pytest.fixture
def site():
    folder = Path(tempfile.mkdtemp(prefix="quizsite case ", dir="/tmp"))
    folder.chmod(0o755)
    yield Site(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.faults
def test_it_serves_restarts_a_killed_database_and_stops_everything(site):
    process = site.start()
    first = site.greeting(process)
    password = site.folder / "admin-password"
    assert site.url in first
    steps = ("Making the database", "tables", "questions", "Starting the site", "Site:")
    assert steps_in(first, steps) == sorted(steps_in(first, steps))
    assert "In production" in first
    assert listens_on(site.port) == {"127.0.0.1"}
    assert f"password {password.read_text().strip()}" in first
    assert password.stat().st_mode & 0o777 == 0o600
    assert site.status() == 200

    killed = site.postmaster()
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: site.status() == 200 and site.postmaster() not in (None, killed), 10)

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=15)
    assert process.returncode == 0
    assert wait_until(lambda: site.postmaster() is None, 20)
    assert site.status() is None

    again = site.start()
    assert password.read_text().strip() in site.greeting(again)
    again.kill()  # it cannot tidy up
    again.communicate(timeout=15)
    assert wait_until(lambda: site.postmaster() is None and site.status() is None, 20)


def test_a_port_in_use_is_refused_in_one_line(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", site.port))
        other.listen()
        process = site.start(DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
        message = process.communicate(timeout=60)[0].strip()

    assert process.returncode == 1
    assert message.startswith(f"Port {site.port} is taken")
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize("port", ["eighty", "-1", "70000"])
def test_what_is_not_a_port_is_refused_in_one_line(site, port):
    process = site.start(PORT=port, DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    message = process.communicate(timeout=60)[0].strip()

    assert process.returncode == 1
    assert message.startswith(f"PORT={port} is not a port.")
    assert len(message.splitlines()) == 1


def test_a_database_out_of_reach_is_reported_without_a_traceback(site):
    process = site.start(DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    message = process.communicate(timeout=60)[0].strip()

    assert process.returncode == 1
    assert message.splitlines()[-1].startswith("CommandError: The database refused")
    assert "Traceback" not in message
