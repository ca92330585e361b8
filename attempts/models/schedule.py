"""When a question is due again for somebody, and how the last answers to it went."""

from typing import Self

from django.db import models
from django.db.models import Q

from attempts.owners import Owner
from attempts.rules.recall.due import Review
from attempts.rules.recall.steps import Step, step_of
from questions.models import Question


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def owned_by(self, owner: Owner | None) -> Self:
        """The schedules of one owner. None for no owner."""
        return self.filter(owner.condition()) if owner else self.none()


class Schedule(models.Model):
    """One question that its owner has answered. It follows from the scored answers to it.

    `transitions.scheduling` writes it, and replays all answers when one of them changes.
    """

    user = models.ForeignKey(
        "auth.User", models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    guest_key = models.CharField(max_length=43, blank=True)
    question = models.ForeignKey(Question, models.CASCADE, related_name="schedules")
    due_at = models.DateTimeField()
    stability = models.FloatField(help_text="Days until nine in ten would remember it.")
    difficulty = models.FloatField(help_text="1 to 10.")
    answers = models.PositiveIntegerField(help_text="How many scored answers there are.")
    answered_at = models.DateTimeField(help_text="When the attempt of the last one ended.")
    share = models.DecimalField(max_digits=5, decimal_places=4, help_text="Of the last one.")
    answered_before_at = models.DateTimeField(null=True)
    share_before = models.DecimalField(max_digits=5, decimal_places=4, null=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "question_id"]
        constraints = [
            models.CheckConstraint(
                name="schedule_one_owner",
                condition=Q(user__isnull=False, guest_key="")
                | (Q(user__isnull=True) & ~Q(guest_key="")),
            ),
            models.UniqueConstraint(
                name="schedule_once_per_owner",
                fields=["user", "guest_key", "question"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="schedule_shares_range",
                condition=Q(share__range=(0, 1))
                & (Q(share_before__isnull=True) | Q(share_before__range=(0, 1))),
            ),
        ]
        indexes = [
            models.Index(
                name="schedule_due_user", fields=["user", "due_at"], condition=Q(user__isnull=False)
            ),
            models.Index(
                name="schedule_due_guest",
                fields=["guest_key", "due_at"],
                condition=~Q(guest_key=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}, due {self.due_at:%Y-%m-%d}"

    @property
    def step(self) -> Step:
        return step_of(self.last, self.before)

    @property
    def last(self) -> Review:
        return Review(self.answered_at, self.share)

    @property
    def before(self) -> Review | None:
        if self.answered_before_at is None or self.share_before is None:
            return None
        return Review(self.answered_before_at, self.share_before)
