"""Ids that questions have in other systems."""

from django.db import models

from questions.models.question import Question
from questions.rules.limits import MAX_FOREIGN_ID, MAX_SYSTEM


class ForeignId(models.Model):
    """What another system calls a question, so that a file from there finds it again."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="foreign_ids")
    system = models.CharField(max_length=MAX_SYSTEM)
    foreign_id = models.CharField(max_length=MAX_FOREIGN_ID)

    class Meta:
        ordering = ["question_id", "system", "foreign_id"]
        constraints = [
            models.UniqueConstraint(name="foreign_id_once", fields=["system", "foreign_id"])
        ]

    def __str__(self) -> str:
        return f"{self.system}: {self.foreign_id}"
