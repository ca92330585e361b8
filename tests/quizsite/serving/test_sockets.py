"""The link and the sockets beside it."""

import contextlib
import os
import socket
import threading

import pytest

from quizsite.serving import sockets


@contextlib.contextmanager
def server(path, status="200 OK", text="ok\n"):
    """Answers every request with this."""
    reply = f"HTTP/1.0 {status}\r\nContent-Type: text/plain\r\n\r\n{text}".encode()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen(64)

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    link = listener.accept()[0]
                    with link, contextlib.suppress(OSError):
                        if link.recv(1000):
                            link.sendall(reply)

        threading.Thread(target=serve, daemon=True).start()
        yield path
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def link(tmp_path):
    return tmp_path / "web.sock"


def test_servers_of_one_folder_have_sockets_of_their_own(link, monkeypatch):
    here = sockets.own_socket(link, 7)
    assert here.parent == link.parent
    assert here not in (link, sockets.own_socket(link, 8))
    monkeypatch.setattr(socket, "gethostname", lambda: "another container")
    assert sockets.own_socket(link, 7) != here


def test_nobody_serves_at_first(link):
    assert sockets.serving(link) is None
    assert not sockets.listens(link)
    assert sockets.ask(link, "/readyz") == (False, "")


def test_the_link_moves_in_one_step_and_is_never_missing(link):
    with (
        server(link.with_name("web-a-1.sock")) as one,
        server(link.with_name("web-a-2.sock")) as two,
    ):
        sockets.point(link, one)
        missed, stop = [], threading.Event()

        def look():
            while not stop.is_set():
                if not sockets.listens(link):
                    missed.append(1)

        watcher = threading.Thread(target=look)
        watcher.start()
        for _ in range(100):
            sockets.point(link, two)
            sockets.point(link, one)
        stop.set()
        watcher.join()
        assert missed == []
        assert sockets.serving(link) == one
        assert sockets.server_behind(link) == os.getpid()


def test_a_link_that_was_half_made_is_no_obstacle(link):
    one = link.with_name("web-a-1.sock")
    link.with_name("web-a-1.sock.link").symlink_to("nowhere")
    sockets.point(link, one)
    assert sockets.serving(link) == one


@pytest.mark.parametrize(
    ("status", "text", "ready"),
    [("200 OK", "ok\n", True), ("503 No", "2 migrations\n", False), ("404 No", "", False)],
)
def test_what_a_server_says_of_itself(link, status, text, ready):
    with server(link, status, text):
        assert sockets.ask(link, "/readyz") == (ready, text.strip())


def test_sockets_of_killed_servers_go_and_living_ones_stay(link):
    dead, young = link.with_name("web-a-1.sock"), link.with_name("web-a-2.sock")
    for path in (dead, young):
        with socket.socket(socket.AF_UNIX) as killed:
            killed.bind(str(path))
    with server(link.with_name("web-a-3.sock")) as living:
        for path in (dead, living):
            os.utime(path, (1_000_000_000, 1_000_000_000))
        sockets.point(link, living)
        sockets.remove_stale(link)
        assert not dead.exists()
        assert young.exists()
        assert living.exists()
