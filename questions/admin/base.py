"""What the admin pages of the bank share: no deletion in bulk, and rows with positions."""

from collections.abc import Callable, Mapping, MutableMapping
from typing import TypeAlias, TypedDict, Unpack

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorList
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from questions.bank.positions import next_position

Submitted: TypeAlias = Mapping[str, object]
SubmittedFiles: TypeAlias = MultiValueDict[str, UploadedFile]
"""What Django passes to a form: the values and files that a browser submits."""
Action: TypeAlias = tuple[Callable[..., str], str, str]
"""An action of a list as Django describes it: function, name, description."""


class FormOptions(TypedDict, total=False):
    """What Django passes to a model's form besides what was submitted."""

    auto_id: bool | str
    prefix: str | None
    initial: MutableMapping[str, object] | None
    error_class: type[ErrorList]
    label_suffix: str | None
    empty_permitted: bool
    instance: Model | None
    use_required_attribute: bool | None
    renderer: BaseRenderer | None


def editor_of(request: HttpRequest) -> User:
    """Who is logged in. Nobody else gets into the admin."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class NoBulkDelete(admin.ModelAdmin):
    """Mixin for admin classes whose rows are deleted one at a time, on their own page."""

    def get_actions(self, request: HttpRequest) -> dict[str, Action | None]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


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


class PositionedAdmin(admin.ModelAdmin):
    """Mixin for admin classes whose rows have positions: a new row comes last by default."""

    def get_changelist_form(self, request: HttpRequest, **options: object) -> type[forms.ModelForm]:
        return super().get_changelist_form(request, **{"form": PositionForm, **options})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        initial = super().get_changeform_initial_data(request)
        return {"position": str(next_position(self.model)), **initial}
