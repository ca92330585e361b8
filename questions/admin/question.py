"""Questions in Django's admin."""

from django.contrib import admin
from django.utils.text import Truncator

from questions.admin.base import NewAtTheEnd, NoBulkDelete
from questions.admin.bulk_actions import BulkActions
from questions.admin.change_log import said_of
from questions.admin.concurrent_edits import SharedAdmin
from questions.admin.exchange import ExchangePages
from questions.admin.question_forms import QuestionForm
from questions.admin.question_pages import (
    QuestionPages,
    in_words,
    times_asked,
    where_used,
    who_answered,
)
from questions.admin.versions import VersionInline
from questions.bank import versions
from questions.models import TEXT_FIELDS, ChangeKind, Status
from quizsite.clock import database_now


def _of_current_version(field: str):
    """A column that shows a text to people who may read questions but not change them."""

    @admin.display(description=field.replace("_", " "))
    def show(self, question):
        value = getattr(question.current_version, field, "")
        return "\n".join(value) if isinstance(value, list) else value

    return show


class QuestionAdmin(
    ExchangePages,
    QuestionPages,
    BulkActions,
    SharedAdmin,
    NoBulkDelete,
    NewAtTheEnd,
    admin.ModelAdmin,
):
    """Questions as content. attempts/admin/question.py registers it, for it knows the room."""

    form = QuestionForm
    inlines = [VersionInline]
    list_display = ["short", "topic", "difficulty", "status", "version"]
    list_filter = ["status", "difficulty", "topic"]
    list_select_related = ["topic", "current_version__author"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = [
        "slug",
        *(f"current_version__{field}" for field in (*TEXT_FIELDS, "key_points")),
    ]
    search_help_text = (
        "Searches the slug and the current prompt, answer, advice, example and points."
    )
    readonly_fields = ["usage"]

    texts = (*TEXT_FIELDS, "key_points")
    prompt, answer, how_to_answer, example_answer, key_points = map(_of_current_version, texts)

    # --- the list -------------------------------------------------------------------------------

    def get_search_results(self, request, queryset, search_term):
        """With what the titles need, for autocompletes too."""
        queryset = queryset.select_related(*self.list_select_related)
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="question", ordering="slug")
    def short(self, question):
        version = question.current_version
        return Truncator(version.prompt if version else question.slug).chars(100)

    @admin.display(ordering="current_version__number")
    def version(self, question):
        """Its number and whose it is."""
        version = question.current_version
        if version is None:
            return None
        return f"{version.number} by {version.author}" if version.author else version.number

    # --- the form -------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        change = ("Change of the texts", {"fields": [("change_kind", "change_note")]})
        edits = obj and obj.current_version and self.has_change_permission(request, obj)
        place = ["topic", ("difficulty", "status"), ("seconds", "position"), "slug"]
        return [
            (None, {"fields": self.texts}),
            *([change] if edits else []),
            ("Where it belongs", {"fields": [*place, "usage"] if obj else place}),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            version = obj.current_version
            context["people"] = in_words(who_answered(obj))
            context["used"] = where_used(obj)
            context["versions"] = version and version.number
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @admin.display(description="asked")
    def usage(self, question):
        times = times_asked(question)
        if not times:
            return "Never. It can be deleted."
        return (
            f"{times} time(s). It can't be deleted, for those answers stay readable:"
            " retire it instead."
        )

    def save_model(self, request, obj, form, change):
        status = obj.status
        if obj.current_version is None:
            obj.status = Status.DRAFT.value  # until it has the texts to be published with
        super().save_model(request, obj, form, change)
        before = obj.current_version
        version = versions.save_texts(
            obj,
            form.texts(),
            now=database_now(),
            author=request.user,
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

    def construct_change_message(self, request, form, formsets, add=False):
        if add:
            return super().construct_change_message(request, form, formsets, add)
        return said_of(form)

    def get_deleted_objects(self, objs, request):
        """As Django has it; of questions that were asked, the reason why they stay."""
        counted = [(question, times_asked(question)) for question in objs]
        said = [
            f"{q}: {times} answer(s) to it. Retire it instead." for q, times in counted if times
        ]
        if said:
            return [], {}, set(), said
        return super().get_deleted_objects(objs, request)
