"""Which sentence of an example answer makes each key point, found once for each version."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from questions.models import QuestionVersion


class ExampleSentences(models.Model):
    """For each key point of a version a sentence in plain words; null where none was found.

    `marking.example_sentences` writes it, and again when another engine is installed.
    """

    version = models.OneToOneField(
        QuestionVersion, models.CASCADE, primary_key=True, related_name="example_sentences"
    )
    sentences = ArrayField(models.TextField(null=True), help_text="One for each key point.")
    engine = models.CharField(max_length=40, help_text="What found them, and its version.")

    def __str__(self) -> str:
        return f"sentences of {self.version}"
