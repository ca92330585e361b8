"""Interviews and their slots."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from questions.models.question import Difficulty, Question, Topic, seconds_limits
from questions.models.seeded import Seeded
from questions.models.slugs import Renamable, one_slug_each
from questions.rules.limits import (
    FOLLOW_UP_SECONDS,
    MAX_COUNT,
    MAX_DIFFICULTY,
    MAX_FOLLOW_UPS,
    MAX_INTERVIEW_NAME,
    MAX_SECONDS,
    MAX_THINK_SECONDS,
)


class Timing(models.TextChoices):
    TOTAL = "total", "one clock for all, free movement"
    PER_QUESTION = "per_question", "per-question timing, forward only"


class InterviewQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Interview(Seeded, Renamable):
    """What a candidate can choose: slots to fill with questions, and how they are timed."""

    slug = models.SlugField(db_index=False)
    name = models.CharField(max_length=MAX_INTERVIEW_NAME)
    description = models.TextField(blank=True, help_text="Markdown.")
    timing = models.CharField(
        max_length=12, choices=Timing.choices, default=Timing.PER_QUESTION.value
    )
    seconds = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=seconds_limits(),
        help_text="With one clock for all: seconds in all. With per-question timing: empty.",
    )
    think_seconds = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(MAX_THINK_SECONDS)],
        help_text="Added to each question.",
    )
    follow_ups = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(MAX_FOLLOW_UPS)],
        help_text="With per-question timing: at most so many follow-ups to each question.",
    )
    follow_up_seconds = models.PositiveIntegerField(
        default=FOLLOW_UP_SECONDS,
        validators=seconds_limits(),
        help_text="The time to answer a follow-up.",
    )
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            one_slug_each("interview"),
            models.CheckConstraint(
                name="interview_total_has_seconds",
                condition=Q(timing="per_question") | Q(timing="total", seconds__isnull=False),
                violation_error_message="With one clock for all, seconds in all are needed.",
            ),
            models.CheckConstraint(
                name="interview_seconds_range",
                condition=Q(seconds__isnull=True) | Q(seconds__range=(1, MAX_SECONDS)),
            ),
            models.CheckConstraint(
                name="interview_follow_ups_with_a_clock_each",
                condition=Q(follow_ups=0)
                | Q(timing="per_question", follow_ups__lte=MAX_FOLLOW_UPS),
                violation_error_message="Follow-ups need per-question timing.",
            ),
            models.CheckConstraint(
                name="interview_follow_up_seconds_range",
                condition=Q(follow_up_seconds__range=(1, MAX_SECONDS)),
            ),
            models.CheckConstraint(
                name="interview_think_seconds_range",
                condition=Q(think_seconds__lte=MAX_THINK_SECONDS),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("interview", args=[self.slug])

    @property
    def opening(self) -> str:
        """The first paragraph of the description."""
        return self.description.split("\n\n", 1)[0]


class Slot(models.Model):
    """One place in an interview: a fixed question, or a rule that draws `count` questions."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(
        Question, models.RESTRICT, null=True, blank=True, help_text="Empty: draw by the rule."
    )
    topic = models.ForeignKey(
        Topic, models.RESTRICT, null=True, blank=True, help_text="Empty: any topic."
    )
    difficulty_from = models.PositiveSmallIntegerField(
        choices=Difficulty.choices, default=Difficulty.EASY.value
    )
    difficulty_to = models.PositiveSmallIntegerField(
        choices=Difficulty.choices, default=Difficulty.HARD.value
    )
    count = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_COUNT)]
    )
    seconds = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=seconds_limits(),
        help_text="For each question; empty: the question's suggestion.",
    )

    class Meta:
        ordering = ["interview_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="slot_position_once",
                fields=["interview", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                name="slot_question_once",
                fields=["interview", "question"],
                condition=Q(question__isnull=False),
                violation_error_message="The interview has this question already.",
            ),
            models.CheckConstraint(
                name="slot_fixed_or_rule",
                condition=Q(question__isnull=True) | Q(count=1, topic__isnull=True),
                violation_error_message="A fixed question has count 1 and no topic.",
            ),
            models.CheckConstraint(
                name="slot_count_range", condition=Q(count__range=(1, MAX_COUNT))
            ),
            models.CheckConstraint(
                name="slot_difficulty_order",
                condition=Q(difficulty_from__gte=1, difficulty_to__lte=MAX_DIFFICULTY)
                & Q(difficulty_from__lte=F("difficulty_to")),
                violation_error_message="The lower difficulty comes first.",
            ),
            models.CheckConstraint(
                name="slot_seconds_range",
                condition=Q(seconds__isnull=True) | Q(seconds__range=(1, MAX_SECONDS)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview}, slot {self.position}"
