"""What is read from a real replica, and when the primary is read instead."""

import time

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory

from questions.models import Topic
from quizsite.database.compiled_once import CompiledOnce, parameter
from quizsite.database.one_moment import one_moment
from quizsite.database.replica import watching
from quizsite.database.replica.reading import page_reads_replica, reads_replica
from quizsite.database.replica.routing import (
    REPLICA,
    alias_to_read,
    begin_request,
    end_request,
)
from tests.factories import TopicFactory
from tests.threads import together
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", REPLICA]),
]


@reads_replica
def read() -> str:
    """Which server answers."""
    with connections[alias_to_read()].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return "replica" if cursor.fetchone()[0] else "primary"


@reads_replica
def names() -> list[str]:
    return [alias_to_read(), *Topic.objects.order_by("name").values_list("name", flat=True)]


def test_rows_come_from_the_replica_also_by_sql(replica, follow):
    TopicFactory(name="Networks")
    follow()
    begin_request(may_read_replica=True)
    assert read() == "replica"
    assert names() == [REPLICA, "Networks"]


def test_so_does_what_a_query_that_is_compiled_once_finds(replica, follow):
    TopicFactory(name="Networks")
    follow()
    named = CompiledOnce(lambda: Topic.objects.filter(name=parameter("name")))

    def source() -> str | None:
        (topic,) = named.rows(name="Networks")
        return topic._state.db

    assert source() == "default"
    begin_request(may_read_replica=True)
    assert reads_replica(source)() == REPLICA
    end_request()
    assert reads_replica(source)() == "default"


def test_it_is_read_as_of_one_moment(replica, follow):
    topic = TopicFactory(name="Before")
    follow()

    @reads_replica
    def twice():
        before = Topic.objects.get(pk=topic.pk).name
        together(lambda: Topic.objects.filter(pk=topic.pk).update(name="After"))
        follow()
        with one_moment():
            return before, Topic.objects.get(pk=topic.pk).name

    begin_request(may_read_replica=True)
    assert twice() == ("Before", "Before")


def test_nothing_can_be_written_there(replica):
    @reads_replica
    def write():
        with connections[alias_to_read()].cursor() as cursor:
            cursor.execute("DELETE FROM questions_topic")

    with pytest.raises(DatabaseError, match="read-only transaction"):
        write()


def test_the_orm_writes_to_the_primary_whatever_is_read(replica, follow):
    topic = TopicFactory(name="Before")
    follow()
    begin_request(may_read_replica=True)

    @reads_replica
    def change():
        found = Topic.objects.get(pk=topic.pk)
        assert found._state.db == REPLICA
        found.name = "After"
        found.save()
        TopicFactory(name="New")
        Topic.objects.filter(pk=topic.pk).select_for_update()
        return found

    found = change()
    assert set(Topic.objects.using("default").values_list("name", flat=True)) == {"After", "New"}
    assert read() == "primary"  # from here on this request reads what it wrote
    found.refresh_from_db()
    assert (found._state.db, found.name) == ("default", "After")


def test_a_row_from_the_replica_leads_to_rows_of_the_primary(replica, follow):
    topic = TopicFactory(name="Before")
    follow()
    begin_request(may_read_replica=True)
    found = reads_replica(lambda: Topic.objects.get(pk=topic.pk))()
    assert found.questions.all().db == "default"


@pytest.mark.parametrize("may", [True, False])
def test_only_for_requests_that_may(replica, may):
    begin_request(may_read_replica=may)
    assert read() == ("replica" if may else "primary")
    end_request()
    assert read() == "primary"


def test_a_transaction_that_has_begun_reads_the_primary(replica):
    with transaction.atomic():
        assert read() == "primary"
    assert read() == "replica"


def test_a_replica_that_is_too_far_behind_is_not_read_until_it_has_caught_up(
    replica, follow, monkeypatch
):
    monkeypatch.setattr(watching, "MOST_BEHIND", 0.5)
    assert read() == "replica"
    replica.say("SELECT pg_wal_replay_pause()")
    try:
        TopicFactory()
        begin_request(may_read_replica=True)
        time.sleep(0.6)
        assert read() == "primary"
    finally:
        replica.say("SELECT pg_wal_replay_resume()")
    assert wait_until(lambda: read() == "replica", 60)


def test_a_conflict_with_what_is_replayed_is_answered_by_the_primary(replica, follow):
    TopicFactory(name="Old")
    follow()
    begin_request(may_read_replica=True)
    seen = []

    @reads_replica
    def slow():
        seen.append(alias_to_read())
        rows = list(Topic.objects.values_list("name", flat=True))
        if alias_to_read() == REPLICA:
            together(empty_and_fill)
            with connections[REPLICA].cursor() as cursor:
                for _ in range(40):
                    cursor.execute("SELECT pg_sleep(0.1), count(*) FROM questions_topic")
        return rows

    assert slow() == ["New"]
    assert seen == [REPLICA, "default"]
    assert read() == "primary"  # and the next ones do not try for a while


def empty_and_fill() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE questions_topic CASCADE")
    TopicFactory(name="New")


def test_while_it_is_away_pages_are_read_from_the_primary_and_nobody_waits(replica, monkeypatch):
    assert read() == "replica"
    replica.kill()
    try:
        assert read() == "primary"
        began = time.monotonic()
        assert {read() for _ in range(20)} == {"primary"}
        assert time.monotonic() - began < 0.5
    finally:
        replica.begin({})
    monkeypatch.setattr(watching, "AWAY", 0)
    watching.watch.is_away(OSError("so that the time begins anew"))
    assert wait_until(lambda: read() == "replica", 60)


def test_a_page_is_rendered_there(replica, follow):
    TopicFactory(name="Networks")
    follow()
    begin_request(may_read_replica=True)
    template = engines["django"].from_string("{% for t in rows %}{{ t }} {{ t.from }}{% endfor %}")

    @page_reads_replica
    def page(request):
        rows = Topic.objects.all()
        return TemplateResponse(request, template, {"rows": rows})

    response = page(RequestFactory().get("/"))
    assert response.is_rendered
    assert response.content.strip() == b"Networks"


def test_a_form_that_is_sent_is_handled_with_the_primary(replica):
    view = page_reads_replica(lambda request: HttpResponse(alias_to_read()))
    assert view(RequestFactory().get("/")).content == b"replica"
    assert view(RequestFactory().post("/")).content == b"default"
