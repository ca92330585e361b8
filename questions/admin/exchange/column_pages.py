"""The page on which an editor says what the columns of an uploaded file hold."""

from collections.abc import Callable
from functools import wraps
from pathlib import PurePath
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.http import urlencode

from questions.admin.base import editor_of
from questions.admin.exchange import upload
from questions.admin.exchange.base import ExchangeAdmin, needs_permission
from questions.admin.exchange.column_form import ColumnForm
from questions.formats import WITH_COLUMNS, Choice, FormatError, UnclearColumns, read_file

A = TypeVar("A", bound=ExchangeAdmin)
View = Callable[[A, HttpRequest], HttpResponse]


def with_clear_columns(view: View[A]) -> View[A]:
    """Decorate a view of an uploaded file: unclear columns lead to the page that asks for them."""

    @wraps(view)
    def asking(self: A, request: HttpRequest) -> HttpResponse:
        try:
            return view(self, request)
        except UnclearColumns:
            token = request.GET.get("file") or request.POST.get("file", "")
            return redirect(columns_url(token))

    return asking


class ColumnPages(ExchangeAdmin):
    """Mixin for the admin class of questions."""

    def get_urls(self) -> list[URLPattern]:
        route = self.route("import/columns", self.columns_view, "GET", "POST")
        return [route, *super().get_urls()]

    @needs_permission("import")
    def columns_view(self, request: HttpRequest) -> HttpResponse:
        editor, token = editor_of(request), request.GET.get("file", "")
        kept = upload.kept_file(editor, token)
        problem = kept and _columns_in(kept)
        if not kept or not problem:
            return redirect("admin:questions_question_import")
        form = ColumnForm(problem, request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                read_file(kept.name, kept.data, form.choice)
            except FormatError as error:
                form.add_error(None, error.sentence)
            else:
                upload.choose(editor, kept, form.choice)
                preview = reverse("admin:questions_question_import_preview")
                return redirect(f"{preview}?{urlencode({'file': token})}")
        title = f"Import {kept.name}: columns"
        reason = "" if problem.is_clear else problem.sentence
        return self.page(request, "columns", title, form=form, columns=problem, reason=reason)


def has_columns(name: str) -> bool:
    """Whether an editor can say what the columns of a file of this name hold."""
    return PurePath(name).suffix.lower() in WITH_COLUMNS


def columns_url(token: str) -> str:
    columns = reverse("admin:questions_question_import_columns")
    return f"{columns}?{urlencode({'file': token})}"


def _columns_in(kept: upload.Upload) -> UnclearColumns | None:
    """The columns of a file, clear or not; None if it has none."""
    try:
        read_file(kept.name, kept.data, Choice(asks=True))
    except UnclearColumns as columns:
        return columns
    except FormatError:
        return None
    return None
