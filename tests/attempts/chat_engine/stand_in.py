"""A server on this machine that speaks the protocol of chat completions, as a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from attempts.chat_engine.server import Server, named_server


class Handler(BaseHTTPRequestHandler):
    """Gives the next reply of the script; the last one for ever."""

    server: "ScriptedServer"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        seen = self.server.seen
        seen.bodies.append(json.loads(self.rfile.read(length)))
        seen.headers.append(dict(self.headers))
        seen.paths.append(self.path)
        script = self.server.script
        script[min(len(seen.bodies), len(script)) - 1](self)

    def do_GET(self) -> None:
        self.server.seen.paths.append(self.path)
        send(b"")(self)

    def log_message(self, *_: object) -> None:
        pass


Reply = Callable[[Handler], None]


@dataclass
class Seen:
    """What reached the server, in order."""

    bodies: list[dict] = field(default_factory=list)
    headers: list[dict] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


class ScriptedServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: tuple[Reply, ...]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.seen, self.stopping = script, Seen(), threading.Event()

    def handle_error(self, *_: object) -> None:
        """The client has left, as some tests mean it to."""


@contextmanager
def standing_in(
    *script: Reply, seconds: float = 20, key: str = ""
) -> Iterator[tuple[Server, Seen]]:
    """A server that gives these replies, the last one for ever, and what it has seen."""
    with ScriptedServer(script) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/v1"
            yield named_server(url, "stand-in", key, seconds), server.seen
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()


def send(body: bytes, status: int = 200, **headers: str) -> Reply:
    def reply(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def says(text: object) -> Reply:
    """A sound reply in which the model writes this text, or this as JSON."""
    return send(completion(text))


def completion(text: object) -> bytes:
    content = text if isinstance(text, str) else json.dumps(text)
    return json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": content}}]}
    ).encode()


def verdicts(*pairs: tuple[str, str]) -> dict[str, dict[str, str]]:
    """The reply of a model: for each key point a verdict and a quote."""
    return {
        str(n): {"quote": quote, "verdict": verdict} for n, (verdict, quote) in enumerate(pairs, 1)
    }


def drips(first: bytes = b"HTTP/1.1 200 OK\r\n") -> Reply:
    """Something at once, and then a byte now and then, for ever."""

    def reply(handler: Handler) -> None:
        handler.wfile.write(first)
        while not handler.server.stopping.wait(0.05):
            handler.wfile.write(b" ")

    return reply


def floods(handler: Handler) -> None:
    """A body without end, as fast as it goes."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not handler.server.stopping.is_set():
        handler.wfile.write(b"[" * 65536)


def hangs(handler: Handler) -> None:
    handler.server.stopping.wait(30)


def hangs_up(handler: Handler) -> None:
    """Close the connection without a word."""
