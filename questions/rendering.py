"""A text of a question as candidates see it."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from questions.rules.texts import key_points_of
from questions.templatetags.texts import markdown, markdown_line, prompt_heading, prompt_text


def rendered(field: str, text: str) -> SafeString:
    """The text named `field` as safe HTML: key points as a list."""
    if field == "prompt":
        heading, rest = prompt_heading(text), prompt_text(text)
        return format_html('<p class="preview-prompt">{}</p>', heading) + rest if heading else rest
    if field == "key_points":
        points = [(markdown_line(point),) for point in key_points_of(text)]
        items = format_html_join("", "<li>{}</li>", points)
        return format_html("<ul>{}</ul>", items) if points else SafeString()
    return markdown(text)
