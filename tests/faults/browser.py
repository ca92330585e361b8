"""What a browser does for a page: cookies, kept connections, forms, the page's own headers."""

import contextlib
import http.client
import select
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

# Seconds for one request: as static/js/saver.js has it, as page.js sets it for htmx; for a page,
# browsers have minutes, which nothing here may take.
SCRIPT, HTMX, PAGE = 10, 15, 30
LOST = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def is_failure(self) -> bool:
        """What the page's script and a person take for "try again"."""
        return self.status >= 500 or self.status in (408, 429)


@dataclass(frozen=True)
class Exchange:
    """One request as its sender saw it; without a status no reply came. Times are monotonic."""

    step: str
    began: float
    ended: float
    status: int | None
    problem: str = ""

    @property
    def failed(self) -> bool:
        return self.status is None or self.status >= 500


class Browser:
    """One person's browser. note: called with every Exchange."""

    def __init__(self, host: str, port: int, note: Callable[[Exchange], None] = lambda _: None):
        self.host, self.port, self.note = host, port, note
        self.cookies: dict[str, str] = {}
        self.resent = 0
        self._link: http.client.HTTPConnection | None = None

    def get(self, step: str, path: str, **headers: str) -> Reply | None:
        return self.request(step, "GET", path, headers=headers)

    def post(self, step: str, path: str, fields: dict, **headers: str) -> Reply | None:
        """As a form without scripts sends it: the token is one of its fields."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self.token}).encode()
        kind = "application/x-www-form-urlencoded"
        return self.request(step, "POST", path, body, {"Content-Type": kind} | headers)

    def htmx(self, step: str, path: str, fields: dict) -> Reply | None:
        """As htmx sends a form."""
        headers = {"HX-Request": "true", "HX-Target": "room", "X-CSRFToken": self.token}
        return self.post(step, path, fields, **headers)

    def fetch(self, step: str, path: str, fields: dict) -> Reply | None:
        """As the page's saver sends a form."""
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
        """Send it and take the reply; None where none came."""
        began = time.monotonic()
        try:
            reply = self._exchange(method, path, body, headers or {})
        except LOST as problem:
            self.close()
            self.note(Exchange(step, began, time.monotonic(), None, repr(problem)))
            return None
        self.note(Exchange(step, began, time.monotonic(), reply.status))
        return reply

    def _exchange(self, method, path, body, headers) -> Reply:
        """Like browsers, send once more what a kept connection lost before any reply began."""
        if self._link is not None and not self._is_stale():
            with contextlib.suppress(http.client.BadStatusLine, ConnectionError):
                return self._send(method, path, body, headers)
            self.resent += 1
        self.close()
        self._link = http.client.HTTPConnection(self.host, self.port)
        return self._send(method, path, body, headers)

    def _is_stale(self) -> bool:
        """Whether the server has ended the kept connection meanwhile."""
        return self._link.sock is None or bool(select.select([self._link.sock], [], [], 0)[0])

    def _send(self, method, path, body, headers) -> Reply:
        patience = (
            SCRIPT if "X-Page-Script" in headers else HTMX if "HX-Request" in headers else PAGE
        )
        self._link.timeout = patience
        if self._link.sock is not None:
            self._link.sock.settimeout(patience)
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._link.request(method, path, body, {**({"Cookie": sent} if sent else {}), **headers})
        reply = self._link.getresponse()
        text = reply.read().decode()
        for line in reply.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Reply(reply.status, reply.headers, text)

    def close(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None


def _patience(headers: dict[str, str]) -> int:
    if "X-Page-Script" in headers:
        return SCRIPT
    return HTMX if "HX-Request" in headers else PAGE
