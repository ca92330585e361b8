"""What the admin pages of the bank share: who edits, and the types of what Django passes."""

from collections.abc import Callable, Mapping, MutableMapping
from typing import TypeAlias, TypedDict

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorList
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

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
