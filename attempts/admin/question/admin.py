"""Questions in the admin, with what attempts know: how often one was asked, and how it did."""

from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import OrderBy, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from attempts.admin.base import tell_effect
from attempts.admin.preview import PreviewPages
from attempts.admin.question.filters import (
    AskedFilter,
    AuthorFilter,
    MissingFilter,
    OpenReportsFilter,
)
from attempts.admin.question.numbers import (
    ASKED,
    SHARE,
    SKIPS,
    ListedQuestion,
    joinable,
    reported_order,
    with_numbers,
)
from attempts.admin.shown_words import WordsPage
from attempts.admin.try_answer import TryPage
from attempts.rules.numbers import percent
from attempts.statistics.rules import open_reports
from questions.admin.lists.paging import Key, PagedAdmin, PagedChangeList
from questions.admin.question import QuestionAdmin
from questions.admin.question_forms import QuestionForm
from questions.models import VERSION_FIELDS, Question

LONG_TEXTS = [f"current_version__{name}" for name in VERSION_FIELDS if name != "prompt"]
"""The list shows the prompt alone."""


class QuestionChangeList(PagedChangeList):
    """Sorts by the number of open reports from the open reports, which are few."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[str | Combinable]:
        ordering: list[str | Combinable] = []
        for field in super().get_ordering(request, queryset):
            if field not in ("reported", "-reported"):
                ordering.append(field)
            elif reported := open_reports("question"):  # Without any, all rows are alike.
                order = reported_order(reported)
                ordering.append(OrderBy(order, descending=field == "-reported"))
        return ordering


@admin.register(Question)
class QuestionWithStatisticsAdmin(PreviewPages, TryPage, WordsPage, PagedAdmin, QuestionAdmin):
    """The list shows the stored statistics of all versions together, which may be old."""

    list_display = [
        *QuestionAdmin.list_display,
        "times_asked",
        "mean_share",
        "skip_rate",
        "open_reports",
    ]
    indexed = list_display  # a bank is never that long
    list_filter = [
        *QuestionAdmin.list_filter,
        OpenReportsFilter,
        AskedFilter,
        MissingFilter,
        AuthorFilter,
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return QuestionChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return joinable(super().get_queryset(request))

    def rows_of_page(self, request: HttpRequest, keys: Sequence[Key]) -> list[ListedQuestion]:
        numbers = [key for key in keys if isinstance(key, int)]
        rows = self.get_queryset(request).filter(pk__in=numbers).defer("phrasings", *LONG_TEXTS)
        related = rows.select_related(*self.list_select_related)
        return with_numbers(related, open_reports("question"))

    @admin.display(description="asked", ordering=ASKED)
    def times_asked(self, question: ListedQuestion) -> int:
        """In finished attempts. Stored, because sorting by a fresh count took seconds."""
        return question.stored_asked

    @admin.display(description="mean share", ordering=SHARE)
    def mean_share(self, question: ListedQuestion) -> str:
        return percent(question.stored_share)

    @admin.display(description="skipped", ordering=SKIPS)
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
