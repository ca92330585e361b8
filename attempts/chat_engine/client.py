"""Send a request to the server: bounded in time, size and tries.

Only to the address named: redirects are not followed, and proxies of the environment not used.
"""

import json
import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from attempts.chat_engine.failures import FormRefused, ServerFailed, Unavailable
from attempts.chat_engine.server import Server

MOST_BYTES = 1_000_000
CONNECT_SECONDS = 5
PAUSES = (0.5, 2)  # seconds before the second try and the third
TOO_LONG = "it took too long"


def post(server: Server, body: object, until: float, form_refused: Collection[int] = ()) -> bytes:
    """The body of the server's reply. Tries again if it is busy or the connection fails.

    until: on time.monotonic(). Whatever a connected server does, it ends soon after. Connecting
    that begins before may take CONNECT_SECONDS more for each address of the host and for TLS, and
    the look-up of its name as long as the system lets it. form_refused: the statuses that raise
    FormRefused at once. Raises another ServerFailed for all else.
    """
    sent = json.dumps(body).encode()
    for pause in PAUSES:
        try:
            return _checked(*_exchange(server, sent, until), form_refused)
        except Unavailable:
            if time.monotonic() + pause >= until:
                raise
        time.sleep(pause)
    return _checked(*_exchange(server, sent, until), form_refused)


def _checked(status: int, received: bytes, form_refused: Collection[int]) -> bytes:
    if status in form_refused:
        raise FormRefused(f"it answered with status {status}")
    if status == 429 or status >= 500:
        raise Unavailable(f"it answered with status {status}")
    if status != 200:
        raise ServerFailed(f"it answered with status {status}")
    if len(received) > MOST_BYTES:
        raise ServerFailed(f"its reply has more than {MOST_BYTES} bytes")
    return received


def _exchange(server: Server, sent: bytes, until: float) -> tuple[int, bytes]:
    """Status and body of one reply; of a longer body one byte more than MOST_BYTES."""
    late = threading.Event()
    address = urlsplit(server.url)
    try:
        with closing(_connection(server, _left(until))) as connection:
            connection.connect()
            connection.sock.settimeout(_left(until))
            with _cut_off(connection.sock, _left(until), late):
                path = f"{address.path}?{address.query}" if address.query else address.path
                connection.request("POST", path, sent, _headers(server))
                with connection.getresponse() as response:
                    status, received = response.status, response.read(MOST_BYTES + 1)
    except (OSError, HTTPException) as error:
        is_late = late.is_set() or isinstance(error, TimeoutError)
        raise Unavailable(TOO_LONG if is_late else type(error).__name__) from None
    if late.is_set():
        raise Unavailable(TOO_LONG)
    return status, received


def _connection(server: Server, seconds: float) -> HTTPConnection:
    address = urlsplit(server.url)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    port = address.port or kind.default_port  # else it looks for one in an IPv6 address
    return kind(server.host, port, timeout=min(CONNECT_SECONDS, seconds))


def _headers(server: Server) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return headers | ({"Authorization": f"Bearer {server.key}"} if server.key else {})


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Unavailable(TOO_LONG)
    return left


@contextmanager
def _cut_off(connected: socket.socket, seconds: float, late: threading.Event) -> Iterator[None]:
    """Shut the connection down after so many seconds, and set `late`.

    A socket's own time-out starts anew with each byte, so that a server could send one now and then
    for ever. The handle is a second one: the first may be closed, and its number used again.
    """

    def cut() -> None:
        late.set()
        with suppress(OSError):  # the server has closed it
            handle.shutdown(socket.SHUT_RDWR)

    with socket.fromfd(connected.fileno(), connected.family, connected.type) as handle:
        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
