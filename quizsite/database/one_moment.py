"""Pages whose numbers must agree read them as of one moment, whatever is written meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import connections, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from quizsite.database.replica.routing import alias_to_read

View = Callable[..., HttpResponseBase]


@contextmanager
def one_moment() -> Iterator[None]:
    """Every statement within sees the database as it is at the first one. Nothing can be written.

    Within a transaction that has begun before, it does nothing: that one has its own moment.
    """
    alias = alias_to_read()
    if connections[alias].in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def as_of_one_moment(view: View) -> View:
    """Decorator: what a GET shows is read within one_moment(), also what its template reads."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        with one_moment():
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    return wrapped
