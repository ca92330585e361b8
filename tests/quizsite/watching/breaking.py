"""Settings and addresses of a site that fails in every way, with what it was sent in its hands."""

import threading

from django.db import connection, transaction
from django.urls import path

from quizsite import urls


def value(request):
    return int(request.POST["text"])


def reraised(request):
    try:
        value(request)
    except ValueError as error:
        raise LookupError(request.POST["text"]) from error


def row(request):
    """A constraint fails, so that PostgreSQL would log the row and the statement."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE attempts_answer SET text = %s, position = -1", [request.POST["text"]]
        )


def number(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [request.POST["text"]])


def slow(request):
    """The statement times out: a page with status 503."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '100ms'")
        cursor.execute("SELECT pg_sleep(5), %s", [request.POST["text"]])


def thread(request):
    text = request.POST["text"]

    def fail():
        raise ValueError(text)

    started = threading.Thread(target=fail)
    started.start()
    started.join()
    raise ValueError(text)


WAYS = {each.__name__: each for each in (value, reraised, row, number, slow, thread)}
handler500 = urls.handler500
urlpatterns = [
    *urls.urlpatterns,
    *(path(f"break/{name}/", view) for name, view in WAYS.items()),
]
