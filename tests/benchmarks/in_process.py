"""A browser without a network: it calls the WSGI application, and can say what a call costs."""

import io
import sys
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


class Visitor:
    """One person's cookies, and the requests that the application gets from them."""

    def __init__(self, application):
        self.application = application
        self.cookies: dict[str, str] = {}
        self.status, self.headers, self.body = 0, {}, b""

    def get(self, path: str, **headers: str) -> str:
        return self._send(self.environ("GET", path, **headers))

    def post(self, path: str, fields: dict, **headers: str) -> str:
        return self._send(self.environ("POST", path, fields, **headers))

    def environ(self, method: str, path: str, fields: dict | None = None, **headers: str) -> dict:
        """A request as a server hands it over. headers: as HTTP_X_PAGE_SCRIPT="1"."""
        body = urlencode(fields or {}).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": cookies,
            "HTTP_X_CSRFTOKEN": self.cookies.get("csrftoken", ""),
            "CONTENT_TYPE": FORM,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            **headers,
        }

    def _send(self, environ: dict) -> str:
        self.body = b"".join(self._answer(environ))
        self.keep_cookies()
        if self.status >= 400:
            raise RuntimeError(f"{environ['PATH_INFO']}: {self.status} {self.body[:500]!r}")
        return self.body.decode()

    def keep_cookies(self) -> None:
        """Those of the last response."""
        for name, value in self.headers:
            if name == "Set-Cookie":
                morsels = SimpleCookie(value).items()
                self.cookies |= {name: morsel.value for name, morsel in morsels}

    def _answer(self, environ: dict) -> list[bytes]:
        def start_response(status, headers, exc_info=None):
            self.status, self.headers = int(status.split()[0]), headers

        response = self.application(environ, start_response)
        parts = list(response)
        response.close()
        return parts

    def cost(self, environs: list[dict]) -> float:
        """CPU of this process in ms, for each of these requests."""
        before = time.process_time()
        for environ in environs:
            self._answer(environ)
        return 1000 * (time.process_time() - before) / len(environs)

    def calls(self, environ: dict) -> int:
        """How many functions it calls, Python's and C's: a cost that no other load changes."""
        count = 0

        def note(frame, event, argument):
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            self._answer(environ)
        finally:
            sys.setprofile(None)
        return count
