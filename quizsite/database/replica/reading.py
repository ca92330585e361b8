"""Decorators: what a function or a page reads comes from the replica, if that will do."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from psycopg.errors import QueryCanceled
from psycopg_pool import PoolTimeout

from quizsite.database.one_moment import one_moment
from quizsite.database.replica.routing import (
    REPLICA,
    alias_to_read,
    may_read_replica,
    reading_replica,
)
from quizsite.database.replica.watching import watch

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[..., HttpResponseBase]

LOST = (OperationalError, InterfaceError, PoolTimeout)


def reads_replica(function: Callable[P, R]) -> Callable[P, R]:
    """The function reads the replica, as of one moment, where nothing can be written; or it is
    called once more and reads the primary, if the replica fails meanwhile.

    So it must have no effect but its result. It reads the primary if the replica is away or too
    far behind, if the sender of the request has written something just now, within a transaction,
    and outside of requests.
    """

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        if not _is_to_be_read():
            return function(*args, **kwargs)
        try:
            with reading_replica(), one_moment():
                return function(*args, **kwargs)
        except LOST as error:
            if isinstance(error.__cause__, QueryCanceled):
                raise  # a statement that takes too long there would here too
            watch.is_away(error)
        return function(*args, **kwargs)

    return wrapped


def page_reads_replica(view: View) -> View:
    """The same for what a GET shows, also for what its template reads."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or not _is_to_be_read():
            return view(request, *args, **kwargs)
        return _rendered(view, request, *args, **kwargs)

    return wrapped


@reads_replica
def _rendered(
    view: View, request: HttpRequest, *args: object, **kwargs: object
) -> HttpResponseBase:
    response = view(request, *args, **kwargs)
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _is_to_be_read() -> bool:
    if REPLICA not in connections or alias_to_read() == REPLICA:
        return False
    return may_read_replica() and watch.is_fresh()
