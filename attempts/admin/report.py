"""The inbox of reports: what is wrong with a question, for editors to accept or decline."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from attempts.admin.base import BoundedPaginator, ReadOnly, as_written
from attempts.admin.report_form import DecisionForm
from attempts.models import Report
from attempts.reports import writing
from attempts.rules.numbers import UNKNOWN
from questions.admin.base import editor_of
from questions.admin.lists.paging import PagedAdmin
from questions.admin.lists.search import FoldedSearch
from questions.rules.prompts import prompt_title
from quizsite.clock import database_now

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts


@admin.register(Report)
class ReportAdmin(ReadOnly, FoldedSearch, PagedAdmin):
    """Shows the report and its question; the answer only to people who may view answers."""

    form = DecisionForm
    list_display = ["question", "report_text", "reason_key", "status", "reported_at", "handled"]
    indexed = ["reported_at"]
    list_filter = [
        "status",
        "reason",
        "answer__version__question__topic",
        ("handled_by", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["answer__version__question", "handled_by"]
    search_fields = ["text", "reply", "answer__version__prompt", "answer__version__question__slug"]
    search_help_text = (
        "Searches reports, answers to candidates, and prompts and slugs of questions."
    )
    paginator = BoundedPaginator
    show_full_result_count = False
    view_on_site = False  # only the candidate may open its page
    readonly_fields = [
        *["link", "version", "prompt", "follow_up", "key_points", "model_answer"],
        *["reason", "written", "reported_at", "handled_by", "handled_at", "answer_text"],
    ]

    class Media:
        css = {"all": ["css/admin-reports.css"]}

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Django's permission decides, unlike on other ReadOnly pages: a decision is a change."""
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        return [F("handled_at").desc(nulls_first=True), "reported_at", "id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """Without the texts of answers for people who may not view them."""
        unseen = ["text", "text_at_deadline", "evidence"]
        related = ["answer__version__question", "handled_by"]
        rows = super().get_queryset(request).select_related(*related)
        rows = rows.defer("answer__version__question__phrasings")
        if request.user.has_perm("attempts.view_answer"):
            return rows
        return rows.defer(*[f"answer__{name}" for name in unseen])

    def get_fieldsets(
        self, request: HttpRequest, obj: Report | None = None
    ) -> "tuple[tuple[str | None, _FieldOpts], ...]":
        decision = ["status", "reply"]
        if self.has_change_permission(request, obj):
            decision.append("seen")
        if obj and not obj.is_open:
            decision += ["handled_by", "handled_at"]
        asked: tuple[str, ...] = ("link", "version", "prompt", "key_points", "model_answer")
        if obj and obj.answer.is_follow_up:
            asked = ("link", "version", "prompt", "follow_up", "key_points", "model_answer")
        sections: list[tuple[str | None, _FieldOpts]] = [
            ("Report", {"fields": ("reason", "written", "reported_at")}),
            ("Question as it was asked", {"fields": asked}),
        ]
        if request.user.has_perm("attempts.view_answer"):
            sections.append(("The candidate's answer", {"fields": ("answer_text",)}))
        return (*sections, ("Decision", {"fields": tuple(decision)}))

    @admin.display(ordering="answer__version__question__slug")
    def question(self, report: Report) -> SafeString:
        return as_written(Truncator(prompt_title(report.answer.version.prompt)).chars(80))

    @admin.display(description="report")
    def report_text(self, report: Report) -> SafeString:
        return as_written(Truncator(report.text).chars(80))

    @admin.display(description="reason", ordering="reason")
    def reason_key(self, report: Report) -> str:
        """One word, because a list has no room for the sentence that candidates choose."""
        return report.reason

    @admin.display(ordering="handled_at")
    def handled(self, report: Report) -> str:
        if report.handled_at is None:
            return UNKNOWN
        who = report.handled_by or "a deleted account"
        return f"{date_format(report.handled_at)}, by {who}"

    @admin.display(description="version", ordering="answer__version__number")
    def version(self, report: Report) -> int:
        return report.answer.version.number

    @admin.display(description="question")
    def link(self, report: Report) -> SafeString:
        version = report.answer.version
        address = reverse("admin:questions_question_change", args=[version.question_id])
        changed = version.pk != version.question.current_version_id
        since = " (has a newer version)" if changed else ""
        return format_html('<a href="{}">{}</a>{}', address, version.question.slug, since)

    @admin.display(description="text")
    def written(self, report: Report) -> SafeString:
        return as_written(report.text)

    def prompt(self, report: Report) -> SafeString:
        return as_written(report.answer.version.prompt)

    @admin.display(description="follow-up that is reported")
    def follow_up(self, report: Report) -> SafeString:
        return as_written(report.answer.asked)

    def key_points(self, report: Report) -> SafeString:
        return as_written("\n".join(f"• {point}" for point in report.answer.version.key_points))

    def model_answer(self, report: Report) -> SafeString:
        return as_written(report.answer.version.answer)

    @admin.display(description="answer")
    def answer_text(self, report: Report) -> SafeString:
        address = reverse("admin:attempts_answer_change", args=[report.answer_id])
        text = as_written(report.answer.text or "(empty)")
        return format_html('{}<a href="{}">Open the answer</a>', text, address)

    def save_model(
        self, request: HttpRequest, obj: Report, form: DecisionForm, change: bool
    ) -> None:
        writing.handle(obj, editor_of(request), now=database_now())

    def log_change(self, request: HttpRequest, obj: Report, message: object) -> LogEntry:
        """Log the decision and the answer to the candidate, not the names of the fields."""
        reply = f" Answer: {obj.reply}" if obj.reply else ""
        return super().log_change(request, obj, f"Report {obj.status}.{reply}")
