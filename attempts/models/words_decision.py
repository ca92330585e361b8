"""What editors decided about words with which candidates show a key point."""

from django.db import models

from questions.models import Question


class WordsVerdict(models.TextChoices):
    ACCEPT = "accept", "also said as"
    REJECT = "reject", "not to be confused with"
    ASIDE = "aside", "not useful"


class WordsDecision(models.Model):
    """These words of candidates are decided about, and are not offered again.

    digest: of the key point and the words (attempts/rules/shown_words.py). The words themselves
    are not kept here: they belong to the candidates and go with their attempts.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="words_decisions")
    digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=6, choices=WordsVerdict.choices)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "decisions about candidates' words"
        default_permissions = ()  # who may change questions may decide
        constraints = [
            models.UniqueConstraint(name="words_decided_once", fields=["question", "digest"]),
            models.CheckConstraint(
                name="words_verdict_known",
                condition=models.Q(verdict__in=("accept", "reject", "aside")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_verdict_display()}"
