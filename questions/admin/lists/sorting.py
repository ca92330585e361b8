"""Long lists are sorted only by what has an index: sorting a million rows would read them all."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import connection
from django.db.models.expressions import Combinable
from django.http import HttpRequest

Column: TypeAlias = str | Callable[..., str | bool]

LONG = 10_000
"""From so many rows on a list is long; PostgreSQL's own estimate decides."""


class SortedChangeList(ChangeList):
    """Without a heading that sorts where the list is not sorted, also if an address asks for it."""

    def get_ordering_field(self, field_name: Column) -> str | Combinable | None:
        if self.sortable_by is not None and field_name not in self.sortable_by:
            return None
        return super().get_ordering_field(field_name)


class SortedAdmin(admin.ModelAdmin):
    """Mixin for admin classes of lists that grow long. indexed: columns of any list, by name."""

    indexed: Sequence[Column] = ()

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return SortedChangeList

    def get_sortable_by(self, request: HttpRequest) -> tuple[Column, ...]:
        if is_long(self.opts.db_table):
            return (*self.indexed,)
        return (*self.get_list_display(request),)


def is_long(table: str) -> bool:
    """Whether a table has LONG rows or more, as far as PostgreSQL has looked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        (rows,) = cursor.fetchone() or (-1,)
    return int(rows) >= LONG
