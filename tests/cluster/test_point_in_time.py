"""The database is destroyed while candidates write, and comes back as it was at an instant T.

Every save that was acknowledged before T is there. Needs nothing but PostgreSQL's server programs:
the wheel's do, and each version that Debian has installed is tried too.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from quizsite.local import versions
from tests.cluster.recovery import Recoverable
from tests.faults.browser import Browser
from tests.faults.candidate import Candidate
from tests.waiting import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.faults]

ROOT = Path(__file__).resolve().parents[2]
SERVERS = versions.with_programs(
    *("postgres", "initdb", "pg_ctl", "pg_basebackup", "pg_receivewal", "pg_isready")
)
CANDIDATES = 12


@pytest.fixture(params=sorted(SERVERS))
def database(request):
    folder = Path(tempfile.mkdtemp(prefix="quizsite-recovery-", dir="/tmp"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        folder.chmod(0o777)  # the server's account makes its folders here
    database = Recoverable(folder, SERVERS[request.param])
    database.start()
    yield database
    database.stop()
    shutil.rmtree(folder, ignore_errors=True)


class Site:
    """The site on a database, at a port of this machine."""

    def __init__(self, url, folder):
        self.port = _free_port()
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "quizsite.settings",
            "DEBUG": "1",
            "LOG_LEVEL": "WARNING",
            "WEB_CONCURRENCY": "1",
        }
        self.process = None
        self.log = (folder / "site.log").open("ab")

    def prepare(self):
        subprocess.run(
            [sys.executable, "-m", "tests.faults.prepare", "tables"],
            cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log, check=True,
        )  # fmt: skip

    def start(self):
        module = ("gunicorn", "--config", "python:quizsite.gunicorn_conf", "quizsite.wsgi")
        where = ("--bind", f"127.0.0.1:{self.port}", "--access-logfile", "/dev/null")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizsite.local.die_with_parent", str(os.getpid()), *module,
             *where],
            cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        assert wait_until(lambda: self.status() == 200, 60)

    def status(self):
        browser = Browser("127.0.0.1", self.port)
        reply = browser.get("health", "/healthz")
        browser.close()
        return reply.status if reply else None

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None

    def end(self):
        self.stop()
        self.log.close()


@pytest.fixture
def site(database):
    site = Site(database.server.url, database.folder)
    site.prepare()
    site.start()
    yield site
    site.end()


def test_every_save_acknowledged_before_t_is_there(database, site):
    candidates = [
        Candidate(f"candidate-{n}", site.port, "whole", finishes=True) for n in range(CANDIDATES)
    ]
    for candidate in candidates:
        candidate.start()
    assert wait_until(lambda: all(c.is_writing for c in candidates), 60)
    database.back_up()
    assert wait_until(lambda: all(acknowledged(c)[c.position] > 2 for c in candidates), 60)

    before = {c: acknowledged(c) for c in candidates}
    instant = database.instant()
    time.sleep(0.2)  # what was on its way at T
    sent = {c: {p: len(texts.sent) for p, texts in c.answers.items()} for c in candidates}
    time.sleep(4)
    destroy_everything(database)
    for candidate in candidates:
        candidate.stop_writing.set()
        candidate.give_up.set()
    site.stop()
    for candidate in candidates:
        candidate.join(30)

    database.recover(instant)

    stored = {c: stored_numbers(database, c) for c in candidates}
    for candidate in candidates:
        for position, number in before[candidate].items():
            assert number <= stored[candidate][position] <= sent[candidate][position]
    assert sum(sum(numbers.values()) for numbers in before.values()) > 2 * CANDIDATES
    # Nothing of what came after T is there, and there was something.
    newest = {c: {p: len(texts.sent) for p, texts in c.answers.items()} for c in candidates}
    assert all(newest[c] != sent[c] for c in candidates)
    site.start()
    room = candidates[0].browser.get("room", candidates[0].url)
    assert room.status == 200
    assert f"[{candidates[0].name}, question" in room.text
    candidates[0].browser.close()


def acknowledged(candidate):
    """By position, the number of the newest save that the server has acknowledged."""
    return {position: texts.acknowledged for position, texts in candidate.answers.items()}


def stored_numbers(database, candidate):
    """By position, the number of the save that the database has; 0: none."""
    attempt = candidate.url.strip("/").split("/")[-1]
    with psycopg.connect(database.server.url) as link:
        query = "SELECT position, text FROM attempts_answer WHERE attempt_id = %s"
        stored = dict(link.execute(query, [attempt]).fetchall())
    texts = {position: text.replace("\r\n", "\n") for position, text in stored.items()}
    return {
        position: candidate.answers[position].sent.index(text) + 1 if text else 0
        for position, text in texts.items()
        if position in candidate.answers
    }


def destroy_everything(database):
    """First by mistake, in SQL; then the machine."""
    with psycopg.connect(database.server.url) as link:
        link.execute("TRUNCATE attempts_attempt CASCADE")
    database.destroy()


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
