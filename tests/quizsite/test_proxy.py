"""The proxy of docker-compose.yml keeps slow and idle clients away from the site.

Skipped where there is no nginx in PATH: the configuration is then only read as text.
"""

import contextlib
import http.client
import re
import socket
import statistics
import time
from pathlib import Path

import pytest
import yaml

from quizsite.request_limits import longest_body
from tests.faults.nginx import MISSING, Nginx
from tests.quizsite.test_long_bodies import GIGABYTES, IMPORT, MADE_UP, MULTIPART, Server
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = (ROOT / "proxy" / "site.conf").read_text()
needs_nginx = pytest.mark.skipif(bool(MISSING), reason=MISSING)
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_nothing_is_published_but_on_this_machine_and_the_site_by_its_proxy_only():
    unless_named = re.compile(r"\$\{[A-Z_]+:-([^}]*)\}")
    published = {
        name: [unless_named.sub(r"\1", port) for port in service.get("ports", [])]
        for name, service in SERVICES.items()
    }
    assert {name for name, ports in published.items() if ports} == {"db", "proxy"}
    assert [port.rpartition(":")[2] for port in published["proxy"]] == ["8080", "8443"]
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)


@needs_nginx
def test_both_files_of_the_proxy_are_right(tmp_path):
    for tls in (False, True):
        folder = tmp_path / str(tls)
        folder.mkdir()
        Nginx(folder, "127.0.0.1:9", tls=tls).stop()


def test_the_proxy_takes_what_the_site_takes():
    ordinary, large = [
        int(number) * {"k": 1024, "m": 1024**2}[unit]
        for number, unit in re.findall(r"client_max_body_size (\d+)([km]);", CONFIGURATION)
    ]
    assert longest_body("/") <= ordinary < 1.1 * longest_body("/")
    assert longest_body(IMPORT) <= large < 1.2 * longest_body(IMPORT)
    assert f"location = {IMPORT} " in CONFIGURATION


def test_the_proxy_waits_for_an_import():
    pages = re.findall(rf"location (?:= )?{IMPORT} {{(.*?)}}", CONFIGURATION, re.DOTALL)
    assert ["proxy_read_timeout 300s;" in page for page in pages] == [True, True]


# --- with nginx -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """gunicorn by itself, with eight threads."""
    running = Server(tmp_path_factory.mktemp("site"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def proxy(site, tmp_path_factory):
    """The address of nginx in front of it, and its folder."""
    folder = tmp_path_factory.mktemp("nginx")
    running = Nginx(folder, f"127.0.0.1:{site.listener.getsockname()[1]}")
    address = ("127.0.0.1", running.port)
    assert wait_until(lambda: answers(address), 10)
    yield address, folder
    running.stop()


def answers(address, seconds: float = 2.0) -> bool:
    with contextlib.suppress(OSError):
        return get(address, seconds) == 200
    return False


def get(address, seconds: float = 20.0) -> int:
    link = http.client.HTTPConnection(*address, timeout=seconds)
    try:
        link.request("GET", "/static/css/site.css", headers={"Host": "localhost"})
        return link.getresponse().status
    finally:
        link.close()


@contextlib.contextmanager
def occupied(address, *, links: int, begin: bytes):
    """So many clients who send `begin`, and then nothing."""
    with contextlib.ExitStack() as stack:
        for _ in range(links):
            link = stack.enter_context(socket.create_connection(address, timeout=5))
            link.sendall(begin)
        time.sleep(0.5)
        yield


def slowest_of(address, requests: int = 20) -> float:
    """95 of 100 requests take less, in seconds."""
    times = []
    for _ in range(requests):
        before = time.monotonic()
        assert get(address) == 200
        times.append(time.monotonic() - before)
    return statistics.quantiles(times, n=20)[-1]


HALF_A_HEADER = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
HALF_A_BODY = (
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken="
    + b"a" * 32
    + b"\r\n\r\nhalf"
)


@needs_nginx
@pytest.mark.slow
@pytest.mark.parametrize(
    ("links", "begin"),
    [(200, HALF_A_HEADER), (200, HALF_A_BODY), (1_000, b"")],
    ids=["slow headers", "slow bodies", "idle links"],
)
def test_hazard_38_slow_clients_do_not_block_the_site(proxy, links, begin):
    address, _ = proxy
    with occupied(address, links=links, begin=begin):
        p95 = slowest_of(address)
    print(f"p95 {1000 * p95:.0f} ms")
    assert p95 < 1


@needs_nginx
@pytest.mark.slow
@pytest.mark.parametrize("address", ["/", IMPORT])
def test_hazard_23_the_proxy_stores_no_long_body_either(proxy, address):
    (host, port), folder = proxy
    lines = [f"POST {address} HTTP/1.1", "Host: localhost", GIGABYTES, MULTIPART, MADE_UP, "", ""]
    with socket.create_connection((host, port), timeout=10) as link:
        link.sendall("\r\n".join(lines).encode())
        with contextlib.suppress(OSError):
            link.sendall(b"x" * 4_000_000)
        with contextlib.suppress(OSError):
            assert b" 413 " in link.recv(1000)
    assert sum(f.stat().st_size for f in folder.rglob("body/*") if f.is_file()) == 0


@needs_nginx
@pytest.mark.slow
def test_hazard_23_strangers_store_no_import_at_the_proxy(proxy):
    (host, port), folder = proxy
    hundred = "Content-Length: 100000000"
    lines = [f"POST {IMPORT} HTTP/1.1", "Host: localhost", hundred, MULTIPART, MADE_UP, "", ""]
    with socket.create_connection((host, port), timeout=10) as link:
        link.sendall("\r\n".join(lines).encode())
        with contextlib.suppress(OSError):
            link.sendall(b"x" * 4_000_000)
        with contextlib.suppress(OSError):
            assert b" 413 " in link.recv(1000)
    assert sum(f.stat().st_size for f in folder.rglob("body/*") if f.is_file()) == 0


def headers_of(address, length: str = "0") -> tuple[int, list[str]]:
    link = http.client.HTTPConnection(*address, timeout=20)
    link.request("POST", "/healthz", headers={"Host": "localhost", "Content-Length": length})
    reply = link.getresponse()
    link.close()
    return reply.status, [name.lower() for name, _ in reply.getheaders()]


@needs_nginx
@pytest.mark.slow
@pytest.mark.parametrize(("length", "status"), [("99999999", 413), ("0", 405)])
def test_the_proxys_own_pages_have_headers_of_safety_and_no_reply_has_them_twice(
    proxy, length, status
):
    address, _ = proxy
    got, names = headers_of(address, length)
    assert got == status
    for name in ("content-security-policy", "x-content-type-options", "x-frame-options",
                 "referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy",
                 "cache-control"):  # fmt: skip
        assert names.count(name) == 1, name
