"""Deletes what has expired: visitors' sessions, entries of the cache, accounts never confirmed."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import models

UNCONFIRMED_FOR = timedelta(days=30)
"""The link in the message works for three days; signing up again begins anew at any time."""

BATCH = 10_000  # rows for each statement, which ends well within the time-out


class CacheEntry(models.Model):
    """A row of the table that `createcachetable` makes. Django has no model of it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    expires = models.DateTimeField()

    objects: ClassVar[models.Manager["CacheEntry"]] = models.Manager()

    class Meta:
        db_table = "cache"
        managed = False
        default_permissions = ()


def delete_expired(*, now: datetime, batch: int = BATCH) -> int:
    """Delete what expired before `now`; safe at any time. Returns the number of rows."""
    sessions = Session.objects.filter(expire_date__lt=now)
    entries = CacheEntry.objects.filter(expires__lt=now)
    return _delete(sessions, batch) + _delete(entries, batch)


def delete_unconfirmed(*, now: datetime) -> int:
    """Delete accounts that somebody signed up for long ago and that nobody was ever in.

    Nothing belongs to them. Staff, and accounts that staff made without such an address, stay.
    """
    never_in = User.objects.filter(last_login=None, date_joined__lt=now - UNCONFIRMED_FOR)
    signed_up = never_in.filter(is_staff=False, emailaddress__verified=False)
    accounts = signed_up.exclude(emailaddress__verified=True)
    some = list(accounts.order_by("pk").values_list("pk", flat=True)[:1_000])
    _, counts = User.objects.filter(pk__in=some).delete()
    return counts.get("auth.User", 0)


def _delete(expired: models.QuerySet, batch: int) -> int:
    rows = expired.model._default_manager
    deleted: int = 0
    while True:
        count, _ = rows.filter(pk__in=expired.values("pk")[:batch]).delete()
        deleted += count
        if count < batch:
            return deleted
