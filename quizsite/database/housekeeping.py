"""Deletes what has expired: visitors' sessions, and entries of the cache."""

from datetime import datetime
from typing import ClassVar

from django.contrib.sessions.models import Session
from django.db import models

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


def _delete(expired: models.QuerySet, batch: int) -> int:
    rows = expired.model._default_manager
    deleted: int = 0
    while True:
        count, _ = rows.filter(pk__in=expired.values("pk")[:batch]).delete()
        deleted += count
        if count < batch:
            return deleted
