"""Answers in the admin: read by those who may. They are reached from their attempt."""

from django.contrib import admin

from attempts.admin.base import BoundedPaginator, ReadOnly, ReadOnlyInline
from attempts.models import Answer, KeptText


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
