"""Timed attempts: who was asked what, what they wrote, and what it was worth.

Only attempts/transitions.py writes these rows.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse

from attempts import lifecycle
from attempts.lifecycle import Sitting, State, Step
from questions.models import Interview, Question, QuestionVersion, Timing

FINISHED = (State.SUBMITTED.value, State.EXPIRED.value)


class AtDeadline(models.TextChoices):
    HAND_IN = "hand_in", "hand in what is written"
    OVERTIME = "overtime", "go on, and mark it as overtime"


class FinishReason(models.TextChoices):
    SUBMITTED = "submitted", "finished"
    DEADLINE = "deadline", "time ran out"
    STAFF = "staff", "ended by staff"
    REPLACED = "replaced", "ended when another attempt was taken over"


class AttemptQuerySet(models.QuerySet):
    def owned_by(self, owner):
        """The attempts of one owner (attempts.owners.Owner); of nobody, none."""
        return self.filter(owner.condition()) if owner else self.none()

    def running(self):
        return self.filter(state=State.RUNNING.value)

    def finished(self):
        return self.filter(state__in=FINISHED)

    def overdue(self, now):
        """Running attempts whose bell has rung, though nothing may have noticed it yet."""
        return self.running().filter(deadline_at__lte=now)


class Attempt(models.Model):
    """One sitting of an interview by one owner, with everything that decides its clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        "auth.User", models.CASCADE, null=True, blank=True, related_name="attempts"
    )
    guest_key = models.CharField(max_length=43, blank=True)
    interview = models.ForeignKey(
        Interview, models.SET_NULL, null=True, blank=True, related_name="attempts"
    )
    interview_title = models.CharField(max_length=120)
    timing = models.CharField(max_length=12, choices=Timing.choices)
    number = models.PositiveIntegerField(help_text="1st, 2nd, … run of this interview.")
    seed = models.BigIntegerField(help_text="Of the draw; the same seed draws the same questions.")
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
    at_deadline = models.CharField(
        max_length=8, choices=AtDeadline.choices, default=AtDeadline.HAND_IN.value
    )
    limit = models.DurationField(
        null=True, help_text="One clock: time for the whole, extensions included."
    )
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, help_text="When the last bell rings.")
    finished_at = models.DateTimeField(null=True)
    finish_reason = models.CharField(max_length=9, choices=FinishReason.choices, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                name="attempt_one_owner",
                condition=Q(user__isnull=False, guest_key="")
                | (Q(user__isnull=True) & ~Q(guest_key="")),
            ),
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
            # What a guest was asked before, and which run this is.
            models.Index(name="attempt_guest", fields=["guest_key"], condition=~Q(guest_key="")),
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

    def __str__(self):
        return f"{self.interview_title}, attempt {self.number}"

    def get_absolute_url(self):
        return reverse("attempts:room" if self.is_running else "attempts:review", args=[self.pk])

    @property
    def is_running(self):
        return self.state == State.RUNNING

    @property
    def is_finished(self):
        return self.state in FINISHED

    @property
    def forward_only(self):
        return self.timing == Timing.PER_QUESTION

    @property
    def time_used(self):
        """From the start to the end; None while it runs."""
        return self.finished_at and self.finished_at - self.started_at

    def sitting(self, answers) -> Sitting:
        """The attempt with its answers, in order, as attempts.lifecycle takes it."""
        return Sitting(
            started_at=self.started_at,
            limit=self.limit,
            overtime=self.at_deadline == AtDeadline.OVERTIME,
            forward_only=self.forward_only,
            steps=tuple(answer.step() for answer in answers),
        )


class ClosedBy(models.TextChoices):
    SUBMITTED = "submitted", "submitted"
    SKIPPED = "skipped", "skipped"
    DEADLINE = "deadline", "time ran out"
    FINISH = "finish", "interview finished"


@dataclass(frozen=True)
class Suggestion:
    """What an engine finds in an answer: for each key point whether it is made, how sure, where.

    covered: shape (points,). evidence: for each point {"confidence": 0 to 1, "text": a part of
    the answer or None}. engine: name and version.
    """

    covered: list[bool]
    evidence: list[dict]
    engine: str


WRITTEN = r"[^\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
"""For Postgres: finds what is no blank to Python's str.strip; its own \\S depends on the locale."""


class AnswerQuerySet(models.QuerySet):
    def written(self):
        """Answers that say something (Answer.is_answered)."""
        return self.filter(text__regex=WRITTEN)

    def awaiting_suggestion(self):
        """Answers of finished attempts that no engine has looked at."""
        return self.written().filter(engine="", attempt__state__in=FINISHED).order_by("pk")

    def in_batches(self, size: int = 200):
        """Each of them by its key, a query for so many: for work that takes longer than one may.

        (iterator() outside a transaction has Postgres make the whole list first, in one statement.)
        """
        last = 0
        while batch := list(self.filter(pk__gt=last).order_by("pk")[:size]):
            yield from batch
            last = batch[-1].pk

    def last_seen(self, owner):
        """For each question ever drawn for the owner: its id and when it was last drawn."""
        mine = Attempt.objects.owned_by(owner)
        drawn = self.filter(attempt__in=mine).order_by()
        return drawn.values_list("version__question").annotate(seen_at=Max("attempt__started_at"))


