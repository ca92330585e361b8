"""What the admin pages of attempts share: rows that are read and not changed, and a short count."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property

COUNTED = 10_000
"""Rows that a list counts; a million of them would cost more than the page."""


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED; older rows are found by searching and filtering."""

    @cached_property
    def count(self):
        return self.object_list[:COUNTED].count()


class ReadOnly:
    """For admin classes: looked at by those who may, written by attempts.transitions alone."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Only where it goes with the account that it belongs to."""
        match = request.resolver_match
        account = match is not None and (match.url_name or "").startswith("auth_user_")
        return account and super().has_delete_permission(request, obj)


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    extra = max_num = 0
    can_delete = False
