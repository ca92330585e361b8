"""What the admin pages of attempts share: read-only rows, a bounded count, who may change what."""

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import linebreaksbr
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from attempts.marking.rescoring import effect_on
from attempts.models import Attempt
from attempts.rules.numbers import UNKNOWN
from questions.models import Question
from quizsite.database.one_moment import as_of_one_moment

MAX_COUNTED = 10_000
"""Rows that a list counts; counting a million would take longer than the rest of the page."""


def name_of_owner(attempt: Attempt) -> str:
    if attempt.user is None:
        return f"guest {attempt.guest_key[:6]}…"
    return attempt.user.email or attempt.user.username


def tell_effect(page: admin.ModelAdmin, request: HttpRequest, question: Question) -> None:
    """How many past suggestions new phrasings would change. Nothing is changed yet.

    Takes some seconds: call it when the question is not locked any more.
    """
    effect = effect_on(question)
    if not effect.checked:
        return
    of = "past suggestions" if effect.is_all else "newest suggestions that were checked"
    message = (
        f"With these phrasings, {effect.changed} of the {effect.checked} {of} would change."
        " They stay as they are until somebody suggests again."
    )
    page.message_user(request, message, messages.INFO)


def as_written(text: str | None) -> SafeString:
    """A person's text with its lines, in the direction in which it is read; a dash if empty."""
    lines = linebreaksbr(text or UNKNOWN)
    return format_html('<div class="as-written" dir="auto">{}</div>', lines)


class BoundedPaginator(Paginator):
    """Counts and shows no more than MAX_COUNTED rows; search and filters lead to older ones."""

    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        keys = self.object_list.order_by().values("pk")  # an index has them, whatever the order
        return keys[:MAX_COUNTED].count()


class ReadOnly(BaseModelAdmin):
    """Mixin for admin classes whose rows people may only view."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows are deleted only together with their account, on the page of the account."""
        match = request.resolver_match
        of_account = match is not None and (match.url_name or "").startswith("auth_user_")
        return of_account and super().has_delete_permission(request, obj)


class OneMomentPage(admin.ModelAdmin):
    """Mixin: the page of a row shows it and the rows that belong to it as of one moment."""

    @method_decorator(as_of_one_moment)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        return super().changeform_view(request, object_id, form_url, extra_context)


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    extra = max_num = 0
    can_delete = False


class StaffPermission(admin.ModelAdmin):
    """Mixin for the admin class of attempts: who may change one on the pages for staff.

    The permission to change attempts means only this, because their form is read-only.
    """

    def has_act_permission(self, request: HttpRequest) -> bool:
        may_change = request.user.has_perm("attempts.change_attempt")
        return may_change and self.has_view_permission(request)
