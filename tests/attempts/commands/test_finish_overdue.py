"""The sweep as a command, once and as a process that runs beside the site."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import StringIO
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import connection

from attempts import transitions
from attempts.models import ResultLink
from attempts.rules.lifecycle import State
from attempts.transitions.starting import Pace
from quizsite.clock import database_now
from tests.attempts.candidate import TOTAL, Candidate, a_guest
from tests.factories import AttemptFactory, interview_of

PATIENCE = 30


def overdue_candidate() -> Candidate:
    owner, yesterday = a_guest(), database_now() - timedelta(days=1)
    interview = interview_of(1, timing=TOTAL)
    return Candidate(owner, transitions.start(owner, interview, Pace(), now=yesterday).pk)


def sweep(*arguments) -> str:
    output = StringIO()
    call_command("finish_overdue", *arguments, stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_it_says_how_many_attempts_it_finished():
    candidates = [overdue_candidate(), overdue_candidate()]
    assert sweep() == "2 attempts finished\n"
    assert sweep() == "0 attempts finished\n"
    for candidate in candidates:
        assert candidate.attempt.finished_at == candidate.attempt.deadline_at


@pytest.mark.django_db
def test_an_attempt_that_cannot_be_ended_keeps_no_other_one_open(caplog):
    AttemptFactory()  # without answers it can't be scored; its deadline is the earliest
    candidate = overdue_candidate()
    assert sweep() == "1 attempt finished\n"
    assert candidate.attempt.state == State.EXPIRED
    assert "an attempt needs at least one question" in caplog.text


@pytest.mark.parametrize("every", ["0", "-1"])
def test_it_does_not_run_without_a_pause(every):
    with pytest.raises(CommandError, match="above 0"):
        sweep("--every", every)


# --- as a process ---------------------------------------------------------------------------


def url_of_test_database(host: str = "", port: str = "") -> str:
    parts = settings.DATABASES["default"]
    host, port = host or parts["HOST"], port or parts["PORT"]
    password = quote(parts["PASSWORD"], safe="")
    query = f"host={quote(host, safe='')}&port={port}&user={parts['USER']}"
    query += "&application_name=sweep"
    query += f"&password={password}" if password else ""
    return f"postgresql:///{connection.settings_dict['NAME']}?{query}"


@contextmanager
def sweeping(url: str):
    """The command, running every 0.2 s; its lines are in `output`."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "finish_overdue", "--every", "0.2"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "DEBUG": "1"},
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
        wait_until(lambda: not sweep_sessions())  # they would keep the test database


def sweep_sessions() -> list[int]:
    """Postgres's processes that serve the command in this test's database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE application_name = 'sweep' AND datname = current_database()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def wait_until(true) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "it does not happen"
        time.sleep(0.05)


def has_ended(candidate: Candidate):
    return lambda: candidate.attempt.state == State.EXPIRED


class Relay:
    """A port that leads to the test database once `open()` was called."""

    def __init__(self):
        self.door = socket.socket()
        self.door.bind(("127.0.0.1", 0))
        self.port = str(self.door.getsockname()[1])
        self.links = []

    def open(self):
        self.door.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        for link in [self.door, *self.links]:
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
            link.close()

    def _serve(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            far = self._database()
            self.links += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    @staticmethod
    def _database() -> socket.socket:
        host, port = settings.DATABASES["default"]["HOST"], settings.DATABASES["default"]["PORT"]
        if not host.startswith("/"):
            return socket.create_connection((host or "127.0.0.1", int(port or 5432)))
        link = socket.socket(socket.AF_UNIX)
        link.connect(f"{host}/.s.PGSQL.{port or 5432}")
        return link

    @staticmethod
    def _carry(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGINT])
def test_it_runs_until_it_is_told_to_stop_and_outlives_cut_connections(ended_by):
    expired = SessionStore()
    expired.set_expiry(-5)
    expired.create()
    link = ResultLink.objects.create(
        attempt=AttemptFactory(finished=True),
        token_hash="x",
        created_at=database_now() - timedelta(days=7),
        expires_at=database_now() - timedelta(seconds=1),
    )
    with sweeping(url_of_test_database()) as process:
        first = overdue_candidate()
        wait_until(has_ended(first))
        wait_until(lambda: not expired.exists(expired.session_key))
        wait_until(lambda: not ResultLink.objects.filter(pk=link.pk).exists())
        assert sweep_sessions()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(unnest(%s))", [sweep_sessions()])
        second = overdue_candidate()
        wait_until(has_ended(second))

        process.send_signal(ended_by)

        assert process.wait(timeout=10) == 0
    assert any(line.endswith("1 attempt finished\n") for line in process.output)
    assert "Traceback" not in "".join(process.output)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_database_that_is_away():
    candidate, relay = overdue_candidate(), Relay()
    with sweeping(url_of_test_database("127.0.0.1", relay.port)) as process:
        wait_until(lambda: any("trying again in 0.2 s" in line for line in process.output))
        assert candidate.attempt.is_running
        relay.open()
        wait_until(has_ended(candidate))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        relay.close()
    away = [line for line in process.output if "trying again" in line]
    assert process.output[:-1] == away
    assert process.output[-1].endswith("1 attempt finished\n")
