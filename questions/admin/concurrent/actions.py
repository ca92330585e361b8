"""Actions on rows of a list: a row that somebody changed since the list was shown is left out.

Each row of the list carries a fingerprint of the columns that actions change.
"""

from collections.abc import Callable, Collection, Sequence
from functools import wraps

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.admin.base import Action
from questions.admin.concurrent.fingerprints import as_submitted, fingerprint

PREFIX = "seen-"


class ActsOnWhatWasSeen(admin.ModelAdmin):
    """Mixin for admin classes with actions that change rows.

    seen_columns: those that the list shows and that somebody else may change.
    changing_actions: the names of the actions that are done only to what was seen.
    """

    seen_columns: Sequence[str] = ()
    changing_actions: Collection[str] = ()

    def action_checkbox(self, obj: Model) -> SafeString:
        seen = '<input type="hidden" name="{}" value="{}">'
        box = super().action_checkbox(obj)
        return box + format_html(seen, f"{PREFIX}{obj.pk}", self._seen(obj))

    def get_actions(self, request: HttpRequest) -> dict[str, Action | None]:
        actions = super().get_actions(request)
        for name in set(self.changing_actions) & set(actions):
            if action := actions[name]:
                actions[name] = (self._done_to_what_was_seen(action[0]), *action[1:])
        return actions

    def _done_to_what_was_seen(self, act: Callable) -> Callable:
        @wraps(act)
        @transaction.atomic
        def done(page: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> object:
            """The chosen rows stay locked until the action is done.

            A row that the list did not show, because all that match were chosen, is not compared.
            """
            locked = self.model._default_manager.select_for_update().order_by("pk")
            chosen = locked.filter(pk__in=queryset.order_by().values("pk"))
            rows = chosen.only("pk", *self.seen_columns)
            changed = {row.pk for row in rows if self._is_new(request, row)}
            if changed:
                names = ", ".join(map(str, self.model._default_manager.filter(pk__in=changed)))
                why = "Left out, because somebody changed them since the list was shown"
                self.message_user(request, f"{why}: {names}.", messages.WARNING)
            return act(page, request, queryset.exclude(pk__in=changed))

        return done

    def _is_new(self, request: HttpRequest, row: Model) -> bool:
        seen = request.POST.get(f"{PREFIX}{row.pk}")
        return seen is not None and seen != self._seen(row)

    def _seen(self, row: Model) -> str:
        fields = [row._meta.get_field(name) for name in self.seen_columns]
        values = [getattr(row, field.attname) for field in fields if isinstance(field, Field)]
        return fingerprint("\n".join(map(as_submitted, values)))


def seen_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The hidden fields by which a page in between hands on the fingerprints of the chosen rows."""
    names = [f"{PREFIX}{key}" for key in request.POST.getlist(ACTION_CHECKBOX_NAME)]
    return [(name, request.POST[name]) for name in names if name in request.POST]
