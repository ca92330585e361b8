"""Editors' Markdown as safe HTML. What candidates write is never Markdown: templates escape it."""

from functools import lru_cache

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe

from questions.rules.markdown import blocks_of, line_of, to_html, with_links
from questions.rules.prompts import read_prompt

register = template.Library()

# What the tokens can become; nh3 lets nothing else through.
_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("s", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_INLINE = {"em", "strong", "s", "code"}
_LINKED = _INLINE | {"a"}
_SCHEMES = {"http", "https", "mailto"}
# A link in a question opens beside it, because a candidate who follows it would leave the room.
_BESIDE = {"a": {"target": "_blank"}}

# Versions never change, and neither does what becomes of their texts. A process keeps the last ones
# that it made: with about 1 kB of text and HTML each, less than 20 MB.
kept = lru_cache(maxsize=4_096)


@register.filter
@kept
def markdown(text: str) -> SafeString:
    """A text of several paragraphs, such as a model answer."""
    return _safe(nh3.clean(to_html(blocks_of(text)), tags=_TAGS, url_schemes=_SCHEMES))


@register.filter
@kept
def markdown_line(text: str) -> SafeString:
    """A text of one line, such as a key point: emphasis and code, no links."""
    return _safe(nh3.clean(to_html(line_of(text)), tags=_INLINE))


@register.filter
@kept
def source_line(text: str) -> SafeString:
    """A source: one line with emphasis, code and links. Addresses are links, too."""
    html = to_html(list(with_links(line_of(text))))
    return _safe(
        nh3.clean(html, tags=_LINKED, url_schemes=_SCHEMES, set_tag_attribute_values=_BESIDE)
    )


@register.filter
@kept
def prompt_heading(prompt: str) -> SafeString:
    """The first line of a prompt: emphasis and code, no links. Empty if it begins with code."""
    return _safe(nh3.clean(to_html(read_prompt(prompt).heading), tags=_INLINE))


@register.filter
@kept
def prompt_text(prompt: str) -> SafeString:
    """What follows the first line of a prompt."""
    html = to_html(read_prompt(prompt).text)
    return _safe(
        nh3.clean(html, tags=_TAGS, url_schemes=_SCHEMES, set_tag_attribute_values=_BESIDE)
    )


def _safe(cleaned: str) -> SafeString:
    return mark_safe(cleaned)  # noqa: S308 - nh3 cleaned it
