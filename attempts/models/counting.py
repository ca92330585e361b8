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
    question_id = models.BigIntegerField()
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


class VersionSums(models.Model):
    """What the counted answers to one version add up to, in the units of CountedAnswer.

    x, y, xx, yy, xy: of share and rest, over the `paired` answers that have both.
    The sums here and below are whole numbers, so that what is taken away again leaves nothing.
    """

    version_id = models.BigIntegerField(primary_key=True)
    question_id = models.BigIntegerField(db_index=True)
    asked = models.BigIntegerField()
    reached = models.BigIntegerField()
    scored = models.BigIntegerField()
    shares = models.BigIntegerField()
    skipped = models.BigIntegerField()
    timed_out = models.BigIntegerField()
    paired = models.BigIntegerField()
    x = models.DecimalField(max_digits=40, decimal_places=0)
    y = models.DecimalField(max_digits=40, decimal_places=0)
    xx = models.DecimalField(max_digits=40, decimal_places=0)
    yy = models.DecimalField(max_digits=40, decimal_places=0)
    xy = models.DecimalField(max_digits=40, decimal_places=0)

    class Meta:
        default_permissions = ()


class PointSums(models.Model):
    """Of one key point of a version, from 1: how many answers have ticks, and how many miss it; of
    how many an engine called it something, how many of these were checked, and how many corrected;
    how often its follow-up was asked, and how often that helped.
    """

    pk = models.CompositePrimaryKey("version_id", "point")
    version_id = models.BigIntegerField()
    point = models.PositiveIntegerField()
    ticked = models.BigIntegerField()
    missed = models.BigIntegerField()
    called = models.BigIntegerField()
    checked = models.BigIntegerField()
    corrected = models.BigIntegerField()
    asked_for = models.BigIntegerField()
    helped = models.BigIntegerField()

    class Meta:
        default_permissions = ()


class TimeSums(models.Model):
    """How many answers to a version took so many whole seconds, of those that were reached."""

    pk = models.CompositePrimaryKey("version_id", "seconds")
    version_id = models.BigIntegerField()
    seconds = models.BigIntegerField()
    answers = models.BigIntegerField()

    class Meta:
        default_permissions = ()


class MonthSums(models.Model):
    """As CheckedSuggestions, which is what pages read of it."""

    pk = models.CompositePrimaryKey("question_id", "month", "engine")
    question_id = models.BigIntegerField()
    month = models.DateField()
    engine = models.CharField(max_length=40)
    answers = models.BigIntegerField()
    found = models.BigIntegerField()
    found_right = models.BigIntegerField()
    unsure = models.BigIntegerField()
    unsure_right = models.BigIntegerField()
    opposite = models.BigIntegerField()
    opposite_right = models.BigIntegerField()
    missing = models.BigIntegerField()
    missing_right = models.BigIntegerField()

    class Meta:
        default_permissions = ()


class LastCount(models.Model):
    """One row: when the statistics were last brought up to date; None: not yet.

    after: while everything is counted, the last attempt that was, in the order of their ids.
    """

    counted_at = models.DateTimeField(null=True)
    after = models.UUIDField(null=True)

    class Meta:
        default_permissions = ()
