"""When a question is due again for somebody, and how the last answers to it went."""

from datetime import UTC, date, datetime
from typing import Self

from django.db import models
from django.db.models import Count, ExpressionWrapper, Q
from django.db.models.functions import TruncDate

from attempts.models.personal.owned import Owned, OwnedQuerySet, index_of_guests, one_owner
from attempts.rules.recall.days_left import DueQuestions
from attempts.rules.recall.due import Review, day_after, last_day, to_come
from attempts.rules.recall.steps import WEAK_BELOW, Step, step_of
from questions.models import Question, Status


class ScheduleQuerySet(OwnedQuerySet["Schedule"]):
    def published(self) -> Self:
        """Without the questions that are asked no more."""
        return self.filter(question__status=Status.PUBLISHED.value)

    def weak(self) -> Self:
        """The weak ones: the lowest share first, of equals the oldest answer."""
        weak = self.filter(share__lt=WEAK_BELOW)
        return weak.order_by("share", "answered_at", "question_id")

    def due(self, now: datetime, interview_on: date | None = None) -> Self:
        """What is due today or before, as attempts.rules.recall.due.next_due has it. Longest due
        first.
        """
        interview_on, tomorrow = to_come(interview_on, now), day_after(now)
        last = last_day(interview_on) if interview_on else None
        is_due = Q() if last and last < tomorrow else Q(due_at__lt=tomorrow)
        if last:
            is_due &= Q(answered_at__lt=last)
        return self.filter(is_due).order_by("due_at", "question_id")

    def by_day(self, interview_on: date | None, now: datetime) -> list[DueQuestions]:
        """How many are due on which day, as attempts.rules.recall.days_left takes it."""
        interview_on = to_come(interview_on, now)
        is_late = Q(answered_at__gte=last_day(interview_on)) if interview_on else Q(pk=None)
        rows = self.order_by().annotate(
            due_on=TruncDate("due_at", tzinfo=UTC),
            is_late=ExpressionWrapper(is_late, models.BooleanField()),
        )
        counted = rows.values_list("due_on", "is_late").annotate(Count("pk"))
        return [DueQuestions(*row) for row in counted]


class Schedule(Owned):
    """One question that its owner has answered. It follows from the scored answers to it.

    `transitions.scheduling` writes it, and replays all answers when one of them changes.
    """

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
            one_owner("schedule"),
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
            index_of_guests("schedule", "due_at"),
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


class ScheduleCatchUp(models.Model):
    """How far answers that were scored before there were schedules have been scheduled.

    One row at most. after: the last attempt that was looked at, in the order of their ids.
    """

    after = models.UUIDField(null=True)
    is_done = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
