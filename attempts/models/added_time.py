"""Added time: each extension of an attempt's clock is a row."""

from django.db import models
from django.db.models import Q

from attempts.models.attempt import Attempt
from attempts.rules.follow_ups.names import name_of


class AddedTime(models.Model):
    """Time that was added to an attempt: how much, when and why."""

    class Reason(models.TextChoices):
        ASKED = "asked", "5 more minutes"
        OUTAGE = "outage", "lost to an outage"
        STAFF = "staff", "given by staff"

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="added_times")
    position = models.PositiveSmallIntegerField(
        null=True, help_text="With per-question timing: the question that got it."
    )
    amount = models.DurationField()
    reason = models.CharField(max_length=6, choices=Reason.choices)
    note = models.TextField(blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="added_reason_known", condition=Q(reason__in=("asked", "outage", "staff"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.amount}"

    @property
    def question_name(self) -> str:
        """Of what got it, such as "question 2"; "" with one clock for all."""
        return "" if self.position is None else name_of(self.position, self.attempt.follow_ups)
