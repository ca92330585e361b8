"""One process at a time suggests for an answer, because a server that is asked may be slow."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_KEY = "SELECT {}(hashtextextended('suggest for answer ' || %s, 0))"


@contextmanager
def claimed(answer_id: int) -> Iterator[bool]:
    """Whether the answer is ours until the end of the block.

    The lock is the connection's, without a transaction, and ends with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEY.format("pg_try_advisory_lock"), [str(answer_id)])
        (is_ours,) = cursor.fetchone() or (False,)
    if not is_ours:
        yield False
        return
    try:
        yield True
    finally:
        with connection.cursor() as cursor:
            cursor.execute(_KEY.format("pg_advisory_unlock"), [str(answer_id)])
