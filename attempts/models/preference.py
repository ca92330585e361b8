"""What a user chose once: the pace of the last start, the day of the interview."""

from django.db import models
from django.db.models import Q

from attempts.models.attempt import AtDeadline


class Preference(models.Model):
    """The pace that a user chose last, and the day of their interview. (A guest's are in the
    session.) think_seconds: null before the first start, when no pace was chosen.
    """

    user = models.OneToOneField("auth.User", models.CASCADE, related_name="preference")
    time_factor = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    untimed = models.BooleanField(default=False)
    think_seconds = models.PositiveSmallIntegerField(null=True)
    at_deadline = models.CharField(
        max_length=8, choices=AtDeadline.choices, default=AtDeadline.HAND_IN.value
    )
    interview_on = models.DateField(null=True, help_text="The day of the interview to come.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="preference_time_factor_range", condition=Q(time_factor__range=(1, 10))
            )
        ]

    def __str__(self) -> str:
        return f"preferences of {self.user}"
