"""A long body is refused by a real gunicorn before anything of the site reads or stores it."""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import wait_until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
IMPORT = "/admin/questions/question/import/"
GIGABYTES = "Content-Length: 2000000000"
MULTIPART = "Content-Type: multipart/form-data; boundary=x"
MADE_UP = f"Cookie: csrftoken={'a' * 32}"
START_OF_FILE = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n"
)
SENT_AT_MOST = 12_000_000
READ_AT_MOST = 1_000_000
"""gunicorn throws 64 kB away, twice, so that the sender can read the reply."""


class Server:
    """gunicorn with one worker, configured as in production, and no database."""

    def __init__(self, temp: Path):
        self.temp, self.listener = temp, socket.create_server(("127.0.0.1", 0))
        settings = {
            "TMPDIR": str(temp),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
            "SECRET_KEY": "only for this test",
            "DEBUG": "1",
            "WEB_CONCURRENCY": "1",
        }
        config = ["--config", "python:quizsite.gunicorn_conf", "--access-logfile", "/dev/null"]
        bind = ["--bind", f"fd://{self.listener.fileno()}"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *config, *bind, "quizsite.wsgi"],
            cwd=ROOT,
            env=os.environ | settings,
            pass_fds=(self.listener.fileno(),),
            stderr=subprocess.DEVNULL,
        )
        assert wait_until(self.is_up, 30)

    def is_up(self) -> bool:
        with self.connect() as link, contextlib.suppress(OSError):
            link.sendall(b"GET /static/css/site.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return link.recv(12) == b"HTTP/1.1 200"
        return False

    def connect(self) -> socket.socket:
        return socket.create_connection(self.listener.getsockname(), timeout=10)

    def workers(self) -> list[Path]:
        pid = self.process.pid
        return [
            Path("/proc", one)
            for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]

    def bytes_read(self) -> int:
        """From sockets and files, since the workers started."""
        texts = [(worker / "io").read_text() for worker in self.workers()]
        return sum(int(text.split("rchar: ")[1].split()[0]) for text in texts)

    def bytes_stored(self) -> int:
        """In the folder for temporary files, also in files that have no name any more."""
        sizes = {}
        links = [link for worker in self.workers() for link in (worker / "fd").iterdir()]
        for place in (*links, *self.temp.rglob("*")):
            with contextlib.suppress(OSError):
                if str(place.readlink() if place.is_symlink() else place).startswith(
                    str(self.temp)
                ):
                    sizes[place.stat().st_ino] = place.stat().st_size
        return sum(sizes.values())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.listener.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("uploads"))
    yield running
    running.stop()


def send(server: Server, line: str, *headers: str, body: bytes = START_OF_FILE) -> int | None:
    """Send a body in pieces as long as the server takes it, and see that it is not read.

    Returns the status of the reply; None if the server closed before it could be read.
    """
    names = {header.partition(":")[0] for header in headers}
    host = () if "Host" in names else ("Host: localhost",)
    before, stored, reply = server.bytes_read(), 0, b""
    with server.connect() as link:
        with contextlib.suppress(OSError):
            link.sendall("\r\n".join((f"{line} HTTP/1.1", *host, *headers, "", "")).encode())
            link.sendall(body)
            for _ in range(SENT_AT_MOST // 500_000):
                link.sendall(b"x" * 500_000)
                stored = max(stored, server.bytes_stored())
        with contextlib.suppress(OSError):
            reply = link.recv(1000)
    assert stored == 0, f"{stored} bytes were stored"
    read = server.bytes_read() - before
    assert read < READ_AT_MOST, f"{read} bytes were read"
    return int(reply.split()[1]) if reply else None


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/interviews/any/",
        "/accounts/login/",
        "/accounts/signup/",
        "/admin/login/",
        IMPORT,
        "/attempts/return/",
        "/attempts/3f0b7c1e-95a5-4b1d-8f3b-1a2b3c4d5e6f/save/",
        "/static/css/site.css",
        "/healthz",
        "/readyz",
        "/no-such-page/",
        "/%ff",
    ],
)
def test_hazard_23_gigabytes_with_a_made_up_token_are_not_read(server, address):
    assert send(server, f"POST {address}", GIGABYTES, MULTIPART, MADE_UP) == 413


@pytest.mark.parametrize(
    "headers",
    [
        [MULTIPART],
        [MULTIPART, f"{MADE_UP}; sessionid=abc"],
        [f"{MULTIPART}; charset=utf-7", MADE_UP],
        [MULTIPART, f'{MADE_UP}; other="\\000"'],
        [MULTIPART, MADE_UP, "Host: evil.example"],
        [MULTIPART, MADE_UP, "Host: a b"],
        [MULTIPART, MADE_UP, "X-Page-Script: 1"],
        [MULTIPART, MADE_UP, "HX-Request: true"],
        [MULTIPART, MADE_UP, "Expect: 100-continue"],
        [MULTIPART, MADE_UP, "Connection: close"],
        ["Content-Type: application/x-www-form-urlencoded", MADE_UP],
        ["Content-Type: application/json", MADE_UP],
        [MADE_UP],
    ],
)
def test_hazard_23_whatever_its_headers_say(server, headers):
    assert send(server, "POST /", GIGABYTES, *headers) in (413, 100)


@pytest.mark.parametrize("line", ["POST /?a=%00", "PUT /", "PATCH /", "DELETE /", "GET /"])
def test_hazard_23_whatever_the_method(server, line):
    assert send(server, line, GIGABYTES, MULTIPART, MADE_UP) == 413


@pytest.mark.parametrize("address", ["/", IMPORT, "/no-such-page/"])
def test_hazard_23_a_body_that_does_not_tell_its_length(server, address):
    chunked = ["Transfer-Encoding: chunked", MULTIPART, MADE_UP]
    assert send(server, f"POST {address}", *chunked, body=b"ffffff\r\n" + START_OF_FILE) == 411


def test_hazard_23_what_the_import_takes_is_not_read_from_strangers(server):
    hundred = "Content-Length: 100000000"
    assert send(server, f"POST {IMPORT}", hundred, MULTIPART, MADE_UP) == 413


@pytest.mark.parametrize("length", ["-1", "9" * 30, "1e9", "0x10"])
def test_hazard_23_a_length_that_is_none(server, length):
    sent = send(server, "POST /", f"Content-Length: {length}", MULTIPART, MADE_UP)
    assert sent in (400, 413)
