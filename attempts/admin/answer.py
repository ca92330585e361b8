"""Answers in the admin, read-only. The page of an attempt links to its answers."""

from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from attempts.admin.base import (
    BoundedPaginator,
    OneMomentPage,
    ReadOnly,
    ReadOnlyInline,
    as_written,
)
from attempts.marking.key_points import KeyPoint, key_points_in, key_points_of
from attempts.models import Answer, AskedQuestion, KeptText
from attempts.rules.numbers import percent
from attempts.rules.totals import WHAT_ASKED_IS_WORTH, Made
from questions.admin.lists.paging import PagedAdmin


class KeptTextInline(ReadOnlyInline):
    model = KeptText
    fields = ["source", "written", "kept_at"]
    readonly_fields = ["written"]

    @admin.display(description="text")
    def written(self, kept: KeptText) -> SafeString:
        return as_written(kept.text)


@admin.register(Answer)
class AnswerAdmin(OneMomentPage, ReadOnly, PagedAdmin):
    """Not on the admin's start page, because nobody needs a list of all answers."""

    list_display = ["__str__", "version", "closed_by", "share_in_percent"]
    list_select_related = ["attempt", "version__question"]
    ordering = ["-pk"]
    show_full_result_count = False
    paginator = BoundedPaginator
    inlines = [KeptTextInline]
    fields = [
        ("attempt", "which", "version"),
        ("follows", "asks_for"),
        "prompt",
        "written",
        "written_at_deadline",
        "points",
        "share_in_percent",
        ("regraded_at", "reason"),
        ("opened_at", "closed_at", "closed_by"),
        ("limit", "time_spent", "flagged"),
        ("saved_at", "revision", "engine", "not_english"),
    ]
    readonly_fields = [
        *("which", "asks_for", "prompt", "written", "written_at_deadline", "points"),
        *("share_in_percent", "reason"),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="question")
    def which(self, answer: Answer) -> str:
        return answer.name

    @admin.display(description="asked because this was not mentioned")
    def asks_for(self, answer: Answer) -> SafeString:
        point = answer.asked_point
        return as_written("" if point is None else answer.version.key_points[point])

    @admin.display(description="prompt")
    def prompt(self, answer: Answer) -> SafeString:
        return as_written(answer.asked)

    @admin.display(description="text")
    def written(self, answer: Answer) -> SafeString:
        return as_written(answer.text)

    @admin.display(description="text at deadline")
    def written_at_deadline(self, answer: Answer) -> SafeString:
        return as_written(answer.text_at_deadline)

    @admin.display(description="regrade note")
    def reason(self, answer: Answer) -> SafeString:
        return as_written(answer.regrade_note)

    @admin.display(description="share", ordering="share")
    def share_in_percent(self, answer: Answer) -> str:
        return percent(answer.share)

    @admin.display(description="key points")
    def points(self, answer: Answer) -> SafeString:
        """The ticks that the share is made of, each with what speaks for or against it."""
        by = "" if answer.confirmed or not answer.suggested else " (automatic)"
        asked = AskedQuestion.of(answer.follows or answer)
        found = key_points_in(answer, asked) if answer.follows else key_points_of(asked)
        lines = [line for point in found for line in _lines(point, by)]
        if any(point.made == Made.WHEN_ASKED for point in found):
            lines.append(WHAT_ASKED_IS_WORTH)
        return as_written("\n".join(lines))


def _lines(point: KeyPoint, by: str) -> Iterator[str]:
    marks = {True: "✓ met", False: "✗ not met", None: "not scored"}
    mark = "½ made when asked" if point.made == Made.WHEN_ASKED else marks[point.met]
    yield f"{mark}{by}{'' if point.counts else ', withdrawn'}: {point.text}"
    if point.opposite is not None:
        yield f"Says the opposite? “{point.evidence}” was compared with “{point.opposite}”"
    if point.said is not None:
        yield f"Shown by the candidate: “{point.said}”"
