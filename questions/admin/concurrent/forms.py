"""Two editors at one form: nothing that somebody saved meanwhile is overwritten unseen.

A form carries a fingerprint of each value that its editor had before them. If a saved value no
longer has that fingerprint, nothing is stored. The form comes back with what is saved now and what
the editor typed, side by side, and with new fingerprints: the next save is made knowing both.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from questions.admin.base import FormOptions, Submitted, SubmittedFiles
from questions.admin.concurrent.fingerprints import (
    as_submitted,
    fingerprint,
    fingerprints_in,
    with_values,
)
from questions.admin.readable_texts import ReadableTextsForm
from quizsite.page_scripts import is_page_script

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldGroups


@dataclass(frozen=True)
class Difference:
    """A field that somebody else changed meanwhile, with its values as the form shows them.

    yours: what this editor typed; None if they had not changed the field.
    """

    name: str
    label: str
    saved: str
    yours: str | None


class NoOverwriteForm(ReadableTextsForm):
    """A form, without a prefix, of a row that somebody else may be editing at the same time.

    `differences` holds what somebody else changed meanwhile; with any, the form does not validate.
    What this editor typed stays in the form. A field that they had not changed gets the saved
    value, so that saving again does not undo the other editor's work.
    """

    started_from = forms.CharField(required=False, widget=forms.HiddenInput)
    not_compared: tuple[str, ...] = ("started_from",)
    reported_even_if_equal: tuple[str, ...] = ()

    def __init__(
        self,
        data: Submitted | None = None,
        files: SubmittedFiles | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.initial.update(self.initial_texts())
        saved = self.saved_values()
        fingerprints = json.dumps({name: fingerprint(value) for name, value in saved.items()})
        self.initial["started_from"] = fingerprints
        self.differences: list[Difference] = []
        if self.is_bound and self.instance.pk is not None:
            self.differences = list(self._differences(saved))
        if self.differences:
            untouched = {
                d.name: self._as_data(d.name, saved[d.name])
                for d in self.differences
                if d.yours is None
            }
            self.data = with_values(self.data, {"started_from": fingerprints, **untouched})

    @cached_property
    def changed_data(self) -> list[str]:
        """Without the fingerprints, because the log lists these names."""
        return [name for name in super().changed_data if name != "started_from"]

    def initial_texts(self) -> dict[str, str]:
        """Initial values of fields that the row itself does not have."""
        return {}

    def saved_values(self) -> dict[str, str]:
        """What is saved, by field, as a browser would submit it."""
        return {
            name: as_submitted(self.get_initial_for_field(field, name))
            for name, field in self._compared()
        }

    def typed_values(self) -> dict[str, str]:
        """What the editor submits, by field."""
        return {
            name: as_submitted(field.widget.value_from_datadict(self.data, self.files, name))
            for name, field in self._compared()
        }

    def _compared(self) -> Iterator[tuple[str, forms.Field]]:
        for name, field in self.fields.items():
            if name not in self.not_compared and not field.disabled:
                yield name, field

    def _as_data(self, name: str, value: str) -> str | list[str]:
        """A saved value as the form's data has it: a list where several rows can be chosen."""
        several = isinstance(self.fields.get(name), forms.ModelMultipleChoiceField)
        return value.splitlines() if several else value

    def _differences(self, saved: dict[str, str]) -> Iterator[Difference]:
        before, typed = fingerprints_in(self.data), self.typed_values()
        for name, value in saved.items():
            mine = typed.get(name, value)
            equal = mine == value and name not in self.reported_even_if_equal
            if equal or fingerprint(value) == before.get(name):
                continue
            touched = fingerprint(mine) != before.get(name)
            yours = self.shown(name, mine) if touched else None
            yield Difference(name, self.label_of(name), self.shown(name, value), yours)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if self.differences:
            self.add_error(
                None,
                f"{self.who_saved()} while you had this form open, so nothing of yours is stored"
                " yet. Compare the fields below, change what you want to change, then save again.",
            )
        return cleaned

    def who_saved(self) -> str:
        return f"Somebody saved this {self.instance._meta.verbose_name}"

    def label_of(self, name: str) -> str:
        return str(self[name].label)

    def shown(self, name: str, value: str) -> str:
        """A value as the form shows it: the labels of choices."""
        field = self.fields.get(name)
        if field is None or isinstance(field.widget, ForeignKeyRawIdWidget):
            return value
        labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        if isinstance(field, forms.ModelMultipleChoiceField):
            return "\n".join(sorted(labels.get(key, key) for key in value.splitlines()))
        return labels.get(value, value)


class NoOverwriteAdmin(admin.ModelAdmin):
    """Mixin for admin classes whose form is a NoOverwriteForm, if they have one."""

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> "_FieldGroups":
        """Without the hidden field, which templates/admin/change_form.html puts into the form."""
        return [name for name in super().get_fields(request, obj) if name != "started_from"]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """As Django does it. A script that asks before it sends the form is told what is gone."""
        if is_page_script(request) and self.get_object(request, unquote(object_id)) is None:
            what = self.model._meta.verbose_name
            gone = f"This {what} was deleted meanwhile, so it can't be saved."
            return HttpResponse(f"{gone} Your text is still here.", status=410)
        return super().change_view(request, object_id, form_url, extra_context)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        """The row, locked if it is about to be changed, so that editors save one after another."""
        row: Model | None = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST" and connection.in_atomic_block:
            # Locked without joins: joined rows would still be those from before the wait.
            self.model._default_manager.select_for_update().filter(pk=row.pk).first()
            row = super().get_object(request, object_id, from_field)
        return row
