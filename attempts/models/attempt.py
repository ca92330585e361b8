"""An attempt: one run of an interview by one owner, with everything that decides its clock."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from attempts.models.personal.owned import Owned, OwnedQuerySet, one_owner
from attempts.rules.lifecycle import AttemptClock, State
from questions.models import Interview, Timing

if TYPE_CHECKING:
    from attempts.models.answer import Answer

WRITTEN = r"[^\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
"""A pattern for PostgreSQL: matches the characters that Python's str.strip does not take away.

(PostgreSQL's own \\S depends on the locale.)
"""

FINISHED = (State.SUBMITTED.value, State.EXPIRED.value)


class AtDeadline(models.TextChoices):
    HAND_IN = "hand_in", "submit what is written"
    OVERTIME = "overtime", "go on, marked as overtime"


class FinishReason(models.TextChoices):
    SUBMITTED = "submitted", "finished"
    DEADLINE = "deadline", "time ran out"
    STAFF = "staff", "ended by staff"
    REPLACED = "replaced", "ended because another attempt was running"


class AttemptQuerySet(OwnedQuerySet["Attempt"]):
    def running(self) -> Self:
        return self.filter(state=State.RUNNING.value)

    def finished(self) -> Self:
        return self.filter(state__in=FINISHED)

    def scored_interviews(self) -> Self:
        """The finished ones whose scores make averages and trends: those with a score, without
        practice and without what their owner has hidden.
        """
        return self.finished().filter(practice=None, is_hidden=False, score__isnull=False)

    def newest_first(self, *, after: tuple[datetime, uuid.UUID] | None = None) -> Self:
        """Those that ended last come first. after: (finished_at, id) of the last one seen."""
        rows = self.order_by("-finished_at", "-id")
        if after is None:
            return rows
        finished_at, pk = after
        return rows.filter(finished_at__lte=finished_at).exclude(
            finished_at=finished_at, id__gte=pk
        )

    def oldest_first(self, *, since: tuple[datetime, uuid.UUID]) -> Self:
        """From the one at this place, (finished_at, id), up to the one that ended last."""
        finished_at, pk = since
        rows = self.order_by("finished_at", "id").filter(finished_at__gte=finished_at)
        return rows.exclude(finished_at=finished_at, id__lt=pk)

    def comparable_to(self, attempt: "Attempt") -> Self:
        """Those of the same owner and interview that ended before, have a score, and had the same
        time. None for a practice, and for an attempt that has not ended or outlived its interview.
        """
        same = Q(interview=attempt.interview_id, interview__isnull=False) | Q(
            own_interview=attempt.own_interview_id, own_interview__isnull=False
        )
        if attempt.practice_id or not attempt.is_finished:
            return self.none()
        scored = self.owned_by(attempt.owner).scored_interviews()
        alike = scored.filter(same, time_factor=attempt.time_factor, untimed=attempt.untimed)
        return alike.filter(finished_at__lt=attempt.finished_at)

    def with_counts(self) -> Self:
        """Adds to each attempt how many of its questions are, in this order:

        asked; answered; answered and not scored by the candidate (unscored), or one of its
        follow-ups is; and of these, checked by an engine (suggested).
        """
        to_question = Q(answers__follows=None)
        written = Q(answers__text__regex=WRITTEN)
        to_answered = to_question | Q(answers__follows__text__regex=WRITTEN)
        unscored = written & to_answered & Q(answers__confirmed=None)
        checked = unscored & ~Q(answers__engine="") & Q(answers__not_english=False)
        question = Coalesce("answers__follows", "answers__pk")
        return self.annotate(
            asked=Count("answers", filter=to_question),
            answered=Count("answers", filter=written & to_question),
            unscored=Count(question, filter=unscored, distinct=True),
            suggested=Count(question, filter=checked, distinct=True),
        )

    def overdue(self, now: datetime) -> Self:
        """Running attempts whose deadline has passed. Some of them may be in overtime."""
        return self.running().filter(deadline_at__lte=now)


class Attempt(Owned):
    """One run of an interview by one owner, with everything that decides its clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        "auth.User",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attempts",
        db_index=False,  # attempt_started_user
    )
    interview = models.ForeignKey(
        Interview,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="attempts",
        db_index=False,  # attempt_interview
    )
    practice = models.ForeignKey(
        "attempts.Practice", models.CASCADE, null=True, blank=True, related_name="attempts"
    )
    own_interview = models.ForeignKey(
        "attempts.OwnInterview", models.SET_NULL, null=True, blank=True, related_name="attempts"
    )
    interview_title = models.CharField(max_length=120)
    timing = models.CharField(max_length=12, choices=Timing.choices)
    number = models.PositiveIntegerField(help_text="1st, 2nd, … run of this interview.")
    seed = models.BigIntegerField(help_text="The same seed draws the same questions.")
    state = models.CharField(
        max_length=9,
        choices=[(state.value, state.value) for state in State],
        default=State.RUNNING.value,
    )
    time_factor = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    untimed = models.BooleanField(default=False)
    think_seconds = models.PositiveSmallIntegerField(default=0)
    follow_ups = models.PositiveSmallIntegerField(
        default=0, help_text="At most so many follow-ups to each question."
    )
    follow_up_limit = models.DurationField(
        null=True, help_text="The time to answer a follow-up; null: no limit."
    )
    at_deadline = models.CharField(
        max_length=8, choices=AtDeadline.choices, default=AtDeadline.HAND_IN.value
    )
    limit = models.DurationField(
        null=True,
        help_text="With one clock for all: the time for the whole attempt, extensions included.",
    )
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(
        null=True, help_text="When time runs out for the whole attempt, as things stand."
    )
    finished_at = models.DateTimeField(null=True)
    finish_reason = models.CharField(max_length=9, choices=FinishReason.choices, blank=True)
    ended_in = models.CharField(
        max_length=36,
        blank=True,
        help_text="The window of its owner that finished or discarded it; others are told.",
    )
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    is_hidden = models.BooleanField(default=False, help_text="Its owner left it out of the list.")

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            one_owner("attempt"),
            models.UniqueConstraint(
                name="attempt_one_running_per_user",
                fields=["user"],
                condition=Q(state="running", user__isnull=False),
            ),
            models.UniqueConstraint(
                name="attempt_one_running_per_guest",
                fields=["guest_key"],
                condition=Q(state="running") & ~Q(guest_key=""),
            ),
            models.CheckConstraint(
                name="attempt_state_known",
                condition=Q(state__in=("running", "submitted", "expired", "discarded")),
            ),
            models.CheckConstraint(
                name="attempt_finished_when_not_running",
                condition=Q(state="running", finished_at__isnull=True, finish_reason="")
                | (~Q(state="running") & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="attempt_finished_has_reason",
                condition=~Q(state__in=("submitted", "expired")) | ~Q(finish_reason=""),
            ),
            models.CheckConstraint(
                name="attempt_untimed_has_no_deadline",
                condition=Q(untimed=True, deadline_at__isnull=True, limit__isnull=True)
                | Q(untimed=False, deadline_at__isnull=False),
            ),
            models.CheckConstraint(
                name="attempt_score_range",
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)),
            ),
            models.CheckConstraint(
                name="attempt_time_factor_range", condition=Q(time_factor__range=(1, 10))
            ),
        ]
        indexes = [
            models.Index(
                name="attempt_overdue", fields=["deadline_at"], condition=Q(state="running")
            ),
            models.Index(name="attempt_newest", fields=["-started_at", "-id"]),
            # What somebody was asked lately, and which run this is.
            models.Index(name="attempt_started_user", fields=["user", "-started_at"]),
            models.Index(
                name="attempt_started_guest",
                fields=["guest_key", "-started_at"],
                condition=~Q(guest_key=""),
            ),
            # The filters of the admin's list. Nearly all attempts were submitted.
            models.Index(
                name="attempt_unusual_state",
                fields=["state", "-started_at", "-id"],
                condition=~Q(state="submitted"),
            ),
            models.Index(name="attempt_interview", fields=["interview", "-started_at", "-id"]),
            models.Index(name="attempt_timing", fields=["timing", "-started_at", "-id"]),
            models.Index(
                name="attempt_history_user",
                fields=["user", "-finished_at", "-id"],
                condition=Q(state__in=("submitted", "expired")),
            ),
            models.Index(
                name="attempt_history_guest",
                fields=["guest_key", "-finished_at", "-id"],
                condition=Q(state__in=("submitted", "expired")) & ~Q(guest_key=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview_title}, attempt {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("attempts:room" if self.is_running else "attempts:review", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.state == State.RUNNING

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def is_practice(self) -> bool:
        """Whether it asks one question of a practice; else it is an interview."""
        return self.practice_id is not None

    @property
    def forward_only(self) -> bool:
        """Per-question timing: the questions open one after another."""
        return self.timing == Timing.PER_QUESTION

    @property
    def has_overtime(self) -> bool:
        """Whether the attempt goes on at the bell instead of ending."""
        return self.at_deadline == AtDeadline.OVERTIME

    @property
    def time_used(self) -> timedelta | None:
        """From the start to the end; None while the attempt runs."""
        return None if self.finished_at is None else self.finished_at - self.started_at

    def clock(self, answers: "Sequence[Answer]") -> AttemptClock:
        """The attempt with all its answers, in order, as attempts.rules.lifecycle takes it."""
        return AttemptClock(
            started_at=self.started_at,
            limit=self.limit,
            overtime=self.has_overtime,
            forward_only=self.forward_only,
            questions=tuple(answer.clock() for answer in answers),
        )
