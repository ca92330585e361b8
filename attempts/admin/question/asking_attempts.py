"""The attempts that asked one question: the page of the question links to them."""

from itertools import chain

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from attempts.models import Answer, Attempt
from questions.models import Question, QuestionVersion
from questions.rules.numbers import small_number

MOST_OF_EACH = 100
"""Answers to one version whose attempts are listed; some versions were asked in every attempt."""


class QuestionFilter(admin.SimpleListFilter):
    """Offered only where an address names a question."""

    title = f"question (newest {MOST_OF_EACH} of each version)"
    parameter_name = "answers__version__question"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        question = Question.objects.filter(pk=small_number(self.value() or "", default=0))
        return [(str(pk), slug) for pk, slug in question.values_list("pk", "slug")]

    def has_output(self) -> bool:
        return self.value() is not None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Attempt]) -> QuerySet[Attempt]:
        if self.value() is None:
            return queryset
        question = small_number(self.value() or "", default=0)
        versions = QuestionVersion.objects.filter(question=question).values_list("pk", flat=True)
        return queryset.filter(pk__in=set(chain.from_iterable(map(_newest, versions))))


def _newest(version_id: int) -> QuerySet:
    # Ordered by follows_id too, though it is always NULL here: else PostgreSQL takes another index.
    asked = Answer.objects.filter(version=version_id, follows=None).order_by("follows_id", "-pk")
    return asked.values_list("attempt", flat=True)[:MOST_OF_EACH]
