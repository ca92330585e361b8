"""The embedded server, each case with real processes; as root also as an ordinary user."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from quizsite.local import postgres

pytestmark = pytest.mark.slow

# A process that asks for a server, says its URL and waits until its input ends.
USER = """
import sys
from pathlib import Path
from quizsite.local import postgres
folder = Path(sys.argv[1]) if sys.argv[1:] else None
print(postgres.ensure_running(folder) if folder else postgres.throwaway(), flush=True)
sys.stdin.read()
"""
ROOT = Path(postgres.__file__).parents[2]


def wait_until(true, seconds=15):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


def postmaster(data):
    return postgres.Cluster(Path(data), None).postmaster()


def gone(data):
    return wait_until(lambda: postmaster(data) is None)


class Users:
    """Starts processes that use a server, and ends them after the test."""

    def __init__(self, python, account):
        self.python = python
        self.account = account  # Popen's arguments
        self.processes = []

    def begin(self, *folder):
        process = subprocess.Popen(
            [self.python, "-c", USER, *map(str, folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONPATH": PATHS},
            **self.account,
        )
        self.processes.append(process)
        return process

    def url(self, *folder):
        """The URL that a new user of the folder gets."""
        return self.begin(*folder).stdout.readline().strip()

    def end(self):
        for process in self.processes:
            process.kill()
            process.communicate()
        self.processes.clear()


# nobody may be shut out of root's own Python; the system's will do, for the module needs no more.
PATHS = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
LOOK = """
import sys
from quizsite.local import postgres
postgres._programs(None)
assert sys.version_info >= (3, 11)
"""


def _python_for(account):
    """Some Python that this account can use with the project and the wheel, or None."""
    for python in (sys.executable, "/usr/bin/python3"):
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            subprocess.run(
                [python, "-c", LOOK],
                env={"PYTHONPATH": PATHS},
                stderr=subprocess.DEVNULL,
                check=True,
                **account,
            )
            return python
    return None


@pytest.fixture(params=["ourselves", "an ordinary user"])
def users(request):
    python, account = sys.executable, {}
    if request.param == "an ordinary user":
        if os.geteuid() != 0:
            pytest.skip("we are an ordinary user already")
        nobody = pwd.getpwnam("nobody")
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}
        python = _python_for(account)
        if python is None:
            pytest.skip("the project lies where only root can go")
    users = Users(python, account)
    yield users
    users.end()


@pytest.fixture
def folder(users):
    """A folder that the users of the test can write in; pytest's own is closed to others."""
    place = Path(tempfile.mkdtemp(prefix="quizsite-case-", dir="/tmp"))
    place.chmod(0o755)
    if users.account:
        os.chown(place, users.account["user"], users.account["group"])
    yield place
    users.end()
    wait_until(lambda: not list(place.glob("**/postmaster.pid")))
    shutil.rmtree(place, ignore_errors=True)


def note(url, text):
    with psycopg.connect(url) as link:
        link.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        link.execute("INSERT INTO note VALUES (%s)", [text])


def notes(url):
    with psycopg.connect(url) as link:
        return [text for (text,) in link.execute("SELECT text FROM note ORDER BY text")]


def test_what_was_committed_outlives_the_server_and_the_last_user_takes_it_along(users, folder):
    data = folder / "data"
    note(users.url(data), "first")
    users.end()
    assert gone(data)

    again = users.url(data)

    assert notes(again) == ["first"]


def test_a_path_with_spaces_and_two_hundred_characters(users, folder):
    data = folder / ("a long näme " * 15).strip() / ".data" / "postgres"
    assert len(str(data)) > 200

    note(users.url(data), "there")

    assert notes(users.url(data)) == ["there"]
    users.end()
    assert gone(data)


def test_processes_that_start_at_once_share_one_server_until_the_last_is_gone(users, folder):
    data = folder / "data"
    processes = [users.begin(data) for _ in range(3)]
    urls = {process.stdout.readline().strip() for process in processes}
    assert len(urls) == 1
    pid = postmaster(data)

    for process in processes[:2]:
        process.kill()
        process.wait()
    time.sleep(0.5)
    assert postmaster(data) == pid

    processes[2].kill()
    assert gone(data)


@pytest.mark.faults
def test_rows_committed_before_a_kill_are_there_at_the_same_address(users, folder):
    data = folder / "data"
    url = users.url(data)
    note(url, "kept")
    os.kill(postmaster(data), signal.SIGKILL)

    assert users.url(data) == url
    assert notes(url) == ["kept"]


@pytest.mark.faults
def test_a_stale_pid_file_does_not_touch_the_process_it_names(users, folder):
    data = folder / "data"
    note(users.url(data), "kept")
    pid = postmaster(data)
    pid_file = (data / "postmaster.pid").read_text()
    users.end()
    assert gone(data)
    with subprocess.Popen(["sleep", "60"]) as bystander:
        (data / "postmaster.pid").write_text(pid_file.replace(str(pid), str(bystander.pid), 1))
        os.chmod(data / "postmaster.pid", 0o644)

        url = users.url(data)

        assert notes(url) == ["kept"]
        users.end()
        assert gone(data)
        assert bystander.poll() is None
        bystander.kill()


@pytest.mark.faults
def test_a_throwaway_server_goes_with_a_killed_user(users):
    url = users.url()
    with psycopg.connect(url) as link:
        assert link.execute("SHOW fsync").fetchone() == ("off",)
        (data,) = link.execute("SHOW data_directory").fetchone()

    users.end()

    assert gone(data)
    assert wait_until(lambda: not Path(data).parent.exists())


def test_a_folder_of_somebody_else_is_refused_in_one_line(users, folder):
    if os.geteuid() == 0 and not users.account:
        pytest.skip("root may write anywhere")
    closed = folder / "closed"
    closed.mkdir(mode=0o555)
    closed.chmod(0o555)

    process = users.begin(closed / ".data" / "postgres")
    said = process.communicate()[0].strip().splitlines()

    assert process.returncode == 1
    assert "No place for the embedded database" in said[-1]
    assert "DATABASE_URL" in said[-1]


def test_data_of_another_version_are_left_alone(tmp_path):
    cluster = postgres.Cluster(tmp_path / "data", None)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(postgres.LocalPostgresError, match="made by PostgreSQL 9"):
        cluster.check_version()
