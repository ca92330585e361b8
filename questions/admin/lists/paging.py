"""Lists whose last page costs what their first does.

Django reads all columns, joins and numbers of the rows before a page too. Here the keys of a page
are read first, and then only its rows.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias
from uuid import UUID

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from questions.admin.lists.sorting import SortedAdmin, SortedChangeList

Key: TypeAlias = int | UUID


class PagedChangeList(SortedChangeList):
    """The rows of one page, as model_admin.rows_of_page reads them."""

    model_admin: "PagedAdmin"

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        keys = list(self.result_list.values_list("pk", flat=True))
        by_key = {row.pk: row for row in self.model_admin.rows_of_page(request, keys)}
        self.result_list = [by_key[key] for key in keys if key in by_key]


class PagedAdmin(SortedAdmin):
    """Mixin for admin classes of long lists without boxes."""

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return PagedChangeList

    def rows_of_page(self, request: HttpRequest, keys: Sequence[Key]) -> Iterable:
        """The rows with these keys, in any order, with all that the list shows of them."""
        rows = self.get_queryset(request).filter(pk__in=keys)
        related = self.get_list_select_related(request)
        return rows.select_related(*related) if isinstance(related, list | tuple) else rows
