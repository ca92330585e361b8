from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from quizsite.clock import database_now
from quizsite.database import housekeeping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_there():
    Session.objects.all().delete()
    cache.clear()


def session(expires_in: timedelta) -> str:
    store = SessionStore()
    store.set_expiry(database_now() + expires_in)
    store.create()
    return store.session_key


def cached() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache ORDER BY cache_key")
        return [key for (key,) in cursor.fetchall()]


def test_what_has_expired_goes_and_the_rest_stays():
    session(timedelta(seconds=-5))
    kept = session(timedelta(days=180))
    cache.set("old", 1, -5)
    cache.set("new", 1, 300)
    assert housekeeping.delete_expired(now=database_now()) == 2
    assert list(Session.objects.values_list("session_key", flat=True)) == [kept]
    assert cached() == [":1:new"]
    assert housekeeping.delete_expired(now=database_now()) == 0


def test_a_long_neglect_is_made_good_in_batches():
    for _ in range(5):
        session(timedelta(seconds=-5))
    assert housekeeping.delete_expired(now=database_now(), batch=2) == 5
    assert not Session.objects.exists()
