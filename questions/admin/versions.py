"""The versions of a question, as rows of its page in the admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join

from questions.admin.base import Submitted, SubmittedFiles
from questions.models import Question, QuestionVersion


def kind_of(version: QuestionVersion) -> str:
    """Whether a version corrects a typo or changes the meaning of the one before it."""
    return "first version" if version.number == 1 else version.get_change_kind_display()


class ReadOnlyFormSet(BaseInlineFormSet):
    """Rows to be read. What a page submits about them is ignored, because it may be an old page."""

    def __init__(
        self,
        data: Submitted | None = None,
        files: SubmittedFiles | None = None,
        instance: Question | None = None,
        save_as_new: bool = False,
        prefix: str | None = None,
        queryset: QuerySet[QuestionVersion] | None = None,
    ) -> None:
        super().__init__(instance=instance, prefix=prefix, queryset=queryset)

    def is_valid(self) -> bool:
        return True

    def save(self, commit: bool = True) -> list[QuestionVersion]:
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        return []


class VersionInline(admin.TabularInline):
    """The versions of a question, to be read by everybody who may see the question."""

    model = QuestionVersion
    formset = ReadOnlyFormSet
    verbose_name_plural = "versions"
    fields = ["number", "created_at", "author", "kind", "change_note", "pages"]
    readonly_fields = ["number", "created_at", "author", "kind", "change_note", "pages"]
    ordering = ["-number"]
    extra = 0
    max_num = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionVersion]:
        related = ["question__current_version", "author"]
        rows = super().get_queryset(request).select_related(*related)
        return rows.defer("question__phrasings")

    @admin.display(description="what changed")
    def kind(self, version: QuestionVersion) -> str:
        return kind_of(version)

    @admin.display(description="view, restore")
    def pages(self, version: QuestionVersion) -> str:
        """Links to what can be done with a version; the current one needs no restoring."""
        if version.pk is None:
            return ""
        question, number = version.question, version.number
        current = question.current_version
        preview = reverse("admin:questions_question_as_candidate")
        links = [(f"{preview}?version={version.pk}", "As a candidate", number)]
        if current is not None and version.pk != current.pk:
            compare = reverse("admin:questions_question_compare", args=[question.pk])
            restore = reverse("admin:questions_question_restore", args=[question.pk, number])
            links += [(f"{compare}?from={number}&to={current.number}", "Compare", number)]
            links += [(restore, "Restore", number)]
        link = '<a href="{}">{}<span class="visually-hidden"> version {}</span></a>'
        return format_html_join(" · ", link, links)

    def has_add_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        names = [f"questions.{verb}_question" for verb in ("view", "change")]
        return any(request.user.has_perm(name) for name in names)
