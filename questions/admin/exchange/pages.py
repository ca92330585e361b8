"""The pages of import and export, and the action that exports the chosen questions."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import select_template
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from questions.admin.exchange import upload
from questions.admin.exchange.forms import ChangeForm, ExportForm, ImportForm
from questions.exchange.apply import Refused, run_import
from questions.exchange.export import export_bank
from questions.exchange.plan import Outcome, Plan, plan_import
from questions.formats import FORMATS, FormatError
from questions.models import Question, QuestionQuerySet
from quizsite.clock import database_now

ROWS_PER_PAGE = 50

Action = tuple[Callable[..., str], str, str]
View = Callable[["ExchangePages", HttpRequest], HttpResponse]


def needs_permission(permission: str) -> Callable[[View], View]:
    """A view that checks for "import" or "view" before it does anything else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(self: "ExchangePages", request: HttpRequest) -> HttpResponse:
            if not getattr(self, f"has_{permission}_permission")(request):
                raise PermissionDenied
            return view(self, request)

        return guarded

    return decorate


class ExchangePages(admin.ModelAdmin):
    """For the admin class of questions."""

    change_list_template = "admin/questions/exchange/change_list.html"

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        views = {
            "import": require_http_methods(["GET", "POST"])(self.import_view),
            "import/preview": require_http_methods(["GET"])(self.preview_view),
            "import/apply": require_http_methods(["POST"])(self.apply_view),
            "export": require_http_methods(["GET"])(self.export_view),
        }
        ours = [
            path(
                f"{place}/",
                self.admin_site.admin_view(view),
                name=f"questions_question_{place.replace('/', '_')}",
            )
            for place, view in views.items()
        ]
        return ours + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        base = select_template(
            ["admin/questions/question/change_list.html", "admin/change_list.html"]
        )
        more = {"list_base": base, "may_import": self.has_import_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def get_actions(self, request: HttpRequest) -> dict[str, Action | None]:
        actions = super().get_actions(request)
        if self.has_view_permission(request) and IS_POPUP_VAR not in request.GET:
            actions["export_chosen"] = self.get_action("export_chosen")
        return actions

    def _page(
        self, request: HttpRequest, name: str, title: str, **context: object
    ) -> TemplateResponse:
        context |= {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/questions/exchange/{name}.html", context)

    # --- import -----------------------------------------------------------------------------

    @needs_permission("import")
    def import_view(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            name, topic = form.cleaned_data["file"].name, form.cleaned_data["topic"]
            return redirect(
                _preview_url(upload.keep(_editor(request), name, form.data_read, topic))
            )
        return self._page(request, "import", "Import questions", form=form)

    @needs_permission("import")
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        token = request.GET.get("file", "")
        file = upload.find(_editor(request), token)
        if file is None:
            return self._gone(request)
        plan = plan_import(file)
        shown = _outcome_to_show(plan, request.GET.get("rows", ""))
        return self._page(
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
    def apply_view(self, request: HttpRequest) -> HttpResponse:
        editor, token = _editor(request), request.POST.get("file", "")
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

    # --- export -----------------------------------------------------------------------------

    @needs_permission("view")
    def export_view(self, request: HttpRequest) -> HttpResponse:
        form = ExportForm(request.GET if "format" in request.GET else None)
        if form.is_valid():
            return self._download(request, form.cleaned_data["format"])
        count = Question.objects.count()
        return self._page(request, "export", "Export all questions", form=form, count=count)

    @admin.action(description="Export the chosen questions…")
    def export_chosen(self, request: HttpRequest, queryset: QuestionQuerySet) -> HttpResponse:
        form = ExportForm(request.POST if "format" in request.POST else None)
        if form.is_valid():
            return self._download(request, form.cleaned_data["format"], queryset)
        # The form sends the list's choice again, with the format: keys, or "all of them".
        again = {name: request.POST.getlist(name) for name in ("_selected_action", "select_across")}
        count = queryset.count()
        title = "Export the chosen questions"
        return self._page(request, "export", title, form=form, count=count, again=again)

    def _download(
        self, request: HttpRequest, name: str, questions: QuestionQuerySet | None = None
    ) -> HttpResponse:
        try:
            content = export_bank(name, questions)
        except FormatError as error:
            self.message_user(request, f"Not exported. {error.sentence}", messages.ERROR)
            return redirect("admin:questions_question_changelist")
        known = FORMATS[name]
        return HttpResponse(
            content,
            content_type=known.content_type,
            headers={"Content-Disposition": f'attachment; filename="questions{known.suffix}"'},
        )


def _editor(request: HttpRequest) -> User:
    """Who is logged in: the admin lets nobody else in."""
    return cast("User", request.user)


def _outcome_to_show(plan: Plan, wanted: str) -> str:
    """The outcome whose rows are shown: the wanted one, or the first that has any."""
    if wanted in plan.counts:
        return wanted
    return next((outcome for outcome, count in plan.counts.items() if count), Outcome.NEW)


def _preview_url(token: str) -> str:
    return f"{reverse('admin:questions_question_import_preview')}?{urlencode({'file': token})}"
