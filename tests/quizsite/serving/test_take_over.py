"""Two real servers, one after the other, under one name."""

import os
import signal
import subprocess
import sys

import pytest

from quizsite.serving import check, sockets
from tests.quizsite.serving.test_sockets import server
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

OLD_SERVER = """
import os, socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen(8)
print("listens", flush=True)
while True:
    link = listener.accept()[0]
    if link.recv(1000):
        link.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\nok")
    link.close()
"""


@pytest.fixture
def link(tmp_path):
    return tmp_path / "web.sock"


@pytest.fixture
def old(link):
    """A server that has the link, in a process of its own."""
    path = link.with_name("web-old-1.sock")
    process = subprocess.Popen(
        [sys.executable, "-c", OLD_SERVER, path], stdout=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    sockets.point(link, path)
    yield process
    process.kill()
    process.communicate()


def take_over(link, own) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "quizsite.serving.take_over", str(link), str(own)],
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_ready_server_takes_the_link_and_ends_the_old_one(link, old):
    with server(link.with_name("web-new-2.sock")) as new:
        take_over(link, new).communicate(timeout=30)
        assert sockets.serving(link) == new
        assert old.wait(5) == -signal.SIGTERM


def test_a_server_that_is_not_ready_waits_and_says_why_and_the_old_one_goes_on(link, old):
    new = link.with_name("web-new-2.sock")
    with server(new, "503 No", "2 migrations are not applied.\n"):
        waiting = take_over(link, new)
        try:
            assert "2 migrations are not applied." in waiting.stderr.readline()
            assert sockets.serving(link) != new
            assert old.poll() is None
        finally:
            waiting.kill()
            waiting.communicate()


def test_where_nobody_answers_it_serves_though_something_is_missing(link):
    sockets.point(link, link.with_name("web-killed-1.sock"))
    with server(link.with_name("web-new-2.sock"), "503 No", "The database is away.\n") as new:
        take_over(link, new).communicate(timeout=30)
        assert sockets.serving(link) == new


def test_it_ends_with_its_server(link, old):
    never = link.with_name("web-new-2.sock")
    code = (
        "import subprocess, sys, time\n"
        f"p = subprocess.Popen([sys.executable, '-m', 'quizsite.serving.take_over', {str(link)!r},"
        f" {str(never)!r}])\nprint(p.pid, flush=True)\ntime.sleep(1)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    helper = int(parent.stdout.readline())
    parent.communicate(timeout=30)
    assert wait_until(lambda: not _lives(helper), 10)


def _lives(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_container_is_well_while_it_serves_or_has_left_the_link_to_a_newer_one(link):
    assert check.lacks(link) == "no server of this machine listens"
    with server(sockets.own_socket(link, 7)) as own:
        assert check.lacks(link) == "another server answers"
        sockets.point(link, own)
        assert check.lacks(link) == ""
        with server(link.with_name("web-other-7.sock")) as newer:
            sockets.point(link, newer)
            assert check.lacks(link) == ""
            os.utime(newer, (1_000_000_000, 1_000_000_000))
            assert check.lacks(link) == "another server answers"


def test_a_container_that_is_not_ready_says_why(link):
    with server(sockets.own_socket(link, 7), "503 No", "2 migrations are not applied.\n") as own:
        sockets.point(link, own)
        assert check.lacks(link) == "2 migrations are not applied."
