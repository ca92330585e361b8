"""The pages of an import: upload a file, see what would happen, agree."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.http import urlencode

from questions.admin.base import editor_of
from questions.admin.exchange import upload
from questions.admin.exchange.base import needs_permission
from questions.admin.exchange.choices import choices_of, may_write_interviews, pairs_of
from questions.admin.exchange.column_help import COLUMN_HELP
from questions.admin.exchange.column_pages import (
    ColumnPages,
    columns_url,
    has_columns,
    with_clear_columns,
)
from questions.admin.exchange.forms import ChangeForm, ImportForm
from questions.exchange.apply import Refused, run_import
from questions.exchange.plan import ImportFile, Outcome, Plan, plan_import
from questions.formats import FORMATS, template
from questions.rules.numbers import counted
from quizsite.clock import database_now

ROWS_PER_PAGE = 50
MOST_TOPICS = 40
"""Topics to be added one by one; more would not fit into an address."""


class ImportPages(ColumnPages):
    """Mixin for the admin class of questions."""

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        return [
            self.route("import", self.import_view, "GET", "POST"),
            self.route("import/template", self.template_view, "GET"),
            self.route("import/preview", self.preview_view, "GET"),
            self.route("import/apply", self.apply_view, "POST"),
            *super().get_urls(),
        ]

    @needs_permission("import")
    def import_view(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            name, topic = form.cleaned_data["file"].name, form.cleaned_data["topic"]
            token = upload.keep(editor_of(request), name, form.data_read, topic)
            return redirect(_preview_url(token) if form.is_clear else columns_url(token))
        return self.page(request, "import", "Import questions", form=form, column_help=COLUMN_HELP)

    @needs_permission("import")
    def template_view(self, request: HttpRequest) -> HttpResponse:
        """An empty table to fill in."""
        suffix = ".xlsx" if request.GET.get("format") == "xlsx" else ".csv"
        known = FORMATS[suffix[1:]]
        response = HttpResponse(template(suffix), content_type=known.content_type)
        response["Content-Disposition"] = f'attachment; filename="questions-template{suffix}"'
        return response

    @needs_permission("import")
    @with_clear_columns
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        token = request.GET.get("file", "")
        file = _chosen(request, token, request.GET)
        if file is None:
            return self._gone(request)
        plan = plan_import(file)
        shown = _outcome_to_show(plan, request.GET.get("rows", ""))
        return self.page(
            request,
            "preview",
            f"Import {file.name}: preview",
            plan=plan,
            shown=shown,
            rows=Paginator(plan.of(shown), ROWS_PER_PAGE).get_page(request.GET.get("page")),
            token=token,
            columns_url=columns_url(token) if has_columns(file.name) else "",
            choices=file.choices,
            most_topics=MOST_TOPICS,
            carried=pairs_of(file.choices),
            chosen_query=urlencode([("file", token), *pairs_of(file.choices)]),
            valid=plan.counts["new"] + plan.counts["changed"],
            to_import=_in_words(plan),
            change_form=ChangeForm() if any(row.changes_texts for row in plan.rows) else None,
        )

    @needs_permission("import")
    @with_clear_columns
    def apply_view(self, request: HttpRequest) -> HttpResponse:
        editor, token = editor_of(request), request.POST.get("file", "")
        file = _chosen(request, token, request.POST)
        if file is None:
            return self._gone(request)
        preview = _preview_url(token, pairs_of(file.choices))
        change = ChangeForm(request.POST)
        if not change.is_valid():
            for name, errors in change.errors.items():
                message = f"{change[name].label}: {errors.as_text()}"
                self.message_user(request, message, messages.ERROR)
            return redirect(preview)
        try:
            count = run_import(
                file,
                now=database_now(),
                author=editor,
                valid_rows=bool(request.POST.get("valid_rows")),
                expected=request.POST.get("fingerprint", ""),
                **change.cleaned_data,
            )
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(preview)
        upload.forget(editor)
        questions = counted(count, "question")
        has_interviews = file.content.interviews and file.may_write_interviews
        whole = " So are the file's topics and interviews." if has_interviews else ""
        status = "" if file.choices.as_in_file else " New ones are drafts."
        self.message_user(request, f"{questions} imported.{whole}{status}")
        return redirect("admin:questions_question_changelist")

    def _gone(self, request: HttpRequest) -> HttpResponse:
        message = "The uploaded file is gone, or you uploaded another one. Please upload it again."
        self.message_user(request, message, messages.WARNING)
        return redirect("admin:questions_question_import")


def _chosen(request: HttpRequest, token: str, data: QueryDict) -> ImportFile | None:
    """The file with this token, with what its editor may do and has chosen."""
    editor = editor_of(request)
    file = upload.find(editor, token)
    return file and replace(
        file,
        may_change_topics=editor.has_perm("questions.change_topic"),
        may_write_interviews=may_write_interviews(editor),
        choices=choices_of(data),
    )


def _in_words(plan: Plan) -> str:
    """What the button imports: “2 questions and 1 interview”."""
    numbers = {"question": plan.counts["new"] + plan.counts["changed"]}
    numbers |= {kind: others.to_write for kind, others in plan.others.items()}
    parts = [
        counted(number, kind) for kind, number in numbers.items() if number or kind == "question"
    ]
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _outcome_to_show(plan: Plan, wanted: str) -> str:
    """The outcome whose rows are shown: the wanted one, or the first that has any."""
    if wanted in plan.counts:
        return wanted
    return next((outcome for outcome, count in plan.counts.items() if count), Outcome.NEW)


def _preview_url(token: str, choices: Sequence[tuple[str, str]] = ()) -> str:
    page = reverse("admin:questions_question_import_preview")
    return f"{page}?{urlencode([('file', token), *choices])}"
