"""The id of the request that is being answered: in its reply, and in every line about it."""

import re
import secrets
from contextvars import ContextVar

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,60}", re.ASCII)
"""As proxies write ids: letters and digits that mean nothing in SQL, HTML or a line of a log.
PostgreSQL cuts a name after 63 of them."""

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id; "" outside of requests. A thread that is started gets it with copy_context()."""
    return _current.get()


def begin(given: str = "") -> str:
    """Give the request that begins here the id that a proxy gave it, if that is well-formed, or a
    new one. The next request of the thread replaces it; a reply that is still sent keeps it."""
    request_id = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
    _current.set(request_id)
    return request_id
