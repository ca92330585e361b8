"""The versions of a question, as rows of its page in the admin."""

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html_join

from questions.models import QuestionVersion


class HistoryFormSet(BaseInlineFormSet):
    """Rows to be read: what a page sends back about them, perhaps an old page, says nothing."""

    def __init__(self, data=None, files=None, **options):
        super().__init__(None, None, **options)

    def is_valid(self):
        return True

    def save(self, commit=True):
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        return []


class VersionInline(admin.TabularInline):
    """What the question said when, to be read; whoever may see the question may see these."""

    model = QuestionVersion
    formset = HistoryFormSet
    verbose_name_plural = "versions"
    fields = readonly_fields = [
        *["number", "created_at", "author", "change_kind", "change_note", "pages"]
    ]
    ordering = ["-number"]
    extra = max_num = 0

    def get_queryset(self, request):
        related = ["question__current_version", "author"]
        return super().get_queryset(request).select_related(*related)

    @admin.display(description="look, restore")
    def pages(self, version):
        """Links to what can be done with a version; the present one needs no restoring."""
        if version.pk is None:
            return ""
        question, number = version.question, version.number
        room = reverse("admin:questions_question_as_candidate")
        links = [(f"{room}?version={version.pk}", "As a candidate", number)]
        if version.pk != question.current_version_id:
            compare = reverse("admin:questions_question_compare", args=[question.pk])
            newest = question.current_version.number
            restore = reverse("admin:questions_question_restore", args=[question.pk, number])
            links += [(f"{compare}?from={number}&to={newest}", "Compare", number)]
            links += [(restore, "Restore", number)]
        link = '<a href="{}">{}<span class="visually-hidden"> version {}</span></a>'
        return format_html_join(" · ", link, links)

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        names = [f"questions.{verb}_question" for verb in ("view", "change")]
        return any(request.user.has_perm(name) for name in names)
