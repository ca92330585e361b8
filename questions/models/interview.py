"""Interviews: slots to fill with questions, and how they are timed."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from questions.models.question import (
    MAX_SECONDS,
    Difficulty,
    Question,
    Seeded,
    Topic,
    seconds_field,
)


class Timing(models.TextChoices):
    TOTAL = "total", "one clock for the whole interview, free movement"
    PER_QUESTION = "per_question", "a clock for each question, forward only"


class InterviewQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


class Interview(Seeded):
    """What a candidate can choose: slots to fill with questions, and how they are timed."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, help_text="Markdown.")
    timing = models.CharField(
        max_length=12, choices=Timing.choices, default=Timing.PER_QUESTION.value
    )
    seconds = seconds_field(
        null=True, blank=True, help_text="One clock: seconds in all. Else empty: see the slots."
    )
    think_seconds = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(600)], help_text="Added to each question."
    )
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                name="interview_total_has_seconds",
                condition=Q(timing="per_question") | Q(timing="total", seconds__isnull=False),
                violation_error_message="With one clock the interview needs its seconds in all.",
            ),
            models.CheckConstraint(
                name="interview_seconds_range",
                condition=Q(seconds__isnull=True) | Q(seconds__range=(1, MAX_SECONDS)),
            ),
            models.CheckConstraint(
                name="interview_think_seconds_range", condition=Q(think_seconds__lte=600)
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("interview", args=[self.slug])

    @property
    def opening(self):
        """The first paragraph of the description."""
        return self.description.split("\n\n", 1)[0]


class Slot(models.Model):
    """One step of an interview: a fixed question, or a rule that draws `count` of them."""

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
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    seconds = seconds_field(
        null=True, blank=True, help_text="For each question; empty: the question's suggestion."
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
            models.CheckConstraint(name="slot_count_range", condition=Q(count__range=(1, 100))),
            models.CheckConstraint(
                name="slot_difficulty_order",
                condition=Q(difficulty_from__gte=1, difficulty_to__lte=3)
                & Q(difficulty_from__lte=F("difficulty_to")),
                violation_error_message="The lower difficulty comes first.",
            ),
            models.CheckConstraint(
                name="slot_seconds_range",
                condition=Q(seconds__isnull=True) | Q(seconds__range=(1, MAX_SECONDS)),
            ),
        ]

    def __str__(self):
        return f"{self.interview}, step {self.position}"
