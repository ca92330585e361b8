"""What the list of questions can be narrowed to, besides the columns of a question."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet
from django.http import HttpRequest

from attempts.models import QuestionStatistics
from attempts.statistics.rules import open_reports
from questions.models import Question, QuestionVersion
from questions.rules.numbers import small_number

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices

    Choices = Iterator[_ListFilterChoices]

YES_NO = [("yes", "Yes"), ("no", "No")]


class UncountedFilter(admin.SimpleListFilter):
    """A filter whose choices have no counts beside them: each would read the whole bank again."""

    def choices(self, changelist: ChangeList) -> "Choices":
        name = str(self.parameter_name)
        for value, label in [("", "All"), *self.lookup_choices]:
            new = {name: value} if value else {}
            yield {
                "selected": (self.value() or "") == value,
                "query_string": changelist.get_query_string(new, [name]),
                "display": label,
            }


class OpenReportsFilter(UncountedFilter):
    title = "open reports"
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return YES_NO

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """From the open reports, which are few, instead of from every question."""
        if self.value() not in ("yes", "no"):
            return queryset
        is_reported = Q(pk__in=list(open_reports("question")))
        return queryset.filter(is_reported if self.value() == "yes" else ~is_reported)


class AskedFilter(UncountedFilter):
    """Like the column: in finished attempts, as last counted."""

    title = "asked"
    parameter_name = "asked"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "Never")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        if self.value() not in ("yes", "no"):
            return queryset
        stored = QuestionStatistics.objects.filter(version=None, question=OuterRef("pk"))
        return queryset.filter(Exists(stored) if self.value() == "yes" else ~Exists(stored))


class AuthorFilter(UncountedFilter):
    """Who wrote the current version."""

    title = "author"
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        # From the versions, which are fewer than the accounts.
        wrote = QuestionVersion.objects.exclude(author=None).order_by().values("author").distinct()
        authors = User.objects.filter(
            Q(is_staff=True) | Q(is_superuser=True),
            pk__in=list(wrote.values_list("author", flat=True)),
        )
        names = [(str(user.pk), str(user)) for user in authors.order_by("username")]
        return [*names, ("nobody", "Nobody (seed, deleted accounts)")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        value = self.value()
        if value == "nobody":
            return queryset.filter(current_version__author=None)
        if value is None:
            return queryset
        return queryset.filter(current_version__author=small_number(value, default=0))


class AllPointsPhrased(Func):
    """Whether each key point is a name in the phrasings. Both must be there."""

    template = "(%(expressions)s)"
    arg_joiner = " ?& "
    output_field = BooleanField()


class MissingFilter(UncountedFilter):
    title = "missing"
    parameter_name = "missing"

    CONDITIONS = {
        "points": Q(current_version=None) | Q(current_version__key_points=[]),
        "phrasings": Q(phrasings={}),
        "follow_ups": Q(current_version=None) | Q(current_version__follow_ups=[]),
        "short_example": Q(current_version=None) | Q(current_version__short_example=""),
        "sources": Q(current_version=None) | Q(current_version__sources=[]),
        "some": ~Q(current_version=None)
        & Q(AllPointsPhrased(F("phrasings"), F("current_version__key_points")), _negated=True),
    }
    LABELS = {
        "points": "Key points",
        "phrasings": "All phrasings",
        "some": "Phrasings of a key point",
        "follow_ups": "All follow-ups",
        "short_example": "Short example",
        "sources": "Sources",
    }

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> Iterable[tuple[str, str]]:
        return self.LABELS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        condition = self.CONDITIONS.get(self.value() or "")
        return queryset if condition is None else queryset.filter(condition)
