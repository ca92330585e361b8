"""A text of a question as the candidate will see it."""

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from questions.templatetags.texts import markdown, markdown_line


def rendered(field: str, text: str | list[str]) -> SafeString:
    """The text named `field` as safe HTML: the prompt in one line, key points as a list."""
    if field == "prompt":
        return format_html_join("", '<p class="preview-prompt">{}</p>', [(markdown_line(text),)])
    if field == "key_points":
        lines = text.splitlines() if isinstance(text, str) else text
        points = [(markdown_line(line.strip()),) for line in lines if line.strip()]
        items = format_html_join("", "<li>{}</li>", points)
        return format_html_join("", "<ul>{}</ul>", [(items,)] if points else [])
    return markdown(text)
