"""The health of a container: python -m quizsite.serving.check

Well: this machine's server is ready, and has the link of WEB_SOCKET or has left it to a newer one.
Without WEB_SOCKET, the server on the port of WEB_ADDRESS is asked.
"""

import http.client
import os
import sys
from pathlib import Path

from quizsite.serving import sockets


def lacks(link: Path) -> str:
    """What is missing, in a line; "" where all is well."""
    pattern = sockets.own_socket(link, 0).name.replace("-0.sock", "-*.sock")
    own = [path for path in link.parent.glob(pattern) if sockets.listens(path)]
    if not own:
        return "no server of this machine listens"
    ready, answer = sockets.ask(own[-1], "/readyz")
    if not ready:
        return answer or "no answer"
    now = sockets.serving(link)
    if now is None or (now not in own and not _is_newer(now, own[-1])):
        return "another server answers"
    return ""


def _is_newer(path: Path, other: Path) -> bool:
    try:
        return path.stat().st_mtime >= other.stat().st_mtime
    except OSError:
        return False


def lacks_at(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=sockets.PATIENCE_SECONDS)
    try:
        connection.request("GET", "/readyz")
        reply = connection.getresponse()
        answer = reply.read().decode(errors="replace").strip()
        return "" if reply.status == http.client.OK else answer
    except (OSError, http.client.HTTPException) as error:
        return f"no answer ({error})"


if __name__ == "__main__":
    name = os.environ.get("WEB_SOCKET")
    port = int((os.environ.get("WEB_ADDRESS") or "127.0.0.1:8000").rpartition(":")[2])
    sys.exit((lacks(Path(name)) if name else lacks_at(port)) or None)
