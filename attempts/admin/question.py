"""Questions in the admin, with what attempts know: how often one was asked, and how it did."""

from typing import Protocol

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from attempts.admin.base import tell_effect
from attempts.admin.preview import PreviewPages
from attempts.admin.shown_words import WordsPage
from attempts.admin.try_answer import TryPage
from attempts.models import QuestionStatistics, Report
from attempts.rules.numbers import percent
from questions.admin.question import QuestionAdmin
from questions.admin.question_forms import QuestionForm
from questions.models import Question


class ListedQuestion(Protocol):
    """A question of the list, with the numbers that get_queryset adds."""

    stored_asked: int
    stored_share: float | None
    stored_skips: float | None
    reported: int


@admin.register(Question)
class QuestionWithStatisticsAdmin(PreviewPages, TryPage, WordsPage, QuestionAdmin):
    """The list shows the stored statistics of all versions together, which may be old."""

    list_display = [
        *QuestionAdmin.list_display,
        "times_asked",
        "mean_share",
        "skip_rate",
        "open_reports",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        stored = QuestionStatistics.objects.filter(question=OuterRef("pk"), version=None)
        reports = Report.objects.open().filter(answer__version__question=OuterRef("pk"))
        counted = reports.order_by().values("answer__version__question").annotate(n=Count("pk"))
        questions: QuerySet[Question] = (
            super()
            .get_queryset(request)
            .annotate(
                stored_asked=Coalesce(Subquery(stored.values("asked")[:1]), 0),
                stored_share=Subquery(stored.values("mean_share")[:1]),
                stored_skips=Subquery(stored.values("skip_rate")[:1]),
                reported=Coalesce(Subquery(counted.values("n")), 0),
            )
        )
        return questions

    @admin.display(description="asked", ordering="stored_asked")
    def times_asked(self, question: ListedQuestion) -> int:
        """In finished attempts. Stored, because sorting by a fresh count took seconds."""
        return question.stored_asked

    @admin.display(description="mean share", ordering="stored_share")
    def mean_share(self, question: ListedQuestion) -> str:
        return percent(question.stored_share)

    @admin.display(description="skipped", ordering="stored_skips")
    def skip_rate(self, question: ListedQuestion) -> str:
        return percent(question.stored_skips)

    @admin.display(description="reports", ordering="reported")
    def open_reports(self, question: ListedQuestion) -> int:
        return question.reported

    def save_model(
        self, request: HttpRequest, obj: Question, form: QuestionForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if change and form.phrasing_changes:
            # After the transaction, because the scorer takes a moment and the question is locked.
            transaction.on_commit(lambda: tell_effect(self, request, obj), robust=True)
