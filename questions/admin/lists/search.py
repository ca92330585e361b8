"""The search of the admin's lists: case and accents make no difference."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from questions.rules.search import patterns_of


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
