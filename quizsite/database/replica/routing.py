"""Which database a statement of the ORM goes to. Writes always go to the primary."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

REPLICA = "replica"

_reads_replica = ContextVar("reads_replica", default=False)
_may_read = ContextVar("may_read_replica", default=False)


def alias_to_read() -> str:
    """The database that is read right now. For SQL of our own: connections[alias_to_read()]."""
    return REPLICA if _reads_replica.get() else DEFAULT_DB_ALIAS


@contextmanager
def reading_replica() -> Iterator[None]:
    token = _reads_replica.set(True)
    try:
        yield
    finally:
        _reads_replica.reset(token)


def begin_request(*, may_read_replica: bool) -> None:
    """may_read_replica: whether its sender has written nothing that the replica may lack."""
    _may_read.set(may_read_replica)


def end_request() -> None:
    _may_read.set(False)


def may_read_replica() -> bool:
    """False outside of requests, once the request has written something, and in a transaction that
    has begun: whoever reads in order to write reads the primary."""
    return _may_read.get() and not connections[DEFAULT_DB_ALIAS].in_atomic_block


class Router:
    """Django's DATABASE_ROUTERS, where there is a replica."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str:
        return alias_to_read()

    def db_for_write(self, model: type[Model], **_hints: object) -> str:
        """Also asked for rows that are locked. From here on the request reads what it wrote."""
        _may_read.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Model, second: Model, **_hints: object) -> bool:
        return True  # a row is the same row in both

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        return db == DEFAULT_DB_ALIAS
