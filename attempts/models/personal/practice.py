"""Questions that somebody practises one after another, each in an attempt of its own."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from attempts.models.personal.owned import Owned, OwnedQuerySet, index_of_guests, one_owner


class Practice(Owned):
    """Questions to practise, in order. Each is asked in an attempt of one question, so that clock,
    saves and kept texts are those of any attempt, and its result shows right after it.
    """

    class Source(models.TextChoices):
        DUE = "due", "due today"
        MISSED = "missed", "what I missed"
        TOPIC = "topic", "one topic"
        QUESTION = "question", "one question"
        RESULT = "result", "the weak ones of a result"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=8, choices=Source.choices)
    title = models.CharField(max_length=120)
    question_ids = ArrayField(models.BigIntegerField())
    has_clock = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            one_owner("practice"),
            models.CheckConstraint(
                name="practice_has_questions", condition=~Q(question_ids__len=0)
            ),
            models.CheckConstraint(
                name="practice_source_known",
                condition=Q(source__in=("due", "missed", "topic", "question", "result")),
            ),
        ]
        indexes = [index_of_guests("practice")]

    def __str__(self) -> str:
        return self.title