class Answer(models.Model):
    """One question as it was asked in one attempt, and what the candidate wrote."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField(help_text="From 1.")
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="answers")
    limit = models.DurationField(null=True, help_text="Its own clock, extensions included.")
    opened_at = models.DateTimeField(null=True, help_text="One clock: of the present visit.")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=9, choices=ClosedBy.choices, blank=True)
    time_spent = models.DurationField(default=timedelta)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    writer = models.CharField(max_length=36, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    flagged = models.BooleanField(default=False)
    text_at_deadline = models.TextField(null=True)  # noqa: DJ001 - null: no bell has rung on it
    suggested = ArrayField(models.BooleanField(), null=True)
    evidence = models.JSONField(null=True)
    engine = models.CharField(max_length=40, blank=True)
    confirmed = ArrayField(models.BooleanField(), null=True)
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["attempt_id", "position"]
        constraints = [
            models.UniqueConstraint(name="answer_position_once", fields=["attempt", "position"]),
            models.UniqueConstraint(name="answer_version_once", fields=["attempt", "version"]),
            models.CheckConstraint(
                name="answer_share_range",
                condition=Q(share__isnull=True) | Q(share__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="answer_closed_has_reason",
                condition=Q(closed_at__isnull=True, closed_by="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
            ),
        ]
        indexes = [
            # The sweep looks for answers that a crash left without a suggestion.
            models.Index(
                name="answer_not_looked_at",
                fields=["id"],
                condition=Q(engine="", text__regex=WRITTEN),
            )
        ]

    def __str__(self):
        return f"{self.attempt}, question {self.position}"

    @property
    def is_answered(self):
        return bool(self.text.strip())

    @property
    def has_open_report(self):
        return any(report.is_open for report in self.reports.all())

    def step(self) -> Step:
        return Step(limit=self.limit, opened_at=self.opened_at, closed_at=self.closed_at)

    def stored(self) -> lifecycle.Stored:
        return lifecycle.Stored(self.text, self.revision, self.writer, self.sequence)


class KeptText(models.Model):
    """A text that does not count and must not be lost."""

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
        constraints = [
            models.CheckConstraint(
                name="kept_source_known", condition=Q(source__in=("late", "other"))
            )
        ]

    def __str__(self):
        return f"{self.answer}: {self.get_source_display()}"


class AddedTime(models.Model):
    """Time that a running attempt was given: why, when, how much."""

    class Reason(models.TextChoices):
        ASKED = "asked", "5 more minutes"
        OUTAGE = "outage", "lost to an outage"
        STAFF = "staff", "given by staff"

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="added_times")
    position = models.PositiveSmallIntegerField(null=True, help_text="Of the question, if of one.")
    amount = models.DurationField()
    reason = models.CharField(max_length=6, choices=Reason.choices)
    note = models.TextField(blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="added_reason_known", condition=Q(reason__in=("asked", "outage", "staff"))
            )
        ]

    def __str__(self):
        return f"{self.attempt}: {self.amount}"


class Preference(models.Model):
    """How a user likes the clock; guests keep theirs in the session."""

    user = models.OneToOneField("auth.User", models.CASCADE, related_name="preference")
    time_factor = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    untimed = models.BooleanField(default=False)
    think_seconds = models.PositiveSmallIntegerField(default=0)
    at_deadline = models.CharField(
        max_length=8, choices=AtDeadline.choices, default=AtDeadline.HAND_IN.value
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="preference_time_factor_range", condition=Q(time_factor__range=(1, 10))
            )
        ]

    def __str__(self):
        return f"preferences of {self.user}"


class ReportQuerySet(models.QuerySet):
    def owned_by(self, owner):
        """The reports on one owner's answers; they move along when a guest signs up."""
        return self.filter(owner.condition("answer__attempt__"))

    def open(self):
        return self.filter(status=Report.Status.OPEN.value)


class Report(models.Model):
    """A candidate says that a question is wrong; attempts/reporting.py writes it."""

    class Reason(models.TextChoices):
        WRONG = "wrong", "The model answer or a key point is wrong"
        UNCLEAR = "unclear", "It is unclear what is asked"
        OUTDATED = "outdated", "It is out of date"
        OTHER = "other", "Something else"

    class Status(models.TextChoices):
        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    text = models.TextField(blank=True)
    reported_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN.value)
    reply = models.TextField("answer to the candidate", blank=True)
    handled_by = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, blank=True, related_name="handled_reports"
    )
    handled_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="report_one_open_per_answer", fields=["answer"], condition=Q(status="open")
            ),
            models.CheckConstraint(
                name="report_reason_known",
                condition=Q(reason__in=("wrong", "unclear", "outdated", "other")),
            ),
            models.CheckConstraint(
                name="report_handled_unless_open",
                condition=Q(status="open", handled_at__isnull=True, reply="")
                | Q(status__in=("accepted", "declined"), handled_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"report {self.pk} on {self.answer.version}"

    @property
    def is_open(self):
        return self.status == self.Status.OPEN


class QuestionStatistics(models.Model):
    """What the answers to a question, or to one version of it, added up to at one time.

    attempts/statistics.py computes every row and says what each column means. version is None
    for all versions together. Shares and rates are 0 to 1.
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

    def __str__(self):
        return str(self.version or self.question)
