"""An interview that somebody put together, to repeat it."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from attempts.models.personal.owned import Owned, OwnedQuerySet, index_of_guests, one_owner
from questions.models import MAX_SECONDS, Difficulty, Timing
from questions.rules.limits import FOLLOW_UP_SECONDS, MAX_FOLLOW_UPS, MAX_INTERVIEW_NAME

MOST_IN_OWN = 50
"""Questions that an own interview asks."""

UNNAMED = "My own interview"
TERMS = (
    *("topic_ids", "difficulty_from", "difficulty_to", "count"),
    *("timing", "seconds", "has_clock", "follow_ups", "only"),
)


class Only(models.TextChoices):
    """Which of the questions that match are asked."""

    ANY = "any", "any questions"
    UNSEEN = "unseen", "only questions I have not seen"
    WEAK = "weak", "only weak questions"


class OwnInterviewQuerySet(OwnedQuerySet["OwnInterview"]):
    def saved(self) -> Self:
        """Those with a name, in its order."""
        return self.exclude(name="").order_by(Lower("name"), "pk")

    def left_over(self) -> Self:
        """Those that nobody saved and no attempt has any more."""
        return self.filter(name="", attempts__isnull=True)


class OwnInterview(Owned):
    """Topics, levels, number and clock. name: "" if it was not saved to be repeated.

    topic_ids: none means any topic. seconds: in all with one clock for all, else for each
    question; None: the questions' suggestions. Without a clock it has none, and free movement.
    Only with per-question timing there are follow-ups.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=MAX_INTERVIEW_NAME, blank=True)
    topic_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    difficulty_from = models.PositiveSmallIntegerField(
        choices=Difficulty.choices, default=Difficulty.EASY.value
    )
    difficulty_to = models.PositiveSmallIntegerField(
        choices=Difficulty.choices, default=Difficulty.HARD.value
    )
    count = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(MOST_IN_OWN)]
    )
    timing = models.CharField(
        max_length=12, choices=Timing.choices, default=Timing.PER_QUESTION.value
    )
    seconds = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_SECONDS)]
    )
    has_clock = models.BooleanField(default=True)
    follow_ups = models.PositiveSmallIntegerField(
        default=0, help_text="With per-question timing: at most so many to each question."
    )
    only = models.CharField(max_length=6, choices=Only.choices, default=Only.ANY.value)
    created_at = models.DateTimeField()

    objects = OwnInterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            one_owner("own_interview"),
            models.CheckConstraint(
                name="own_interview_total_has_seconds",
                condition=Q(timing="per_question")
                | Q(timing="total", has_clock=True, seconds__isnull=False)
                | Q(timing="total", has_clock=False, seconds__isnull=True),
            ),
            models.CheckConstraint(
                name="own_interview_count_range", condition=Q(count__range=(1, MOST_IN_OWN))
            ),
            models.CheckConstraint(
                name="own_interview_levels_in_order",
                condition=Q(difficulty_from__lte=F("difficulty_to")),
            ),
            models.CheckConstraint(
                name="own_interview_follow_ups_with_a_clock_each",
                condition=Q(follow_ups=0)
                | Q(timing="per_question", has_clock=True, follow_ups__lte=MAX_FOLLOW_UPS),
            ),
            models.CheckConstraint(
                name="own_interview_only_known",
                condition=Q(only__in=("any", "unseen", "weak")),
            ),
        ]
        indexes = [index_of_guests("own_interview")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("own:interview", args=[self.pk])

    @property
    def title(self) -> str:
        """What its attempts are called."""
        return self.name or UNNAMED

    @property
    def think_seconds(self) -> int:
        """It brings no thinking time; its candidate may add some at the start."""
        return 0

    @property
    def follow_up_seconds(self) -> int:
        """The time to answer a follow-up."""
        return FOLLOW_UP_SECONDS

    @property
    def terms(self) -> dict[str, object]:
        """What it asks and how it is timed. Two with the same terms are the same interview."""
        return {name: getattr(self, name) for name in TERMS}
