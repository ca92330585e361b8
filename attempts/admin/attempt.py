"""Attempts in Django's admin, read-only. Only the pages of the mixins change them."""

import uuid
from collections.abc import Iterable, Sequence

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from attempts.admin.base import (
    BoundedPaginator,
    OneMomentPage,
    ReadOnly,
    ReadOnlyInline,
    as_written,
    name_of_owner,
)
from attempts.admin.question.asking_attempts import QuestionFilter
from attempts.admin.regrade import RegradePage
from attempts.admin.rescore import RescoreAction
from attempts.admin.staff_actions import StaffActionPages
from attempts.marking.open_points import score_ranges
from attempts.models import AddedTime, Answer, Attempt
from attempts.rules.numbers import UNKNOWN, percent, whole
from questions.admin.lists.paging import Key, PagedAdmin
from questions.admin.lists.search import FoldedSearch, beginning_with
from questions.admin.lists.sorting import LONG, is_long
from questions.rules.prompts import prompt_title
from questions.rules.search import words_of
from quizsite.database.one_moment import one_moment

MOST_ACCOUNTS = 1_000
"""Accounts that a search finds, whose attempts are listed."""


class AddedTimeInline(ReadOnlyInline):
    model = AddedTime
    verbose_name_plural = "added times"
    fields = ["question_name", "amount", "reason", "written", "added_at"]
    readonly_fields = ["question_name", "written"]

    @admin.display(description="note")
    def written(self, added: AddedTime) -> SafeString:
        return as_written(added.note)


class AnswerInline(ReadOnlyInline):
    model = Answer
    fields = [
        *("question", "version_number", "written", "closed_by", "time_spent", "share_in_percent")
    ]
    readonly_fields = ["question", "version_number", "written", "share_in_percent"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Answer]:
        rows = super().get_queryset(request).select_related("attempt", "version__question")
        return rows.defer("version__question__phrasings")

    def question(self, answer: Answer) -> SafeString:
        if answer.is_follow_up:
            return as_written(f"{answer.name.capitalize()}: {answer.asked}")
        return as_written(prompt_title(answer.version.prompt))

    @admin.display(description="text")
    def written(self, answer: Answer) -> SafeString:
        return as_written(answer.text)

    @admin.display(description="version")
    def version_number(self, answer: Answer) -> int:
        return answer.version.number

    @admin.display(description="share")
    def share_in_percent(self, answer: Answer) -> str:
        return percent(answer.share)


@admin.register(Attempt)
class AttemptAdmin(
    RescoreAction,
    RegradePage,
    StaffActionPages,
    OneMomentPage,
    ReadOnly,
    PagedAdmin,
    FoldedSearch,
):
    actions = ["rescore"]
    list_display = ["owner", "interview_title", "number", "state", "started_at", "score_shown"]
    indexed = ["started_at"]
    list_display_links = ["owner", "interview_title"]
    list_filter = ["state", "timing", "interview", QuestionFilter]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__username"]
    search_help_text = (
        f"Email or user name of the candidate (with {LONG:,} accounts or more, how it begins, of at"
        f" most {MOST_ACCOUNTS:,} candidates), or the id of the attempt."
    )
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    view_on_site = False  # only the candidate may open its page
    inlines = [AnswerInline, AddedTimeInline]
    fields = [
        "id",
        "owner",
        ("interview_title", "interview", "number"),
        ("state", "finish_reason", "score_shown"),
        ("started_at", "deadline_at", "finished_at"),
        ("timing", "limit"),
        ("untimed", "time_factor", "think_seconds", "at_deadline"),
        ("follow_ups", "follow_up_limit"),
        "seed",
    ]
    readonly_fields = ["id", "owner", "score_shown"]

    @admin.display(ordering="user__email")
    def owner(self, attempt: Attempt) -> str:
        return name_of_owner(attempt)

    def rows_of_page(self, request: HttpRequest, keys: Sequence[Key]) -> Iterable:
        with one_moment():
            rows = list(super().rows_of_page(request, keys))
            ranges = score_ranges(rows)
        for row in rows:
            row.score_range = ranges.get(row.pk)
        return rows

    @admin.display(description="score", ordering="score")
    def score_shown(self, attempt: Attempt) -> str:
        """As the candidate sees it: the range, while points are unsure. In a list it is known."""
        if hasattr(attempt, "score_range"):
            span = attempt.score_range
        else:
            span = score_ranges([attempt]).get(attempt.pk)
        if span is not None:
            return f"{span[0]} to {span[1]}"
        return UNKNOWN if attempt.score is None else str(whole(attempt.score))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Attempt], search_term: str
    ) -> tuple[QuerySet[Attempt], bool]:
        try:
            return queryset.filter(pk=uuid.UUID(search_term.strip())), False
        except ValueError:
            pass
        if words_of(search_term) and is_long(User._meta.db_table):
            accounts = beginning_with(User.objects.all(), search_term, ("email", "username"))
            found = list(accounts.order_by("pk").values_list("pk", flat=True)[:MOST_ACCOUNTS])
            return queryset.filter(user__in=found), False
        return super().get_search_results(request, queryset, search_term)
