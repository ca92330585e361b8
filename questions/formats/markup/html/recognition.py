"""Whether a text is HTML, where its file does not say so, or only talks about it.

It is HTML if all its words stand within elements that lay out a text and that end where they
must: `<p>What is <b>drift</b>?</p>`. Then it becomes our Markdown. Else it stays as typed, because
questions of this bank talk about code: `List<Row>`, `a < b`, `What does <b> do?`. Then tags of HTML
are named.
"""

import re
from collections.abc import Iterator
from html import unescape

from markdown_it import MarkdownIt

from questions.formats.markup.html import elements
from questions.formats.markup.html.tree import MAX_HTML, TOKEN, VOID

_MEDIA = frozenset({"img", "picture", "source", "video", "audio", "iframe"})
_LAYOUT = frozenset(
    "p div span font center br hr wbr pre blockquote q a sub sup abbr time section article figure"  # noqa: SIM905
    " figcaption ul ol li dl dt dd table caption thead tbody tfoot tr td th col colgroup".split()
) | {*elements.MARKS, *elements.NAMED, *elements.HEADINGS, *_MEDIA}
"""Elements that lay out a text. Those of forms, scripts and whole pages are code in a question."""
_ENDS_ITSELF = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"})
"""Elements whose end may be left out."""
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_TAG = re.compile(r"</?([a-zA-Z][^\s<>/]*+)[^<>]*+>|<!--")


def is_html(text: str) -> bool:
    """Whether all words of a text stand within elements that lay it out."""
    text = text.strip()
    if not text.startswith("<") or len(text) > MAX_HTML:
        return False
    open_tags: list[str] = []
    has_content = False
    at = 0
    while at < len(text):
        token = TOKEN.match(text, at)
        if token is None:
            return False
        at = token.end()
        tag = (token["tag"] or "").lower()
        if token["words"]:
            has_words = bool(unescape(token["words"]).strip())
            if has_words and not open_tags:
                return False
            has_content |= has_words
        elif tag and (tag not in _LAYOUT or not _follows(tag, token["closes"], open_tags)):
            return False
        has_content |= tag in _MEDIA
    return has_content and _ENDS_ITSELF.issuperset(open_tags)


def _follows(tag: str, closes: str, open_tags: list[str]) -> bool:
    """Whether a tag can come next. Opens or closes its element among the open ones."""
    if tag in VOID:
        return not closes
    if not closes:
        open_tags.append(tag)
        return True
    while open_tags and open_tags[-1] != tag and open_tags[-1] in _ENDS_ITSELF:
        open_tags.pop()
    return bool(open_tags) and open_tags.pop() == tag


def tags_in(markdown: str) -> Iterator[str]:
    """Tags and comments of HTML outside of code in Markdown; our pages show them as typed."""
    if "<" not in markdown:
        return
    for block in _MARKDOWN.parse(markdown):
        for part in (block, *(block.children or ())):
            if part.type in ("html_block", "html_inline"):
                tags = _TAG.finditer(part.content)
                yield from (tag[0] for tag in tags if not tag[1] or _is_known(tag[1].lower()))


def _is_known(tag: str) -> bool:
    return elements.is_known(tag) or tag in ("html", "head", "style")
