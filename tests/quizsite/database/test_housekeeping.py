from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache

from quizsite.clock import database_now
from quizsite.database import housekeeping
from tests.factories import UserFactory

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


def test_an_account_that_nobody_confirmed_is_deleted_after_a_month():
    now = database_now()

    def account(days, *, verified=False, has_address=True, **fields) -> str:
        user = UserFactory(last_login=None, **fields)
        User.objects.filter(pk=user.pk).update(date_joined=now - timedelta(days=days))
        if has_address:
            EmailAddress.objects.create(user=user, email=user.email, verified=verified)
        return user.username

    gone = account(31)
    kept = {
        account(29),
        account(31, verified=True),
        account(31, has_address=False),
        account(31, is_staff=True),
    }
    been_in = UserFactory(last_login=now - timedelta(days=400), username="been-in")
    User.objects.filter(pk=been_in.pk).update(date_joined=now - timedelta(days=500))
    EmailAddress.objects.create(user=been_in, email=been_in.email, verified=False)
    assert housekeeping.delete_unconfirmed(now=now) == 1
    names = set(User.objects.values_list("username", flat=True))
    assert names == kept | {"been-in"}
    assert gone not in names
