"""Editors' Markdown as safe HTML. What candidates write is never Markdown: templates escape it."""

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()

# No raw HTML, no images; nh3 then lets through only what these can make.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_INLINE = {"em", "strong", "code"}
_SCHEMES = {"http", "https", "mailto"}


@register.filter
def markdown(text: str) -> SafeString:
    """A text of several paragraphs, such as a model answer."""
    html = nh3.clean(_markdown.render(text), tags=_TAGS, url_schemes=_SCHEMES)
    return mark_safe(html)  # noqa: S308 - cleaned one line above


@register.filter
def markdown_line(text: str) -> SafeString:
    """A text of one line, such as a prompt or a key point: emphasis and code, no links."""
    html = nh3.clean(_markdown.renderInline(text), tags=_INLINE)
    return mark_safe(html)  # noqa: S308 - cleaned one line above
