"""What a browser does for a page: cookies, kept connections, forms, the headers of its scripts."""

import contextlib
import http.client
import select
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

# Seconds for one request: as in save-request.js, as page.js sets it for htmx, and for a page.
# Browsers wait minutes for a page, but nothing here may take so long.
SCRIPT_SECONDS, HTMX_SECONDS, PAGE_SECONDS = 10, 15, 30
NO_REPLY = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def is_failure(self) -> bool:
        """Whether the page's script, or a person, would try again."""
        return self.status >= 500 or self.status in (408, 429)


@dataclass(frozen=True)
class Exchange:
    """One request as its sender saw it. status None: no reply came. Times are monotonic."""

    step: str
    began: float
    ended: float
    status: int | None
    problem: str = ""

    @property
    def failed(self) -> bool:
        return self.status is None or self.status >= 500


class Browser:
    """One person's browser. record: called with every Exchange. tls: it asks by HTTPS."""

    def __init__(
        self,
        host: str,
        port: int,
        record: Callable[[Exchange], None] = lambda _: None,
        *,
        tls: bool = False,
    ):
        self.host, self.port, self.record, self.tls = host, port, record, tls
        self.cookies: dict[str, str] = {}
        self.resent = 0
        self._connection: http.client.HTTPConnection | None = None

    def get(self, step: str, path: str, **headers: str) -> Reply | None:
        return self.request(step, "GET", path, headers=headers)

    def post(self, step: str, path: str, fields: dict, **headers: str) -> Reply | None:
        """Send a form as a page without scripts does: the token is one of its fields."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self.token}).encode()
        kind = "application/x-www-form-urlencoded"
        return self.request(step, "POST", path, body, {"Content-Type": kind} | headers)

    def htmx(self, step: str, path: str, fields: dict) -> Reply | None:
        """Send a form as htmx does."""
        headers = {"HX-Request": "true", "HX-Target": "room", "X-CSRFToken": self.token}
        return self.post(step, path, fields, **headers)

    def fetch(self, step: str, path: str, fields: dict) -> Reply | None:
        """Send a form as the page's saver does."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
            "X-CSRFToken": self.token,
            "X-Page-Script": "1",
        }
        return self.request(step, "POST", path, urlencode(fields).encode(), headers)

    @property
    def token(self) -> str:
        return self.cookies.get("csrftoken", "")

    def request(self, step: str, method: str, path: str, body=None, headers=None) -> Reply | None:
        """Returns the reply; None where none came."""
        began = time.monotonic()
        try:
            reply = self._exchange(method, path, body, headers or {})
        except NO_REPLY as problem:
            self.close()
            self.record(Exchange(step, began, time.monotonic(), None, repr(problem)))
            return None
        self.record(Exchange(step, began, time.monotonic(), reply.status))
        return reply

    def _exchange(self, method, path, body, headers) -> Reply:
        """Send once more what a kept connection lost before a reply began, as browsers do."""
        if self._connection is not None and not self._is_stale():
            with contextlib.suppress(http.client.BadStatusLine, ConnectionError):
                return self._send(method, path, body, headers)
            self.resent += 1
        self.close()
        self._connection = self._connect()
        return self._send(method, path, body, headers)

    def _connect(self) -> http.client.HTTPConnection:
        if not self.tls:
            return http.client.HTTPConnection(self.host, self.port)
        anybody = ssl.create_default_context()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE  # made for this run
        return http.client.HTTPSConnection(self.host, self.port, context=anybody)

    def _is_stale(self) -> bool:
        """Whether the server has ended the kept connection meanwhile."""
        sock = self._connection.sock
        return sock is None or bool(select.select([sock], [], [], 0)[0])

    def _send(self, method, path, body, headers) -> Reply:
        self._connection.timeout = seconds_for(headers)
        if self._connection.sock is not None:
            self._connection.sock.settimeout(seconds_for(headers))
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**({"Cookie": cookies} if cookies else {}), **headers}
        if self.tls:
            headers["Origin"] = f"https://{self.host}:{self.port}"
        self._connection.request(method, path, body, headers)
        reply = self._connection.getresponse()
        text = reply.read().decode()
        for line in reply.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Reply(reply.status, reply.headers, text)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def seconds_for(headers: dict[str, str]) -> int:
    """How long the sender of such a request waits for the reply."""
    if "X-Page-Script" in headers:
        return SCRIPT_SECONDS
    return HTMX_SECONDS if "HX-Request" in headers else PAGE_SECONDS
