"""Words with which a candidate shows where an answer makes a key point."""

from django.db import models
from django.db.models import Q

from attempts.models.answer import Answer
from questions.models import Question

MOST_WORDS = 300
"""The greatest length of the words, in characters: a sentence or two."""


class SaidHere(models.Model):
    """The engine did not find a key point, the candidate ticked it, and shows the words.

    key_point: its text in the version that was asked, because other versions may have it at
    another place.
    """

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="said_here")
    question = models.ForeignKey(Question, models.CASCADE, related_name="said_here")
    point = models.PositiveSmallIntegerField(help_text="Its index among the key points, from 0.")
    key_point = models.TextField()
    words = models.CharField(max_length=MOST_WORDS, help_text="An exact part of the answer.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["answer_id", "point"]
        verbose_name = verbose_name_plural = "words shown by candidates"
        constraints = [
            models.UniqueConstraint(name="said_here_once_per_point", fields=["answer", "point"]),
            models.CheckConstraint(name="said_here_has_words", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.answer}, point {self.point + 1}"
