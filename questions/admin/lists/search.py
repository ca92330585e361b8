"""The search of the admin's lists: case makes no difference, nor do accents, but where a long list
is searched for how texts begin."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from questions.admin.lists.sorting import is_long
from questions.rules.search import patterns_of, words_of


class FoldedSearch(admin.ModelAdmin):
    """Mixin for admin classes whose search fields are texts of one row, or of rows it points to."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Rows in which each word, or each part in quotes, stands in some field."""
        fields = self.get_search_fields(request)
        for pattern in patterns_of(search_term):
            found = [Q(**{f"{name}__regex": pattern}) for name in fields]
            queryset = queryset.filter(reduce(or_, found))
        return queryset, False


def beginning_with(queryset: QuerySet, search: str, fields: Sequence[str]) -> QuerySet:
    """Rows in which some field begins with each word, whatever its case.

    fields: each has an index of its capitals, such as auth_user_email_capitals.
    """
    for word in words_of(search):
        queryset = queryset.filter(reduce(or_, (Q(**{f"{f}__istartswith": word}) for f in fields)))
    return queryset


class SearchByBeginning(FoldedSearch):
    """Mixin: a long list is searched for what texts begin with, because an index finds that.

    beginnings: the fields; search_fields are those of a list that is not long.
    """

    beginnings: Sequence[str] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if is_long(self.opts.db_table):
            return beginning_with(queryset, search_term, self.beginnings), False
        return super().get_search_results(request, queryset, search_term)
