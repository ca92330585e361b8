"""Email addresses of accounts in the admin."""

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from django.contrib import admin

from attempts.admin.base import BoundedPaginator
from questions.admin.concurrent.actions import ActsOnWhatWasSeen
from questions.admin.concurrent.deletion import NoUnseenDelete
from questions.admin.concurrent.forms import NoOverwriteForm
from questions.admin.lists.search import SearchByBeginning
from questions.admin.lists.sorting import LONG, SortedAdmin

admin.site.unregister(EmailAddress)


class AddressForm(NoOverwriteForm):
    class Meta:
        model = EmailAddress
        fields = ["user", "email", "verified", "primary"]


@admin.register(EmailAddress)
class AddressAdmin(
    ActsOnWhatWasSeen, NoUnseenDelete, SearchByBeginning, SortedAdmin, EmailAddressAdmin
):
    indexed = ("email",)
    beginnings = ("email",)
    search_help_text = f"Email or user name; in a list of {LONG:,} or more, how the email begins."
    form = AddressForm
    seen_columns = ("email", "verified", "primary")
    changing_actions = ("make_verified",)
    list_select_related = ["user"]
    paginator = BoundedPaginator
    show_full_result_count = False
