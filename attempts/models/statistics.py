"""What the answers to a question added up to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from questions.models import Question, QuestionVersion


class QuestionStatistics(models.Model):
    """What the answers to a question, or to one version of it, added up to at one time.

    attempts/statistics/compute.py computes every row and says what each column means. version is
    None for all versions together. points_version: whose key points the numbers by key point are
    about, which are those from ticked on. Shares and rates are 0 to 1.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="statistics")
    version = models.ForeignKey(QuestionVersion, models.CASCADE, null=True, related_name="+")
    points_version = models.ForeignKey(QuestionVersion, models.CASCADE, null=True, related_name="+")
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
    checked_answers = ArrayField(models.PositiveIntegerField(), default=list)
    corrected_answers = ArrayField(models.PositiveIntegerField(), default=list)
    most_corrected = models.FloatField(null=True)
    follow_ups_asked = ArrayField(models.PositiveIntegerField(), default=list)
    follow_ups_helped = ArrayField(models.PositiveIntegerField(), default=list)
    most_in_vain = models.PositiveIntegerField(null=True)
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


class CheckedSuggestions(models.Model):
    """What candidates made of the suggestions for one question, by month and engine.

    Computed with QuestionStatistics, from all its versions. month: its first day; that in which
    the attempts ended. answers: how many were confirmed. Of their key points, by what the engine
    called them: how many, and for how many the candidate's tick agrees (found: ticked; all
    others: not ticked).
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="checked_suggestions")
    month = models.DateField()
    engine = models.CharField(max_length=40)
    answers = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    found_right = models.PositiveIntegerField()
    unsure = models.PositiveIntegerField()
    unsure_right = models.PositiveIntegerField()
    opposite = models.PositiveIntegerField()
    opposite_right = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    missing_right = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "checked suggestions"
        default_permissions = ()  # who may view questions may view these
        constraints = [
            models.UniqueConstraint(
                name="checked_suggestions_once", fields=["question", "month", "engine"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}, {self.month:%Y-%m}, {self.engine}"
