"""The port of `make run` and `make dev`: taken here, or said at once why it cannot be had.

make runs this file alone, before anything is installed, with any Python that it finds:
python port.py run. So it imports nothing of ours, and has no syntax newer than 3.6.
"""

import errno
import os
import re
import socket
import sys

HOST = "127.0.0.1"
USUAL, FIRST, LAST = 8000, 1024, 65535
TRIED = 100  # ports above the one that is taken


class PortError(ValueError):
    """The port cannot be had. The message says why, and what to do."""


def number(text: str) -> int:
    """The port that PORT names; "" is the usual one. Raises PortError."""
    text = text.strip() or str(USUAL)
    if not re.match("[0-9]{1,9}$", text) or not 0 < int(text) <= LAST:
        shown = text if len(text) < 40 else text[:40] + "..."
        raise PortError(
            f"PORT={shown} is not a port. Choose a number from {FIRST} to {LAST}: PORT={USUAL + 1}"
        )
    return int(text)


def listen(port: int, command: str) -> socket.socket:
    """A socket that listens on the port of this machine. Raises PortError.

    command: what the person started, to be repeated with another port.
    """
    listener = socket.socket()
    try:
        # Else a port that was used a minute ago would count as taken.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortError(why_not(port, error, command)) from None
    return listener


def why_not(port: int, error: OSError, command: str) -> str:
    """What to tell a person whom the system refused a port."""
    another = f"PORT={_free_port(port)} {command}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken: another program uses it, or the site runs already. "
            f"End that, or choose another port: {another}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} needs the rights of root, as all below {FIRST} do. Choose: {another}"
    return f"Port {port} is not available ({error.strerror}). Choose another: {another}"


def _free_port(port: int) -> int:
    """The first free port above this one and the usual one."""
    first = max(port if port > FIRST else USUAL, FIRST) + 1
    for candidate in range(first, min(first + TRIED, LAST + 1)):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((HOST, candidate))
                trial.listen(1)
                return candidate
            except OSError:
                continue
    return USUAL + 1


def check(command: str) -> None:
    """End this process with one line if the port of PORT cannot be had."""
    try:
        listen(number(os.environ.get("PORT", "")), command).close()
    except PortError as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    check(" ".join(["make", *sys.argv[1:]]))
