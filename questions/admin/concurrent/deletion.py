"""Deleting a row that somebody else has just changed: the page is shown again with what is there.

The page that asks for confirmation carries a fingerprint of the row and of what goes with it.
"""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from questions.admin.base import Action
from questions.admin.concurrent.fingerprints import fingerprint_of_row
from questions.admin.concurrent.forms import NoOverwriteAdmin


class NoUnseenDelete(NoOverwriteAdmin):
    """Mixin for admin classes whose rows are deleted one at a time, on their own page.

    changes_by_itself: columns that change without an editor, and do not count.
    """

    changes_by_itself: Iterable[str] = ()

    def belonging_to(self, row: Model) -> object:
        """What else goes with a row and can change without it; how many rows go, is known."""
        return None

    def can_go(self, row: Model) -> bool:
        """Whether the page that deletes a row could delete it; else no button leads there."""
        return True

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        if obj is not None and self.has_delete_permission(request, obj):
            context["show_delete"] = self.can_go(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Action | None]:
        """Without deletion in bulk."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        with transaction.atomic():
            row = self.get_object(request, unquote(object_id))
            seen = self._shown_before(request, row) if row is not None else ""
            if seen and request.method == "POST" and request.POST.get("seen") != seen:
                message = (
                    f"Nothing was deleted: somebody changed this {self.opts.verbose_name} since you"
                    " opened the page. Look again before you delete it."
                )
                self.message_user(request, message, messages.WARNING)
                return redirect(request.get_full_path())
            return super().delete_view(request, object_id, {"seen": seen, **(extra_context or {})})

    def _shown_before(self, request: HttpRequest, row: Model) -> str:
        """The fingerprint; empty where the row can't be deleted."""
        if not self.has_delete_permission(request, row):
            return ""
        _, counts, _, protected = self.get_deleted_objects([row], request)
        if protected:
            return ""
        going = sorted((str(name), number) for name, number in counts.items())
        more = self.belonging_to(row)
        return fingerprint_of_row(row, going, more, without=self.changes_by_itself)
