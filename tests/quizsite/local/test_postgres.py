"""The embedded server, each case with real processes; as root also as an ordinary user."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tests.quizsite.local.processes import (
    PROJECT,
    SITE_PACKAGES,
    Users,
    notes,
    postmaster,
    stops,
    write_note,
)
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

# The account nobody may be shut out of root's own Python. The system's is enough for these modules.
CAN_USE = """
import sys
from quizsite.local import programs
programs.folder_for(None)
assert sys.version_info >= (3, 11)
"""


def _python_for(account):
    """Some Python that this account can use with the project and the wheel, or None."""
    for python in (sys.executable, "/usr/bin/python3"):
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            subprocess.run(
                [python, "-c", CAN_USE],
                env={"PYTHONPATH": f"{SITE_PACKAGES}{os.pathsep}{PROJECT}"},
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
    wait_until(lambda: not list(place.glob("**/postmaster.pid")), 15)
    shutil.rmtree(place, ignore_errors=True)


def test_the_server_stops_with_its_last_user_and_what_was_committed_stays(users, folder):
    data = folder / "data"
    write_note(users.url(data), "first")
    users.end()
    assert stops(data)

    again = users.url(data)

    assert notes(again) == ["first"]


def test_a_path_with_spaces_and_two_hundred_characters(users, folder):
    data = folder / ("a long näme " * 15).strip() / ".data" / "postgres"
    assert len(str(data)) > 200

    write_note(users.url(data), "there")

    assert notes(users.url(data)) == ["there"]
    users.end()
    assert stops(data)


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
    assert stops(data)


@pytest.mark.faults
def test_rows_committed_before_a_kill_are_there_at_the_same_address(users, folder):
    data = folder / "data"
    url = users.url(data)
    write_note(url, "kept")
    os.kill(postmaster(data), signal.SIGKILL)

    assert users.url(data) == url
    assert notes(url) == ["kept"]


@pytest.mark.faults
def test_a_stale_pid_file_does_not_touch_the_process_it_names(users, folder):
    data = folder / "data"
    write_note(users.url(data), "kept")
    pid = postmaster(data)
    pid_file = (data / "postmaster.pid").read_text()
    users.end()
    assert stops(data)
    sleep = [sys.executable, "-c", "import time; time.sleep(60)", str(data)]
    with subprocess.Popen(sleep) as bystander:
        (data / "postmaster.pid").write_text(pid_file.replace(str(pid), str(bystander.pid), 1))
        os.chmod(data / "postmaster.pid", 0o644)

        url = users.url(data)

        assert notes(url) == ["kept"]
        users.end()
        assert stops(data)
        assert bystander.poll() is None
        bystander.kill()


@pytest.mark.faults
def test_a_throwaway_server_goes_with_a_killed_user(users):
    url = users.url()
    with psycopg.connect(url) as link:
        assert link.execute("SHOW fsync").fetchone() == ("off",)
        (data,) = link.execute("SHOW data_directory").fetchone()

    users.end()

    assert stops(data)
    assert wait_until(lambda: not Path(data).parent.exists(), 15)


def test_a_folder_of_somebody_else_is_refused_in_one_line(users, folder):
    if os.geteuid() == 0 and not users.account:
        pytest.skip("root may write anywhere")
    closed = folder / "closed"
    closed.mkdir(mode=0o555)
    closed.chmod(0o555)

    process = users.begin(closed / ".data" / "postgres")
    message = process.communicate()[0].strip().splitlines()[-1]

    assert process.returncode == 1
    assert "No place for the embedded database" in message
    assert "DATABASE_URL" in message
