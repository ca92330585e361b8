"""A kept text: one that does not count and is not lost."""

from django.db import models
from django.db.models import Q

from attempts.models.answer import Answer


class KeptText(models.Model):
    """A text that does not count and is not lost."""

    class Source(models.TextChoices):
        LATE = "late", "typed after time"
        OTHER = "other", "from another tab or device"

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="kept_texts")
    source = models.CharField(max_length=5, choices=Source.choices)
    writer = models.CharField(max_length=36)
    text = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["kept_at", "id"]
        # How many were kept within the hour: a number of the site's health.
        indexes = [models.Index(name="kept_text_newest", fields=["kept_at"])]
        constraints = [
            models.CheckConstraint(
                name="kept_source_known", condition=Q(source__in=("late", "other"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.get_source_display()}"
