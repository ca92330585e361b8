"""Attempts in Django's admin: read by those who may, acted upon by attempts/staff_pages.py."""

import uuid

from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property

from attempts import interview_admin, question_admin  # noqa: F401 - they register content
from attempts.models import AddedTime, Answer, Attempt, KeptText
from attempts.rescore_admin import Rescoring
from attempts.staff_pages import StaffPages, name_of_owner

COUNTED = 10_000
"""Rows that a list counts; a million of them would cost more than the page."""


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED; older rows are found by searching and filtering."""

    @cached_property
    def count(self):
        return self.object_list[:COUNTED].count()


class ReadOnly:
    """For admin classes: looked at by those who may, written by attempts.transitions alone."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Only where it goes with the account that it belongs to."""
        match = request.resolver_match
        account = match is not None and (match.url_name or "").startswith("auth_user_")
        return account and super().has_delete_permission(request, obj)


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    extra = max_num = 0
    can_delete = False


class AddedTimeInline(ReadOnlyInline):
    model = AddedTime
    verbose_name_plural = "added times"
    fields = ["position", "amount", "reason", "note", "added_at"]


class AnswerInline(ReadOnlyInline):
    model = Answer
    fields = ["question", "version_number", "text", "closed_by", "time_spent", "share"]
    readonly_fields = ["question", "version_number"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("attempt", "version__question")

    def question(self, answer):
        return answer.version.prompt

    @admin.display(description="version")
    def version_number(self, answer):
        return answer.version.number


@admin.register(Attempt)
class AttemptAdmin(Rescoring, StaffPages, ReadOnly, admin.ModelAdmin):
    actions = ["rescore"]
    list_display = ["owner", "interview_title", "number", "state", "started_at", "score"]
    list_display_links = ["owner", "interview_title"]
    list_filter = ["state", "timing", "interview"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__username"]
    search_help_text = "E-mail address or user name of the candidate, or the id of the attempt."
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    view_on_site = False  # it is the candidate's
    inlines = [AnswerInline, AddedTimeInline]
    fields = [
        "id",
        "owner",
        ("interview_title", "interview", "number"),
        ("state", "finish_reason", "score"),
        ("started_at", "deadline_at", "finished_at"),
        ("timing", "limit"),
        ("untimed", "time_factor", "think_seconds", "at_deadline"),
        "seed",
    ]
    readonly_fields = ["id", "owner"]

    @admin.display(ordering="user__email")
    def owner(self, attempt):
        return name_of_owner(attempt)

    def lookup_allowed(self, lookup, value, request):
        """Also the attempts that asked a question, as its page links to them."""
        return lookup == "answers__version__question" or super().lookup_allowed(
            lookup, value, request
        )

    def get_search_results(self, request, queryset, search_term):
        try:
            return queryset.filter(pk=uuid.UUID(search_term.strip())), False
        except ValueError:
            return super().get_search_results(request, queryset, search_term)


class KeptTextInline(ReadOnlyInline):
    model = KeptText
    fields = ["source", "text", "kept_at"]


@admin.register(Answer)
class AnswerAdmin(ReadOnly, admin.ModelAdmin):
    """Reached from its attempt; a list of all answers would be nobody's business."""

    list_display = ["__str__", "version", "closed_by", "share"]
    list_select_related = ["attempt", "version__question"]
    show_full_result_count = False
    paginator = BoundedPaginator
    inlines = [KeptTextInline]
    fields = [
        ("attempt", "position", "version"),
        "prompt",
        "text",
        "text_at_deadline",
        "points",
        "share",
        ("regraded_at", "regrade_note"),
        ("opened_at", "closed_at", "closed_by"),
        ("limit", "time_spent", "flagged"),
        ("saved_at", "revision", "engine"),
    ]
    readonly_fields = ["prompt", "points"]

    def has_module_permission(self, request):
        return False

    def prompt(self, answer):
        return answer.version.prompt

    @admin.display(description="key points")
    def points(self, answer):
        """As the candidate ticked them, else as they were suggested: what the share comes from."""
        texts = answer.version.key_points
        ticks = answer.ticks or [None] * len(texts)
        counted = answer.counted or [True] * len(texts)
        marks = {True: "✓ met", False: "✗ not met", None: "not scored"}
        by = "" if answer.confirmed or not answer.suggested else " (suggested)"
        return "\n".join(
            f"{marks[tick]}{by}{'' if counts else ', withdrawn'}: {point}"
            for point, tick, counts in zip(texts, ticks, counted, strict=True)
        )


from attempts import reports_admin, statistics_admin  # noqa: E402, F401 - they need the above
