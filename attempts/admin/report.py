"""The inbox of reports: what is wrong with a question, for editors to accept or decline."""

from django import forms
from django.contrib import admin
from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator

from attempts.admin.base import ReadOnly
from attempts.models import Report
from attempts.reports import writing
from quizsite.clock import database_now

DECIDED = [choice for choice in Report.Status.choices if choice[0] != Report.Status.OPEN]


class HandleForm(forms.ModelForm):
    """Accept or decline, with a word to the candidate; whoever is declined learns why."""

    status = forms.ChoiceField(
        label="Decision", choices=[("", "Open: not decided yet"), *DECIDED], required=False
    )
    reply = forms.CharField(
        label="Answer to the candidate",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80}),
        help_text="Shown with the question in the candidate's result. Needed to decline.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # which decision it changes

    class Meta:
        model = Report
        fields = ["status", "reply"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["seen"] = _stamp(self.instance)
        if self.instance.is_open:
            self.initial["status"] = ""
        elif "status" in self.fields:
            self.fields["status"].choices = DECIDED

    def clean(self):
        status, reply = self.cleaned_data.get("status"), self.cleaned_data.get("reply")
        if not status and "status" not in self.errors:
            self.add_error("status", "Accept or decline the report.")
        if status == Report.Status.DECLINED and not reply:
            self.add_error("reply", "Tell the candidate why it is declined.")
        self._look_for_another_editor()
        return self.cleaned_data

    def _look_for_another_editor(self):
        """Locked, so that of two at once the second one, too, sees what the first one decided."""
        stored = Report.objects.select_for_update().get(pk=self.instance.pk)
        if self.cleaned_data["seen"] == _stamp(stored):
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = _stamp(stored)
        who, words = stored.handled_by or "Somebody", f": “{stored.reply}”" if stored.reply else "."
        said = f"{who} {stored.status} this report while you had it open{words}"
        self.add_error(None, f"{said} Nothing of yours is stored yet; to decide otherwise, save.")


def _stamp(report: Report) -> str:
    """Which decision on a report this is; "" for none."""
    return report.handled_at.isoformat() if report.handled_at else ""


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin):
    """Shows the report and its question; the answer, and whose it is, by the right to answers."""

    form = HandleForm
    list_display = ["question", "said", "why", "status", "reported_at", "handled"]
    list_filter = [
        "status",
        "reason",
        ("answer__version__question__topic", admin.RelatedOnlyFieldListFilter),
        ("handled_by", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["answer__version__question", "handled_by"]
    search_fields = ["text", "reply", "answer__version__prompt", "answer__version__question__slug"]
    search_help_text = "The report, its answer, the prompt or the slug of the question."
    view_on_site = False  # it is the candidate's
    readonly_fields = [
        *["link", "version", "prompt", "key_points", "model_answer"],
        *["reason", "text", "reported_at", "handled_by", "handled_at", "answer_text"],
    ]

    class Media:
        css = {"all": ["css/admin-reports.css"]}

    def has_change_permission(self, request, obj=None):
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_ordering(self, request):
        return [F("handled_at").desc(nulls_first=True), "reported_at", "id"]

    def get_queryset(self, request):
        unseen = ["text", "text_at_deadline", "evidence"]
        related = ["answer__version__question", "handled_by"]
        rows = super().get_queryset(request).select_related(*related)
        if request.user.has_perm("attempts.view_answer"):
            return rows
        return rows.defer(*[f"answer__{name}" for name in unseen])

    def get_fieldsets(self, request, obj=None):
        question = ["link", "version", "prompt", "key_points", "model_answer"]
        sections = [
            ("Report", {"fields": ["reason", "text", "reported_at"]}),
            ("Question as it was asked", {"fields": question}),
        ]
        if request.user.has_perm("attempts.view_answer"):
            sections.append(("The candidate's answer", {"fields": ["answer_text"]}))
        decision = ["status", "reply"]
        if self.has_change_permission(request, obj):
            decision.append("seen")
        if obj and not obj.is_open:
            decision += ["handled_by", "handled_at"]
        return [*sections, ("Decision", {"fields": decision})]

    @admin.display(ordering="answer__version__question__slug")
    def question(self, report):
        return Truncator(report.answer.version.prompt).chars(80)

    @admin.display(description="reason", ordering="reason")
    def why(self, report):
        return report.reason

    @admin.display(ordering="handled_at")
    def handled(self, report):
        if report.is_open:
            return "–"
        who = report.handled_by or "somebody who has left"
        return f"{date_format(report.handled_at)}, by {who}"

    @admin.display(description="version", ordering="answer__version__number")
    def version(self, report):
        return report.answer.version.number

    @admin.display(description="report")
    def said(self, report):
        return Truncator(report.text).chars(80)

    @admin.display(description="question")
    def link(self, report):
        version = report.answer.version
        address = reverse("admin:questions_question_change", args=[version.question_id])
        changed = version.pk != version.question.current_version_id
        since = " (changed since: see its versions)" if changed else ""
        return format_html('<a href="{}">{}</a>{}', address, version.question.slug, since)

    def prompt(self, report):
        return report.answer.version.prompt

    def key_points(self, report):
        return "\n".join(f"• {point}" for point in report.answer.version.key_points)

    def model_answer(self, report):
        return report.answer.version.answer

    @admin.display(description="answer")
    def answer_text(self, report):
        address = reverse("admin:attempts_answer_change", args=[report.answer_id])
        text = report.answer.text or "(nothing)"
        return format_html('{}<br><a href="{}">Open the answer</a>', text, address)

    def save_model(self, request, obj, form, change):
        writing.handle(obj, request.user, now=database_now())

    def construct_change_message(self, request, form, formsets, add=False):
        """The decision and what the candidate is told, as the log keeps it."""
        report = form.instance
        said = f" Answer: {report.reply}" if report.reply else ""
        return f"Report {report.status}.{said}"
