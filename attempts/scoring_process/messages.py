"""What server and scorer say to each other over a socket: a length, and so many bytes of JSON."""

import json
import socket
import struct
from collections.abc import Mapping, Sequence
from typing import TypedDict

from attempts.scoring import Phrasing, Point

_LENGTH = struct.Struct("!I")


class Said(TypedDict):
    """A text, and the question or the follow-up that it answers."""

    asked: str
    text: str


class Task(TypedDict):
    """said: texts about the same key points. Each is read by itself."""

    key_points: Sequence[str]
    model_answer: str
    phrasings: Sequence[Phrasing]
    said: Sequence[Said]


class Found(TypedDict):
    """engine: its name and version. points: shape (texts, key points)."""

    engine: str
    points: list[list[Point]]


def send(connection: socket.socket, message: Mapping[str, object]) -> None:
    body = json.dumps(message).encode()
    connection.sendall(_LENGTH.pack(len(body)) + body)


def receive(connection: socket.socket) -> bytes:
    """The body of the next message. Raises EOFError where the other side is gone."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    return _exactly(connection, length)


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            raise EOFError("the other side is gone")
        parts += part
    return bytes(parts)
