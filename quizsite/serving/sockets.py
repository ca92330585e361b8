"""The sockets beside WEB_SOCKET: whose they are, who answers, and which one the link names."""

import contextlib
import hashlib
import http.client
import os
import socket
import struct
from pathlib import Path

STALE_SECONDS = 60
"""A socket that is younger may belong to a server that is about to listen."""
PATIENCE_SECONDS = 10.0


def own_socket(link: Path, pid: int) -> Path:
    """Where the server with this pid listens. The machine's name is in it, because servers in
    containers share the folder and may have the same pid."""
    machine = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
    return link.with_name(f"{link.stem}-{machine}-{pid}.sock")


def serving(link: Path) -> Path | None:
    """The socket of the server that has the link; None where there is no link."""
    with contextlib.suppress(OSError):
        return link.with_name(os.readlink(link))
    return None


def point(link: Path, own: Path) -> None:
    """From now on, who connects to the link reaches this socket. It happens in one step."""
    fresh = link.with_name(f"{own.name}.link")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    fresh.symlink_to(own.name)
    fresh.replace(link)


def listens(path: Path) -> bool:
    """Whether a server accepts connections there."""
    return server_behind(path) is not None


def server_behind(path: Path) -> int | None:
    """The pid of the server that listens there; 0 where it is not known, as in another container;
    None where nobody listens."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(PATIENCE_SECONDS)
        try:
            link.connect(str(path))
        except BlockingIOError:  # so many wait to be accepted that no more may
            return 0
        except OSError:
            return None
        peer = getattr(socket, "SO_PEERCRED", None)
        if peer is None:  # not on Linux
            return 0
        pid: int = struct.unpack("3i", link.getsockopt(socket.SOL_SOCKET, peer, 12))[0]
        return pid


def ask(path: Path, address: str) -> tuple[bool, str]:
    """Whether the server there answers the address with a 200, and the text of its answer."""
    connection = http.client.HTTPConnection("localhost", timeout=PATIENCE_SECONDS)
    connection.sock = socket.socket(socket.AF_UNIX)
    try:
        connection.sock.settimeout(PATIENCE_SECONDS)
        connection.sock.connect(str(path))
        connection.request("GET", address)
        reply = connection.getresponse()
        return reply.status == http.client.OK, reply.read().decode(errors="replace").strip()
    except (OSError, http.client.HTTPException):
        return False, ""
    finally:
        connection.close()


def remove_stale(link: Path) -> None:
    """Remove the sockets of servers that were killed. The link was moved just now."""
    moved_at = link.lstat().st_mtime
    for path in link.parent.glob(f"{link.stem}-*.sock"):
        with contextlib.suppress(OSError):
            is_old = moved_at - path.stat().st_mtime > STALE_SECONDS
            if is_old and not listens(path):
                path.unlink()
