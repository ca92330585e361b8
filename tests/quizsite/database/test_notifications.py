"""Messages through PostgreSQL."""

import time

import psycopg
import pytest
from django.db import connection, transaction

from quizsite.database import notifications
from quizsite.database.notifications import Listener, notify
from tests.threads import Threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listener():
    listener = Listener("a_channel")
    assert listener.wait(1), "what was said before it listened may have been missed"
    yield listener
    listener.close()


def test_it_hears_what_is_committed_and_nothing_else(listener):
    with transaction.atomic():
        notify("a_channel")
        assert not listener.wait(0.2)
    assert listener.wait(5)
    with transaction.atomic():
        notify("a_channel")
        transaction.set_rollback(True)
    notify("another_channel")
    assert not listener.wait(0.2)


def test_it_hears_while_it_waits(listener):
    with Threads(1) as threads:
        heard = threads.begin(lambda: (listener.wait(20), time.monotonic()))
        time.sleep(0.3)
        said_at = time.monotonic()
        notify("a_channel")
        is_heard, at = heard.result(30)
    assert is_heard
    assert at - said_at < 5


def test_where_its_connection_is_cut_it_waits_as_long_and_connects_again(
    listener, monkeypatch, caplog
):
    monkeypatch.setattr(notifications, "LISTEN_AGAIN_SECONDS", 0.5)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE %s",
            ['LISTEN "a_channel"%'],
        )
    began = time.monotonic()
    assert not listener.wait(0.3)
    assert 0.25 < time.monotonic() - began < 5
    assert not listener.wait(0.2)
    time.sleep(0.1)
    assert listener.wait(1), "it listens again, and may have missed something"
    notify("a_channel")
    assert listener.wait(5)
    assert len([r for r in caplog.records if r.levelname == "WARNING"]) == 1


def test_it_listens_past_a_pooler(settings, listener):
    """A connection of its own, to the server that the setting names."""
    parts = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    url = psycopg.conninfo.make_conninfo(
        application_name="past a pooler", **{n: parts[n] for n in names if n in parts}
    )
    settings.DATABASE_DIRECT_URL = url
    past = Listener("a_channel")
    assert past.wait(1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", ["past a pooler"]
        )
        assert cursor.fetchone() == (1,)
    past.close()
