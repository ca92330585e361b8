"""Second factors in the admin: a list of them, and a way to remove one that was lost.

It replaces allauth's own page, which shows the secrets.
"""

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpRequest

from questions.admin.concurrent.deletion import NoUnseenDelete

admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class AuthenticatorAdmin(NoUnseenDelete):
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__username"]
    fields = ["user", "type", "created_at", "last_used_at"]
    changes_by_itself = ["last_used_at", "data"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False
