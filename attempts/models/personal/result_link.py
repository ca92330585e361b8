"""A link that shows one result to whoever has it."""

from django.db import models
from django.db.models import Q

from attempts.models.attempt import Attempt


class ResultLink(models.Model):
    """token_hash: SHA-256 of the secret part of the address, which is stored nowhere."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="result_links")
    token_hash = models.CharField(max_length=64, unique=True)
    shows_answers = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="result_link_expires", condition=Q(expires_at__gt=models.F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"link to {self.attempt}, until {self.expires_at:%Y-%m-%d}"
