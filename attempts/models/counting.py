"""What the statistics remember of each answer, so that only what changed is counted again.

attempts/statistics writes and reads these rows. Triggers note which attempts changed
(migrations/0008), because an answer changes in many places.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class CountedAnswer(models.Model):
    """What one answer of a finished attempt, to a question, adds to the statistics, without texts.

    share: in ten-thousandths; None if it is written and not scored. rest: the mean of the other
    shares of the attempt, in millionths. ticks: of an answer with text. called: what the engine
    called each key point of a confirmed answer, by its first letter (attempts/rules/findings.py).
    asked_points: the indexes of the key points that its follow-ups asked for; helped_points: those
    of them that were made when asked. A follow-up has no row of its own.
    Without foreign keys: a refresh removes the row when its answer is gone.
    """

    answer_id = models.BigIntegerField(primary_key=True)
    attempt_id = models.UUIDField(db_index=True)
    question_id = models.BigIntegerField(db_index=True)
    version_id = models.BigIntegerField()
    share = models.IntegerField(null=True)
    rest = models.FloatField(null=True)
    written = models.BooleanField()
    reached = models.BooleanField()
    timed_out = models.BooleanField()
    seconds = models.FloatField()
    ticks = ArrayField(models.BooleanField(), null=True)
    called = ArrayField(models.CharField(max_length=1), null=True)
    counted = ArrayField(models.BooleanField(), null=True)
    month = models.DateField()
    engine = models.CharField(max_length=40)
    asked_points = ArrayField(models.SmallIntegerField(), default=list)
    helped_points = ArrayField(models.SmallIntegerField(), default=list)

    class Meta:
        default_permissions = ()


class ToCount(models.Model):
    """An attempt that changed, or is gone, since the statistics counted it."""

    attempt_id = models.UUIDField()

    class Meta:
        default_permissions = ()


class LastCount(models.Model):
    """One row: when the statistics were last brought up to date."""

    counted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
