"""The boxes for the bank's texts in the admin's forms, with what becomes of them beside."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils.html import format_html

from questions.formats import MAX_TEXT
from questions.rendering import rendered


class PreviewedTextarea(forms.Textarea):
    """A box for Markdown with what becomes of it beside; htmx renews that while one types."""

    def __init__(self, *, rows: int):
        super().__init__(attrs={"rows": rows, "cols": 80})

    def render(self, name, value, attrs=None, renderer=None):
        region = f"preview-{name}"
        attrs = {
            **(attrs or {}),
            "data-hx-post": f"{reverse('admin:questions_question_markdown')}?field={name}",
            "data-hx-params": f"{name},csrfmiddlewaretoken",
            "data-hx-trigger": "input changed delay:300ms",
            "data-hx-target": f"#{region}",
            "data-hx-swap": "innerHTML",
            "data-hx-sync": "this:replace",
        }
        return format_html(
            '<div class="previewed">{}<section class="preview" tabindex="0"'
            ' aria-label="Preview: {}"><p class="preview-title" aria-hidden="true">Preview</p>'
            '<div id="{}">{}</div></section></div>',
            super().render(name, value, attrs, renderer),
            name.replace("_", " "),
            region,
            rendered(name, value or ""),
        )


class BankText(forms.CharField):
    """A text of the bank: line ends as in a bank file, at most MAX_TEXT characters.

    The browser gets no maxlength, for it would cut what is pasted without a word.
    """

    def __init__(self, *, rows: int, previewed: bool = False, **options):
        plain = forms.Textarea(attrs={"rows": rows, "cols": 80})
        options.setdefault("widget", PreviewedTextarea(rows=rows) if previewed else plain)
        super().__init__(validators=[MaxLengthValidator(MAX_TEXT)], **options)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class ExampleTextarea(PreviewedTextarea):
    """The box for the example answer; below it, which key points it does not make as it stands."""

    def render(self, name, value, attrs=None, renderer=None):
        watched = ("example_answer", "key_points")
        changes = [f"input delay:1500ms from:#id_{box}" for box in watched]
        return format_html(
            '<div class="with-coverage">{}<div id="coverage" role="status" data-hx-post="{}"'
            ' data-hx-include="closest form"'
            ' data-hx-params="prompt,answer,example_answer,key_points,csrfmiddlewaretoken"'
            ' data-hx-trigger="{}" data-hx-sync="this:replace"></div></div>',
            super().render(name, value, attrs, renderer),
            reverse("admin:questions_question_coverage"),
            ", ".join(["load", *changes]),
        )
