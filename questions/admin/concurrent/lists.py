"""Two editors at one list: positions that somebody else set meanwhile are not set back unseen.

Each box carries the position that its page showed. A row whose box has that number still was not
touched, and is left alone. In a touched row the number must still be the saved one; else nothing of
the list is stored, and the row says what is saved now.
"""

import re
from typing import Unpack

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from questions.admin.base import FormOptions, Submitted, SubmittedFiles
from questions.admin.concurrent.fingerprints import with_values
from questions.bank.positions import next_position
from questions.rules.numbers import small_number

_KEY = re.compile(r"form-\d+-id")


class PositionForm(forms.ModelForm):
    """A row of a list in which the position can be typed; its box says whose position it is."""

    def __init__(
        self,
        data: Submitted | None = None,
        files: SubmittedFiles | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        if "position" in self.fields:
            name = f"Position of {self.instance}"
            self.fields["position"].widget.attrs["aria-label"] = name
            self.fields["position"].show_hidden_initial = True

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        saved, typed = self.initial.get("position"), cleaned.get("position")
        shown = self["position"].html_initial_name
        is_touched = "position" in self.changed_data and typed not in (None, saved)
        if is_touched and self.data.get(shown) != str(saved):
            self.data = with_values(self.data, {shown: str(saved)})
            message = f"Somebody else set this to {saved} meanwhile. To replace it, save again."
            self.add_error("position", message)
        return cleaned


class PositionedAdmin(admin.ModelAdmin):
    """Mixin for admin classes whose rows have positions: a new row comes last by default."""

    def get_changelist_form(self, request: HttpRequest, **options: object) -> type[forms.ModelForm]:
        return super().get_changelist_form(request, **{"form": PositionForm, **options})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        initial = super().get_changeform_initial_data(request)
        return {"position": str(next_position(self.model)), **initial}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """The rows of a list that is saved are locked first, so that editors save in turn."""
        if request.method != "POST" or "_save" not in request.POST:
            return super().changelist_view(request, extra_context)
        names = [name for name in request.POST if _KEY.fullmatch(name)]
        keys = {small_number(str(request.POST[name]), default=0) for name in names}
        with transaction.atomic():
            rows = self.model._default_manager.select_for_update().filter(pk__in=keys)
            if len(rows.order_by("pk")) < len(keys):
                what = self.opts.verbose_name_plural
                message = f"Nothing was saved: somebody deleted one of these {what} meanwhile."
                self.message_user(request, message, messages.WARNING)
                return redirect(request.get_full_path())
            return _with_each_box_beside_its_row(super().changelist_view(request, extra_context))


def _with_each_box_beside_its_row(response: HttpResponse) -> HttpResponse:
    """A list that comes back with errors has its rows in the order in which they were sent.

    Django pairs boxes and rows by place. The rows may have moved since.
    """
    shown = getattr(response, "context_data", None)
    if shown and shown["cl"].formset is not None:
        shown["cl"].result_list = [form.instance for form in shown["cl"].formset.forms]
    return response
