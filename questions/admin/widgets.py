"""The boxes for long texts in the admin's forms, with a preview beside those for Markdown."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.renderers import BaseRenderer
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.admin.readable_texts import ReadableField
from questions.rendering import rendered
from questions.rules.limits import MAX_TEXT
from questions.rules.visible import says_something


class MarkdownTextarea(forms.Textarea):
    """A box for Markdown with its preview beside it; htmx renews the preview while one types."""

    def __init__(self, *, rows: int) -> None:
        super().__init__(attrs={"rows": rows, "cols": 80})

    def render(
        self,
        name: str,
        value: str | None,
        attrs: dict[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
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


class ExampleAnswerTextarea(MarkdownTextarea):
    """The box for the example answer; below it, what could be better about the question."""

    def render(
        self,
        name: str,
        value: str | None,
        attrs: dict[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        texts = ("prompt", "example_answer", "short_example", "key_points", "sources")
        watched = (*(f"id_{text}" for text in texts), "phrasings")
        changes = [f"input delay:1500ms from:#{box}" for box in watched]
        return format_html(
            '<div class="with-coverage">{}<div id="coverage" role="status" data-hx-post="{}"'
            ' data-hx-include="closest form" data-hx-params="not started_from"'
            ' data-hx-trigger="{}" data-hx-sync="this:replace"></div></div>',
            super().render(name, value, attrs, renderer),
            reverse("admin:questions_question_coverage"),
            ", ".join(["load", *changes]),
        )


class LongTextField(ReadableField):
    """A Markdown text of several lines, of at most MAX_TEXT characters.

    The browser gets no limit, because it would silently cut a longer text.
    """

    def __init__(
        self,
        *,
        rows: int = 4,
        widget: forms.Textarea | None = None,
        required: bool = True,
        label: str | None = None,
        help_text: str = "",
    ) -> None:
        super().__init__(
            widget=widget or forms.Textarea(attrs={"rows": rows, "cols": 80}),
            required=required,
            label=label,
            help_text=help_text,
            validators=[MaxLengthValidator(MAX_TEXT)],
        )

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        return text if says_something(text) else ""
