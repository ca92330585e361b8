"""A link that shows one result to whoever has it."""

import hashlib
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from attempts.models.attempt import FINISHED, Attempt


def hash_of(token: str) -> str:
    """What is stored of the secret part of an address.

    Without salt and in one round, because a token is 256 random bits: nobody can guess one, or
    list them beforehand. The row is looked up by the hash, so nothing compares secrets letter by
    letter: how long the look-up takes tells only about the hash of what the asker sent.
    """
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class ResultLinkQuerySet(models.QuerySet["ResultLink"]):
    def live(self, now: datetime) -> Self:
        """Those that show something now."""
        return self.filter(expires_at__gt=now, attempt__state__in=FINISHED)

    def expired(self, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class ResultLink(models.Model):
    """token_hash: of the secret part of the address (hash_of), which is stored nowhere."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="result_links")
    token_hash = models.CharField(max_length=64, unique=True)
    shows_answers = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = ResultLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="result_link_expires", condition=Q(expires_at__gt=models.F("created_at"))
            ),
        ]
        indexes = [models.Index(name="result_link_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return f"link to {self.attempt}, until {self.expires_at:%Y-%m-%d}"
