"""A text of a question as candidates see it."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from questions.rules.texts import LIST_FIELDS, key_points_of
from questions.templatetags.texts import (
    markdown,
    markdown_line,
    prompt_heading,
    prompt_text,
    source_line,
)


def rendered(field: str, text: str) -> SafeString:
    """The text named `field` as safe HTML: those with one item a line as a list."""
    if field == "prompt":
        heading, rest = prompt_heading(text), prompt_text(text)
        return format_html('<p class="preview-prompt">{}</p>', heading) + rest if heading else rest
    if field in LIST_FIELDS:
        shown = source_line if field == "sources" else markdown_line
        lines = [(shown(line),) for line in key_points_of(text)]
        items = format_html_join("", "<li>{}</li>", lines)
        return format_html("<ul>{}</ul>", items) if lines else SafeString()
    return markdown(text)
