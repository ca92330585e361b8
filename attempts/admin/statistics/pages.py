"""Statistics in the admin: one page for the whole bank, and one for each question."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from attempts.admin.base import ReadOnly
from attempts.admin.statistics.rows import (
    StatisticsRow,
    asked_versions,
    table_rows,
    with_texts,
)
from attempts.admin.statistics.table import (
    COLUMNS,
    DEFAULT_ORDER,
    headings,
    ids_in_order,
    order_in,
    plot_of,
)
from attempts.models import QuestionStatistics
from attempts.statistics.accuracy import accuracy_of
from attempts.statistics.compute import computed_at
from attempts.statistics.rules import (
    ENOUGH_ANSWERS,
    ENOUGH_CHECKED,
    RULES,
    Grouping,
    open_reports,
    rows_with_reasons,
)
from questions.models import Question
from quizsite.database.one_moment import as_of_one_moment
from quizsite.database.replica.reading import page_reads_replica

PAGE_SIZE = 50
FIRST = 15
"""So many questions that need a look are listed above the table, and numbered in the plot."""
GROUPINGS: tuple[Grouping, ...] = ("question", "version")


@admin.register(QuestionStatistics)
class StatisticsAdmin(ReadOnly, admin.ModelAdmin):
    """People who may view questions may view their statistics."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("questions.view_question")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        """These pages replace all of Django's own."""
        bank = self.admin_site.admin_view(self.bank_view)
        question = self.admin_site.admin_view(self.question_view)
        return [
            path("", bank, name="attempts_questionstatistics_changelist"),
            path("<int:pk>/", question, name="attempts_questionstatistics_question"),
        ]

    @method_decorator([require_safe, page_reads_replica, as_of_one_moment])
    def bank_view(self, request: HttpRequest) -> HttpResponse:
        """The whole bank by question, or with ?by=version by version."""
        self._check_permission(request)
        by: Grouping = "version" if request.GET.get("by") == "version" else "question"
        order = order_in(request.GET.get("order"))
        reported = open_reports(by)
        rows = rows_with_reasons(by, reported)
        to_look_at = rows.filter(reasons__gt=0)
        first = table_rows(rows, ids_in_order(to_look_at, DEFAULT_ORDER)[:FIRST], reported, by)
        only_look = bool(request.GET.get("look"))
        ids = ids_in_order(to_look_at if only_look else rows, order)
        page = Paginator(ids, PAGE_SIZE).get_page(request.GET.get("p"))
        context = {
            "by": by,
            "order": order,
            "look": only_look,
            "headings": headings(order),
            "first": first,
            "look_count": to_look_at.count(),
            "page": page,
            "rows": table_rows(rows, page, reported, by),
            "plot": plot_of(rows, first),
            "accuracy": accuracy_of(),
            "never_asked": Question.objects.published().filter(statistics=None).count(),
        }
        return self._page(request, "bank", "Question statistics", context)

    @method_decorator([require_safe, page_reads_replica, as_of_one_moment])
    def question_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All versions of a question together, and each by itself with its key points."""
        self._check_permission(request)
        question = get_object_or_404(Question.objects.select_related("current_version"), pk=pk)
        rows = []
        for by in GROUPINGS:
            reported = open_reports(by)
            numbers = with_texts(rows_with_reasons(by, reported).filter(question=question))
            asked = asked_versions([pk])[pk]
            rows += [
                StatisticsRow(row, reported, by, asked)
                for row in numbers.order_by("-version__number")
            ]
        context = {
            "question": question,
            "rows": rows,
            "headings": None,
            "accuracy": accuracy_of(question),
        }
        return self._page(request, "question", f"Statistics of {question}", context)

    def _check_permission(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, object]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "rules": RULES,
            "enough": ENOUGH_ANSWERS,
            "enough_checked": ENOUGH_CHECKED,
            "columns": COLUMNS,
            "computed_at": computed_at(),
            **context,
        }
        return TemplateResponse(request, f"admin/attempts/statistics/{name}.html", context)
