"""The page of the export, and the action that exports the chosen questions."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern

from questions.admin.base import Action
from questions.admin.exchange.base import ExchangeAdmin, needs_permission
from questions.admin.exchange.forms import ExportForm
from questions.exchange.export import export_bank
from questions.formats import FORMATS, FormatError
from questions.models import Interview, Question, QuestionQuerySet


class ExportPages(ExchangeAdmin):
    """Mixin for the admin class of questions."""

    def get_urls(self) -> list[URLPattern]:
        return [self.route("export", self.export_view, "GET"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Action | None]:
        actions = super().get_actions(request)
        if self.has_view_permission(request) and IS_POPUP_VAR not in request.GET:
            actions["export_chosen"] = self.get_action("export_chosen")
        return actions

    @needs_permission("view")
    def export_view(self, request: HttpRequest) -> HttpResponse:
        form = ExportForm(request.GET if "format" in request.GET else None)
        if form.is_valid():
            return self._download(request, form.cleaned_data["format"])
        counts = {"count": Question.objects.count(), "interviews": Interview.objects.count()}
        without_texts = Question.objects.filter(current_version=None).count()
        title = "Export the bank"
        return self.page(request, "export", title, form=form, without_texts=without_texts, **counts)

    @admin.action(description="Export the chosen questions…")
    def export_chosen(self, request: HttpRequest, queryset: QuestionQuerySet) -> HttpResponse:
        form = ExportForm(request.POST if "format" in request.POST else None)
        if form.is_valid():
            return self._download(request, form.cleaned_data["format"], queryset)
        # The form sends the list's choice again, with the format: keys, or "all of them".
        again = {name: request.POST.getlist(name) for name in ("_selected_action", "select_across")}
        count = queryset.count()
        without_texts = queryset.filter(current_version=None).count()
        return self.page(
            request,
            "export",
            "Export the chosen questions",
            form=form,
            count=count,
            without_texts=without_texts,
            again=again,
        )

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
