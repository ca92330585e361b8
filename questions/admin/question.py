"""Questions in Django's admin."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, Model, QuerySet
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator

from questions.admin.base import editor_of
from questions.admin.bulk_actions import BulkActions
from questions.admin.concurrent.deletion import NoUnseenDelete
from questions.admin.concurrent.lists import PositionedAdmin
from questions.admin.exchange import ExchangePages
from questions.admin.lists.search import FoldedSearch
from questions.admin.phrasing_rows import in_words, rows_of
from questions.admin.question_forms import LISTS, QuestionForm
from questions.admin.question_pages import QuestionPages
from questions.admin.version_pages import VersionPages
from questions.admin.versions import VersionInline
from questions.bank import versions
from questions.bank.usage import (
    audience_by_version,
    audience_in_words,
    times_asked,
    times_in_words,
    usage_of,
    was_asked,
)
from questions.models import (
    TEXT_FIELDS,
    VERSION_FIELDS,
    ChangeKind,
    Question,
    Slot,
    Status,
)
from quizsite.clock import database_now

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldGroups, _FieldsetSpec


def _of_current_version(field: str) -> Callable[["QuestionAdmin", Question], str]:
    """A text of the current version, for people who may read questions but not change them."""

    @admin.display(description=field.replace("_", " "))
    def show(self: "QuestionAdmin", question: Question) -> str:
        value = getattr(question.current_version, field, "")
        return "\n".join(value) if isinstance(value, list) else value

    return show


class QuestionAdmin(
    ExchangePages,
    VersionPages,
    QuestionPages,
    BulkActions,
    NoUnseenDelete,
    PositionedAdmin,
    FoldedSearch,
):
    """Questions as content. attempts/admin/question registers them: it knows their answers."""

    form = QuestionForm
    inlines = [VersionInline]
    list_display = ["short", "topic", "difficulty", "status", "version"]
    list_filter = ["status", "difficulty", "topic"]
    list_select_related = ["topic", "current_version__author"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = [
        "slug",
        *(f"current_version__{field}" for field in VERSION_FIELDS),
    ]
    search_help_text = (
        "Searches the slug and all current texts: prompt, answer, advice, examples, key points,"
        " follow-ups, common mistakes and sources."
    )
    readonly_fields = ["usage"]

    prompt, answer, how_to_answer, example_answer, short_example = map(
        _of_current_version, TEXT_FIELDS
    )
    key_points, common_mistakes, sources = map(_of_current_version, LISTS)

    @admin.display(description="follow-ups and phrasings")
    def phrasings_by_point(self, question: Question) -> str:
        """For people who may read questions but not change them."""
        return in_words(row for row in rows_of(question) if not row.is_empty)

    # --- the list -------------------------------------------------------------------------------

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Question], search_term: str
    ) -> tuple[QuerySet[Question], bool]:
        """The rows with what their titles need, because autocompletes show these rows too."""
        queryset = queryset.select_related(*self.list_select_related).defer("phrasings")
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="question", ordering="slug")
    def short(self, question: Question) -> str:
        return Truncator(question.title).chars(100)

    @admin.display(ordering="current_version__number")
    def version(self, question: Question) -> str | int | None:
        """The number of the current version, and its author."""
        version = question.current_version
        if version is None:
            return None
        return f"{version.number} by {version.author}" if version.author else version.number

    # --- the form -------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> "_FieldsetSpec":
        settings: _FieldGroups = [
            "topic",
            ("difficulty", "status"),
            ("seconds", "position"),
            "slug",
        ]
        beside = ("phrasings_by_point", "common_mistakes", "sources")
        texts = (*TEXT_FIELDS, "key_points", *beside)
        if obj is None:
            return [(None, {"fields": texts}), ("Settings", {"fields": settings})]
        change: _FieldsetSpec = []
        if obj.current_version and self.has_change_permission(request, obj):
            change = [("Change of the texts", {"fields": [("change_kind", "change_note")]})]
        return [
            (None, {"fields": texts}),
            *change,
            ("Settings", {"fields": [*settings, "usage"]}),
        ]

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **options: object
    ) -> forms.Field | None:
        """Without the icon that deletes the topic: a topic of a question can't be deleted."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        if isinstance(obj, Question):
            context["people"] = audience_in_words(audience_by_version(obj))
            context["used"] = usage_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_inlines(
        self, request: HttpRequest, obj: Question | None
    ) -> list[type[InlineModelAdmin]]:
        return list(self.inlines) if obj else []

    def can_go(self, row: Model) -> bool:
        if not isinstance(row, Question):
            return False
        is_asked, is_named = was_asked(row), Slot.objects.filter(question=row).exists()
        return not (is_asked or is_named)

    @admin.display(description="asked")
    def usage(self, question: Question) -> str:
        times = times_asked(question)
        often = times_in_words(times, "time").capitalize()
        is_named = Slot.objects.filter(question=question).exists()
        if not times and is_named:
            return "Never. It can't be deleted, because an interview asks it by name."
        if not times:
            return "Never. It can be deleted."
        return (
            f"{often}. It can't be deleted, because the answers to it stay readable."
            " Retire it instead."
        )

    def save_model(
        self, request: HttpRequest, obj: Question, form: QuestionForm, change: bool
    ) -> None:
        before, status = obj.current_version, obj.status
        if before is None:
            obj.status = Status.DRAFT.value  # A question is published only once it has texts.
        obj.phrasings = form.phrasings
        super().save_model(request, obj, form, change)
        version = versions.save_texts(
            obj,
            form.texts(),
            now=database_now(),
            author=editor_of(request),
            change_kind=form.cleaned_data["change_kind"] or ChangeKind.MATERIAL.value,
            change_note=form.cleaned_data["change_note"],
        )
        if obj.status != status:
            obj.status = status
            obj.save(update_fields=["status"])
        if form.initial.get("status") == Status.PUBLISHED != obj.status:
            self.warn_of_interviews(request, [obj])
        if change and version != before:
            self.message_user(request, f"The texts are now version {version.number}.")

    def construct_change_message(
        self,
        request: HttpRequest,
        form: forms.Form,
        formsets: Iterable[BaseFormSet],
        add: bool = False,
    ) -> Any:
        if isinstance(form, QuestionForm) and not add:
            return form.change_message()
        return super().construct_change_message(request, form, formsets, add)

    def get_deleted_objects(
        self, objs: Sequence[Question] | QuerySet[Question], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """As Django does it. A question that was asked is protected, and the reason is named."""
        asked = [(question, times_asked(question)) for question in objs]
        protected = [
            f"{question}: {times_in_words(times, 'answer')} to it. Retire it instead."
            for question, times in asked
            if times
        ]
        if protected:
            return [], {}, set(), protected
        return super().get_deleted_objects(objs, request)
