"""Actions on rows of a list: a row that somebody changed since the list was shown is left out.

Each row of the list carries a fingerprint of the columns that actions change.
"""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.admin.concurrent.fingerprints import as_submitted, fingerprint
from questions.rules.numbers import small_number

PREFIX = "seen-"


class ActsOnWhatWasSeen(admin.ModelAdmin):
    """Mixin for admin classes with actions that change rows.

    seen_columns: those that the list shows and that somebody else may change.
    """

    seen_columns: Sequence[str] = ()

    def action_checkbox(self, obj: Model) -> SafeString:
        box = super().action_checkbox(obj)
        name = f"{PREFIX}{obj.pk}"
        return format_html(
            '{}<input type="hidden" name="{}" value="{}">', box, name, self._seen(obj)
        )

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase | None:
        """The chosen rows stay locked until the action is done.

        A row that the list did not show, because all that match were chosen, was not seen before.
        """
        with transaction.atomic():
            changed = [row for row in self._locked(request, queryset) if self._is_new(request, row)]
            if changed:
                names = ", ".join(map(str, changed))
                message = (
                    f"Left out, because somebody changed them since the list was shown: {names}."
                )
                self.message_user(request, message, messages.WARNING)
            rest = queryset.exclude(pk__in=[row.pk for row in changed]) if changed else queryset
            return super().response_action(request, rest)

    def _locked(self, request: HttpRequest, queryset: QuerySet) -> list[Model]:
        keys = [small_number(k, default=0) for k in request.POST.getlist(ACTION_CHECKBOX_NAME)]
        chosen = self.model._default_manager.select_for_update().order_by("pk")
        if request.POST.get("select_across") == "1":
            list(chosen.filter(pk__in=queryset.order_by().values("pk")).values_list("pk"))
        return list(chosen.filter(pk__in=keys))

    def _is_new(self, request: HttpRequest, row: Model) -> bool:
        seen = request.POST.get(f"{PREFIX}{row.pk}")
        return seen is not None and seen != self._seen(row)

    def _seen(self, row: Model) -> str:
        return fingerprint(
            "\n".join(as_submitted(getattr(row, name)) for name in self.seen_columns)
        )


def seen_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of the fingerprints of the chosen rows, for a page in between."""
    names = [f"{PREFIX}{key}" for key in request.POST.getlist(ACTION_CHECKBOX_NAME)]
    return [(name, request.POST[name]) for name in names if name in request.POST]
