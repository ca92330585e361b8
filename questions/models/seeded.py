"""What content that the seed writes has in common."""

from django.db import models


class Seeded(models.Model):
    """Content that `seed_questions` brings up to date as long as nobody else has changed it."""

    seed_hash = models.CharField(
        max_length=64, blank=True, editable=False, help_text="What the seed last wrote here."
    )

    class Meta:
        abstract = True
