"""What somebody keeps beside a question."""

from django.db import models

from attempts.models.personal.owned import Owned, OwnedQuerySet, index_of_guests, one_owner
from questions.models import Question

MOST_NOTE = 5_000
"""The greatest length of a note, in characters."""


class QuestionNote(Owned):
    """A note, a bookmark, and whether its owner chose to see the prompt before being asked."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    note = models.TextField(blank=True, max_length=MOST_NOTE)
    is_bookmarked = models.BooleanField(default=False)
    shows_prompt = models.BooleanField(default=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["question_id"]
        constraints = [
            one_owner("question_note"),
            models.UniqueConstraint(
                name="question_note_once_per_owner",
                fields=["user", "guest_key", "question"],
                nulls_distinct=False,
            ),
        ]
        indexes = [index_of_guests("question_note")]

    def __str__(self) -> str:
        return f"note on {self.question}"
