"""Users in the admin. Two people at one account see each other's changes before they save."""

import hmac

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from attempts.admin.base import BoundedPaginator
from questions.admin.concurrent.deletion import NoUnseenDelete
from questions.admin.concurrent.fingerprints import with_values
from questions.admin.concurrent.forms import NoOverwriteForm
from questions.admin.lists.search import SearchByBeginning
from questions.admin.lists.sorting import LONG, SortedAdmin
from questions.admin.readable_texts import ReadableTextsForm

admin.site.unregister(User)


class UserForm(NoOverwriteForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        pass


class NewUserForm(ReadableTextsForm, AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        pass


class PasswordForm(AdminPasswordChangeForm):
    """A new password, unless somebody else set one since the page was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(user, *args, **kwargs)
        self.initial["seen"] = _stamp(user)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        seen = str(cleaned.get("seen", ""))
        if not hmac.compare_digest(seen.encode(), _stamp(self.user).encode()):
            self.data = with_values(self.data, {"seen": _stamp(self.user)})
            self.add_error(
                None,
                "Somebody else set a password since you opened this page, so nothing is stored yet."
                " Type yours again to replace it.",
            )
        return cleaned


def _stamp(user: User) -> str:
    """Changes with the password, and tells nothing about it."""
    return salted_hmac("quizsite.admin.users", user.password).hexdigest()[:16]


@admin.register(User)
class AccountAdmin(NoUnseenDelete, SearchByBeginning, SortedAdmin, UserAdmin):
    """When somebody logged in or signed up is for reading."""

    indexed = ("username",)
    beginnings = ("username", "email")
    search_help_text = (
        f"Names and email; in a list of {LONG:,} or more, how the user name or the email begins."
    )
    form = UserForm
    add_form = NewUserForm
    change_password_form = PasswordForm
    change_user_password_template = "admin/auth/user/password.html"  # noqa: S105 - a file's name
    readonly_fields = ("last_login", "date_joined")
    changes_by_itself = ("last_login",)
    paginator = BoundedPaginator
    show_full_result_count = False

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """A POST locks the account, so that of two passwords at once one is refused."""
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)
