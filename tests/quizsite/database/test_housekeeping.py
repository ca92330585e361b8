from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache

from quizsite.clock import database_now
from quizsite.database import housekeeping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_tables():
    Session.objects.all().delete()
    cache.clear()


def session(expires_in: timedelta) -> str:
    store = SessionStore()
    store.set_expiry(database_now() + expires_in)
    store.create()
    return store.session_key


def test_what_has_expired_is_deleted_and_the_rest_stays():
    session(timedelta(seconds=-5))
    kept = session(timedelta(days=180))
    cache.set("old", 1, -5)
    cache.set("new", 1, 300)
    assert housekeeping.delete_expired(now=database_now()) == 2
    assert list(Session.objects.values_list("session_key", flat=True)) == [kept]
    assert [entry.cache_key for entry in housekeeping.CacheEntry.objects.all()] == [":1:new"]
    assert housekeeping.delete_expired(now=database_now()) == 0


def test_many_expired_rows_go_in_batches_of_one_statement(django_assert_num_queries):
    for _ in range(5):
        session(timedelta(seconds=-5))
    now = database_now()
    with django_assert_num_queries(3 + 1):  # the cache is empty
        assert housekeeping.delete_expired(now=now, batch=2) == 5
    assert not Session.objects.exists()
