"""Attempts in Django's admin: they are read here, and staff_actions.py changes them."""

import uuid

from django.contrib import admin

from attempts.admin.base import BoundedPaginator, ReadOnly, ReadOnlyInline
from attempts.admin.rescore import Rescoring
from attempts.admin.staff_actions import StaffPages, name_of_owner
from attempts.models import AddedTime, Answer, Attempt


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
