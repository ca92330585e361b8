"""Whoever has written something reads it, although the replica may lack it for a while."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from questions.models import Topic
from quizsite.database.replica.own_writes import COOKIE, SECONDS, OwnWrites
from quizsite.database.replica.routing import REPLICA, may_read_replica
from quizsite.database.replica.watching import MOST_BEHIND
from tests.factories import TopicFactory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", REPLICA]),
]


def reply_to(method: str, view, **cookies) -> HttpResponse:
    request = RequestFactory().generic(method, "/")
    request.COOKIES = cookies
    return OwnWrites(view)(request)


def look(request) -> HttpResponse:
    return HttpResponse("replica" if may_read_replica() else "primary")


def write(request) -> HttpResponse:
    TopicFactory()
    return look(request)


def lock(request) -> HttpResponse:
    with transaction.atomic():
        list(Topic.objects.select_for_update())
    return look(request)


def write_by_sql(request) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE questions_topic SET name = name")
    return look(request)


@pytest.mark.parametrize(
    ("method", "view", "cookies", "read", "marks"),
    [
        ("GET", look, {}, "replica", False),
        ("HEAD", look, {}, "replica", False),
        ("GET", look, {COOKIE: "1"}, "primary", False),
        ("GET", look, {COOKIE: "anything"}, "primary", False),
        ("GET", write, {}, "primary", True),
        ("GET", lock, {}, "primary", True),
        ("POST", look, {}, "primary", True),
        ("POST", look, {COOKIE: "1"}, "primary", True),
        ("POST", write_by_sql, {}, "primary", True),
    ],
)
def test_who_reads_what_and_who_is_marked(replica, method, view, cookies, read, marks):
    response = reply_to(method, view, **cookies)
    assert response.content.decode() == read
    assert (COOKIE in response.cookies) == marks
    assert not may_read_replica()  # nothing is left for what this thread does next


def test_the_mark_lasts_longer_than_the_replica_may_lack_anything(replica):
    mark = reply_to("POST", look).cookies[COOKIE]
    assert int(mark["max-age"]) == SECONDS > MOST_BEHIND
    assert mark["httponly"]
