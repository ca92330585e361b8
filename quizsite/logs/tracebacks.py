"""What an exception says in a log: where it was raised, and its words only if they quote nobody.

The words of most exceptions repeat the value that was wrong, which may be somebody's answer.
PostgreSQL's do in their DETAIL, and in what they say of a value that can't be read.
"""

import traceback
from collections.abc import Iterator

from django.db import Error as DjangoError
from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from attempts.chat_engine.failures import ServerFailed

PLAIN = (
    *(ImportError, AttributeError, NameError, TypeError, ZeroDivisionError, MemoryError),
    *(PoolTimeout, ServerFailed),
)
"""Their words name code and types, or are our own."""
KNOWN = {"can't start new thread", "cannot schedule new futures after shutdown"}
QUOTES_VALUES = ("22", "42601")
"""Codes of errors of which PostgreSQL's first line repeats a value, or a part of the statement."""
LEFT_OUT = "(its words are left out, because they may quote somebody)"


def words_of(failure: BaseException) -> str:
    """What it says, on one line; LEFT_OUT where that may hold what somebody wrote."""
    if isinstance(failure, DatabaseError | DjangoError):
        return _database_words(failure)
    if isinstance(failure, PLAIN) or str(failure) in KNOWN:
        return str(failure).partition("\n")[0]
    if isinstance(failure, OSError) and failure.strerror:
        return failure.strerror
    return LEFT_OUT


def _database_words(failure: BaseException) -> str:
    """PostgreSQL's first line without DETAIL, HINT and the statement."""
    cause = failure if isinstance(failure, DatabaseError) else failure.__cause__
    code = cause.sqlstate if isinstance(cause, DatabaseError) else None
    if code is not None and code.startswith(QUOTES_VALUES):
        return f"{LEFT_OUT} [{code}]"
    first = str(failure).strip().partition("\n")[0]
    return f"{first} [{code}]" if code else first


def named(failure: BaseException) -> str:
    words = words_of(failure)
    return f"{type(failure).__name__}: {words}" if words else type(failure).__name__


def quiet_traceback(failure: BaseException) -> str:
    """Like Python's, with the lines of code of every exception of the chain, and quiet words."""
    parts = [
        "Traceback (most recent call last):\n"
        + "".join(traceback.format_tb(each.__traceback__))
        + named(each)
        for each in _chain(failure)
    ]
    return "\n\nThat led to:\n\n".join(reversed(parts))


def _chain(failure: BaseException) -> Iterator[BaseException]:
    """From the last to the first, as Python tells it."""
    seen: set[int] = set()
    each: BaseException | None = failure
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        context = None if each.__suppress_context__ else each.__context__
        each = each.__cause__ or context
