"""The pages of an import: upload a file, see what would happen, agree."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.http import urlencode

from questions.admin.base import editor_of
from questions.admin.exchange import upload
from questions.admin.exchange.base import needs_permission
from questions.admin.exchange.column_help import COLUMN_HELP
from questions.admin.exchange.column_pages import ColumnPages, columns_url, with_clear_columns
from questions.admin.exchange.forms import ChangeForm, ImportForm
from questions.exchange.apply import Refused, run_import
from questions.exchange.plan import Outcome, Plan, plan_import
from questions.formats import FORMATS, template
from quizsite.clock import database_now

ROWS_PER_PAGE = 50


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
        file = upload.find(editor_of(request), token)
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
            valid=plan.counts["new"] + plan.counts["changed"],
            change_form=ChangeForm() if any(row.changes_texts for row in plan.rows) else None,
        )

    @needs_permission("import")
    @with_clear_columns
    def apply_view(self, request: HttpRequest) -> HttpResponse:
        editor, token = editor_of(request), request.POST.get("file", "")
        file = upload.find(editor, token)
        if file is None:
            return self._gone(request)
        change = ChangeForm(request.POST)
        if not change.is_valid():
            for name, errors in change.errors.items():
                message = f"{change[name].label}: {errors.as_text()}"
                self.message_user(request, message, messages.ERROR)
            return redirect(_preview_url(token))
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
            return redirect(_preview_url(token))
        upload.forget(editor)
        questions = "1 question" if count == 1 else f"{count:,} questions"
        self.message_user(request, f"{questions} imported. New ones are drafts.")
        return redirect("admin:questions_question_changelist")

    def _gone(self, request: HttpRequest) -> HttpResponse:
        message = "The uploaded file is gone, or you uploaded another one. Please upload it again."
        self.message_user(request, message, messages.WARNING)
        return redirect("admin:questions_question_import")


def _outcome_to_show(plan: Plan, wanted: str) -> str:
    """The outcome whose rows are shown: the wanted one, or the first that has any."""
    if wanted in plan.counts:
        return wanted
    return next((outcome for outcome, count in plan.counts.items() if count), Outcome.NEW)


def _preview_url(token: str) -> str:
    return f"{reverse('admin:questions_question_import_preview')}?{urlencode({'file': token})}"
