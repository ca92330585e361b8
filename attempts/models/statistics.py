"""What the answers to a question added up to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from questions.models import Question, QuestionVersion


class QuestionStatistics(models.Model):
    """What the answers to a question, or to one version of it, added up to at one time.

    attempts/statistics/compute.py computes every row and says what each column means. version is
    None for all versions together. Shares and rates are 0 to 1.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="statistics")
    version = models.ForeignKey(QuestionVersion, models.CASCADE, null=True, related_name="+")
    asked = models.PositiveIntegerField()
    reached = models.PositiveIntegerField()
    scored = models.PositiveIntegerField()
    mean_share = models.FloatField(null=True)
    skip_rate = models.FloatField(null=True)
    time_out_rate = models.FloatField(null=True)
    median_seconds = models.FloatField(null=True)
    paired = models.PositiveIntegerField()
    discrimination = models.FloatField(null=True)
    ticked = models.PositiveIntegerField(default=0)
    miss_rates = ArrayField(models.FloatField(), default=list)
    most_missed = models.FloatField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "statistics"
        default_permissions = ()  # who may view questions may view these
        constraints = [
            models.UniqueConstraint(name="statistics_once_per_version", fields=["version"]),
            models.UniqueConstraint(
                name="statistics_once_for_all_versions",
                fields=["question"],
                condition=Q(version__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.version or self.question)
