"""Answers in the admin, read-only. The page of an attempt links to its answers."""

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from attempts.admin.base import BoundedPaginator, ReadOnly, ReadOnlyInline
from attempts.models import Answer, KeptText
from attempts.rules.numbers import percent


class KeptTextInline(ReadOnlyInline):
    model = KeptText
    fields = ["source", "text", "kept_at"]


@admin.register(Answer)
class AnswerAdmin(ReadOnly, admin.ModelAdmin):
    """Not on the admin's start page, because nobody needs a list of all answers."""

    list_display = ["__str__", "version", "closed_by", "share_in_percent"]
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
        "share_in_percent",
        ("regraded_at", "regrade_note"),
        ("opened_at", "closed_at", "closed_by"),
        ("limit", "time_spent", "flagged"),
        ("saved_at", "revision", "engine"),
    ]
    readonly_fields = ["prompt", "points", "share_in_percent"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def prompt(self, answer: Answer) -> str:
        return answer.version.prompt

    @admin.display(description="share", ordering="share")
    def share_in_percent(self, answer: Answer) -> str:
        return percent(answer.share)

    @admin.display(description="key points")
    def points(self, answer: Answer) -> str:
        """The ticks that the share is made of, a line for each key point."""
        texts = answer.version.key_points
        ticks: Sequence[bool | None] = answer.ticks or [None] * len(texts)
        counted = answer.counted or [True] * len(texts)
        marks = {True: "✓ met", False: "✗ not met", None: "not scored"}
        by = "" if answer.confirmed or not answer.suggested else " (automatic)"
        return "\n".join(
            f"{marks[tick]}{by}{'' if counts else ', withdrawn'}: {point}"
            for point, tick, counts in zip(texts, ticks, counted, strict=True)
        )
