"""Where the focus is when a page with a form comes back: on what has to be entered next."""

from django import template
from django.forms import BaseForm, BoundField

register = template.Library()


@register.filter
def with_focus(form: BaseForm) -> BaseForm:
    """The form; if it was refused, with the focus on the field to be corrected.

    Without it the focus is on the body after each refusal: a keyboard starts at the top of the
    page, and a screen reader says nothing of the error, which describes the field.
    """
    field = _next_to_enter(form)
    if field is not None:
        for other in form.visible_fields():
            other.field.widget.attrs.pop("autofocus", None)
        field.field.widget.attrs["autofocus"] = True
    return form


def _next_to_enter(form: BaseForm) -> BoundField | None:
    """Of a refused form the first field with an error; if the error belongs to none, the first
    that comes back empty, such as a password."""
    if not form.errors:
        return None
    fields = form.visible_fields()
    wrong = [field for field in fields if field.errors]
    empty = [field for field in fields if _comes_back_empty(field)]
    return next(iter([*wrong, *empty, *fields]), None)


def _comes_back_empty(field: BoundField) -> bool:
    return not field.value() or field.widget_type == "password"
